"""Sending a file: as a form and as a body, whole or not at all, once."""

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.asgi import ASGIRequest
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from rest_framework.test import force_authenticate

from jobs.models import Job
from tests.accounts.people import Firm
from tests.uploads.conftest import files
from uploads import storage
from uploads.api.views.uploads import UploadsView
from uploads.models import ColumnMapping, Upload

pytestmark = pytest.mark.django_db
CONTENT = "fecha;total\n05-03-2024;1.990\n".encode("cp1252")


def address(firm: Firm) -> str:
    return f"/api/v1/companies/{firm.company_id}/uploads/"


def send(firm: Firm, content: bytes = CONTENT, **options: Any) -> Any:
    file = SimpleUploadedFile("ventas.csv", content)
    headers = options.pop("headers", {})
    form = {"file": file, **options}
    return firm.client.post(address(firm), form, format="multipart", headers=headers)


def send_raw(firm: Firm, content: bytes = CONTENT, query: str = "") -> Any:
    path = f"{address(firm)}?{query}"
    return firm.client.post(path, content, content_type="text/csv")


def only_upload(firm: Firm) -> Upload:
    return Upload.objects.of(firm.company_id).get()


def test_a_form_becomes_an_upload_and_its_job(firm: Firm, storage_dir: Path) -> None:
    answer = send(firm, load_mode="append", quality_threshold="80")

    upload = only_upload(firm)
    assert answer.status_code == 201
    assert answer.json()["id"] == str(upload.pk)
    assert answer["Location"].endswith(f"{address(firm)}{upload.pk}/")
    assert (upload.original_name, upload.load_mode) == ("ventas.csv", "append")
    assert (upload.quality_threshold, upload.size_bytes) == (80, len(CONTENT))
    assert upload.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert storage.open_path(upload.stored_name).read_bytes() == CONTENT
    assert len(files(storage_dir)) == 1
    job = Job.objects.get()
    assert job.pk == upload.job_id
    assert (job.actor, job.queue) == ("process_upload", "processing")
    assert (job.args, job.tenant_id) == ({"upload_id": str(upload.pk)}, firm.company_id)


def test_a_body_that_is_the_file_itself_works_the_same(firm: Firm) -> None:
    answer = send_raw(firm, query="name=caja%201.csv&bad_rows=abort")

    upload = only_upload(firm)
    assert answer.status_code == 201
    assert (upload.original_name, upload.bad_rows) == ("caja 1.csv", "abort")
    assert storage.open_path(upload.stored_name).read_bytes() == CONTENT


FORM = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="v.csv"\r\n\r\n'
    + CONTENT
    + b"\r\n--x--\r\n"
)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [("text/csv", CONTENT), ("multipart/form-data; boundary=x", FORM)],
    ids=["raw", "form"],
)
def test_a_body_without_a_stated_length_is_read_to_its_end(
    firm: Firm, content_type: str, body: bytes
) -> None:
    scope = {
        "type": "http",
        "method": "POST",
        "path": address(firm),
        "server": ("127.0.0.1", 80),
        "headers": [
            (b"content-type", content_type.encode()),
            (b"transfer-encoding", b"chunked"),
        ],
    }
    request = ASGIRequest(scope, io.BytesIO(body))
    force_authenticate(request, firm.owner.user)

    answer = UploadsView.as_view()(request, company_id=firm.company_id)

    assert answer.status_code == 201
    assert only_upload(firm).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_everybody_is_told_only_after_commit(
    firm: Firm, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as waiting:
        send(firm)

    # One for the job's message, one for the event.
    assert len(waiting) == 2


@pytest.mark.parametrize("sender", [send, send_raw])
def test_a_file_over_the_limit_is_refused_and_removed(
    firm: Firm, settings: Settings, storage_dir: Path, sender: Any
) -> None:
    settings.AYNI_UPLOAD_MAX_BYTES = 20

    answer = sender(firm)

    assert answer.status_code == 413
    assert answer.json()["code"] == "upload_too_large"
    assert answer.json()["details"] == {"limit_bytes": 20}
    assert files(storage_dir) == []
    assert not Upload.objects.of(firm.company_id).exists()


@pytest.mark.parametrize("sender", [send, send_raw])
def test_an_empty_file_is_refused(firm: Firm, storage_dir: Path, sender: Any) -> None:
    answer = sender(firm, b"")

    assert (answer.status_code, answer.json()["code"]) == (400, "empty_upload")
    assert files(storage_dir) == []


def test_a_disk_that_refuses_is_said_so(firm: Firm, storage_dir: Path) -> None:
    storage_dir.write_text("a file where the folder should be", encoding="utf-8")

    answer = send(firm)

    assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
    assert answer["Retry-After"] == "60"


def test_a_form_without_a_file_says_so(firm: Firm) -> None:
    answer = firm.client.post(address(firm), {"load_mode": "append"}, "multipart")

    assert (answer.status_code, answer.json()["code"]) == (400, "file_missing")


def test_a_form_with_two_files_is_refused(firm: Firm, storage_dir: Path) -> None:
    two = [SimpleUploadedFile(name, CONTENT) for name in ("a.csv", "b.csv")]

    answer = firm.client.post(address(firm), {"file": two}, format="multipart")

    assert (answer.status_code, answer.json()["code"]) == (400, "one_file_only")
    assert files(storage_dir) == []


def test_other_files_of_a_form_are_passed_over(firm: Firm, storage_dir: Path) -> None:
    answer = send(firm, picture=SimpleUploadedFile("a.png", b"png"))

    assert answer.status_code == 201
    assert len(files(storage_dir)) == 1


def test_another_type_of_content_is_refused(firm: Firm) -> None:
    answer = firm.client.post(address(firm), {"file": "x"}, format="json")

    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"load_mode": "merge"}, "load_mode"),
        ({"bad_rows": "limit"}, "bad_rows"),
        ({"bad_rows_limit": "5"}, "bad_rows"),
        ({"bad_rows": "limit", "bad_rows_percent": "101"}, "bad_rows_percent"),
        ({"bad_rows": "limit", "bad_rows_limit": "-1"}, "bad_rows_limit"),
        ({"bad_rows": "limit", "bad_rows_limit": str(2**31)}, "bad_rows_limit"),
        ({"quality_threshold": "many"}, "quality_threshold"),
        ({"mapping_id": "mine"}, "mapping_id"),
        ({"mapping": "{"}, "mapping"),
        ({"mapping": "[]"}, "mapping"),
        ({"mapping": '{"Fecha": 1}'}, "mapping"),
        ({"mapping": '{"Fecha": "fecha"}'}, "mapping"),
        ({"mapping": '{"a\\u0000": "quantity"}'}, "mapping"),
        ({"mapping": '{"a\\ud800": "quantity"}'}, "mapping"),
        ({"mapping": "[" * 100_000}, "mapping"),
        ({"mapping": json.dumps({"x" * 201: "quantity"})}, "mapping"),
    ],
)
def test_an_option_that_is_wrong_is_named(
    firm: Firm, storage_dir: Path, options: dict[str, str], field: str
) -> None:
    answer = send(firm, CONTENT, **options)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert list(answer.json()["details"]) == [field]
    assert files(storage_dir) == []


def test_options_left_empty_in_a_form_are_absent(firm: Firm) -> None:
    answer = send(firm, bad_rows_limit="", mapping="", quality_threshold="")

    assert answer.status_code == 201


def test_what_only_we_may_write_is_ignored(firm: Firm, other_firm: Firm) -> None:
    send(firm, status="completed", company_id=str(other_firm.company_id), rows_read="9")

    upload = only_upload(firm)
    assert (upload.status, upload.rows_read) == ("pending", 0)


def test_the_companys_default_mapping_is_used(firm: Firm) -> None:
    mapping = ColumnMapping.objects.create(
        company=firm.company,
        name="Caja",
        columns={"Fecha": "occurred_at"},
        is_default=True,
    )

    answer = send(firm)

    assert answer.json()["mapping_id"] == str(mapping.pk)
    assert answer.json()["mapping_used"] == {"Fecha": "occurred_at"}


def test_a_mapping_given_inline_goes_before_the_default(firm: Firm) -> None:
    ColumnMapping.objects.create(
        company=firm.company, name="Caja", columns={"A": "quantity"}, is_default=True
    )

    answer = send(firm, mapping='{"Día": "occurred_at", "Nota": ""}')

    assert answer.json()["mapping_id"] is None
    assert answer.json()["mapping_used"] == {"Día": "occurred_at", "Nota": ""}


def test_another_companys_mapping_does_not_exist(
    firm: Firm, other_firm: Firm, storage_dir: Path
) -> None:
    mapping = ColumnMapping.objects.create(company=other_firm.company, name="Caja")

    answer = send(firm, mapping_id=str(mapping.pk))

    assert (answer.status_code, answer.json()["code"]) == (404, "mapping_not_found")
    assert files(storage_dir) == []
