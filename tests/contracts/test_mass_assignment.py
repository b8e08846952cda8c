"""What only we decide is not taken from a body, whatever its name."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from accounts.models import Membership, User
from accounts.roles import Role
from tests.accounts.people import a_firm, a_person, api, new_rut
from tests.contracts.world import an_upload
from uploads.models import ColumnMapping, Upload

pytestmark = pytest.mark.django_db
FOREIGN = "00000000-0000-4000-8000-000000000000"
# Neither a name nor a value of these may be found again.
EXTRA: dict[str, Any] = {
    "id": FOREIGN,
    "company": FOREIGN,
    "company_id": FOREIGN,
    "user": FOREIGN,
    "user_id": FOREIGN,
    "owner": FOREIGN,
    "status": "completed",
    "rows_read": 987654,
    "rows_accepted": 987654,
    "sequence": 987654,
    "stored_name": "../../etc/passwd",
    "sha256": "f" * 64,
    "is_staff": True,
    "is_superuser": True,
    "created_at": "2001-01-01T00:00:00Z",
    "deleted_at": "2001-01-01T00:00:00Z",
}


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: object) -> None:
    settings.AYNI_STORAGE_DIR = tmp_path


def is_untouched(text: str) -> bool:
    traces = (FOREIGN, "987654", "passwd", "f" * 64, "2001-01-01")
    return not any(trace in text for trace in traces)


def test_of_a_company() -> None:
    firm = a_firm()
    body = {"name": "Otra", "rut": new_rut()}

    founded = firm.client.post("/api/v1/companies/", {**EXTRA, **body})
    changed = firm.client.patch(firm.url, {**EXTRA, **body})

    assert (founded.status_code, changed.status_code) == (201, 200)
    assert is_untouched(founded.content.decode() + changed.content.decode())
    assert set(Membership.objects.values_list("user")) == {(firm.owner.user_id,)}


def test_of_a_member() -> None:
    firm = a_firm()
    body = {"email": a_person().email, "role": "viewer"}

    added = firm.client.post(f"{firm.url}members/", {**EXTRA, **body})
    changed = firm.client.patch(
        f"{firm.url}members/{added.json()['id']}/", {**EXTRA, "role": "analyst"}
    )

    assert (added.status_code, changed.status_code) == (201, 200)
    assert is_untouched(added.content.decode() + changed.content.decode())
    assert not User.objects.filter(is_staff=True).exists()


def test_of_a_mapping() -> None:
    firm = a_firm()
    body = {"name": "Caja", "columns": {"Fecha": "occurred_at"}}

    answer = firm.client.post(f"{firm.url}mappings/", {**EXTRA, **body})

    assert answer.status_code in {201, 400}
    if answer.status_code == 201:
        assert is_untouched(answer.content.decode())
    others = ColumnMapping.objects.across_tenants().exclude(company=firm.company)
    assert not others.exists()


def test_of_an_upload() -> None:
    firm = a_firm()
    file = SimpleUploadedFile("v.csv", b"Fecha;Total\n1-1-2026;5\n", "text/csv")

    answer = firm.client.post(
        f"{firm.url}uploads/", {**EXTRA, "file": file}, format="multipart"
    )

    assert answer.status_code in {201, 400}
    if answer.status_code == 201:
        assert is_untouched(answer.content.decode())
        assert answer.json()["status"] == "pending"
    assert not Upload.objects.across_tenants().exclude(company=firm.company).exists()


def test_of_a_retry() -> None:
    firm = a_firm()
    upload = an_upload(firm.company)
    Upload.objects.of(firm.company_id).update(status="failed")

    answer = firm.client.post(f"{firm.url}uploads/{upload.pk}/retry/", EXTRA)

    upload.refresh_from_db()
    assert is_untouched(answer.content.decode())
    assert (upload.rows_read, upload.company_id) == (0, firm.company_id)
    assert upload.status != "completed"


def test_of_oneself() -> None:
    user = a_person()

    answer = api(user).patch("/api/v1/auth/profile/", EXTRA)

    user.refresh_from_db()
    assert is_untouched(answer.content.decode())
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert not Membership.objects.filter(user=user, role=Role.OWNER).exists()
