"""Sending refused rows back from the pages, and both uploads naming each other."""

import pytest
from django.test import Client

from accounts.models import Company
from accounts.roles import Role
from tests.accounts.people import a_company, a_member
from tests.dashboard import making
from tests.dashboard.conftest import signed_in
from uploads.models import CorrectedRow, Upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(company: Company) -> Upload:
    return making.a_completed_upload(company, refused=3)


def html_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_refused_rows_can_be_sent_back_as_long_as_some_are_open(
    client: Client, original: Upload
) -> None:
    address = f"/uploads/{original.pk}/"

    assert f'href="/uploads/?corrects={original.pk}"' in html_of(client, address)
    Upload.objects.of(original.company_id).update(rows_corrected=3)
    assert "corrects=" not in html_of(client, address)


def test_who_may_not_send_files_is_not_asked_to(
    company: Company, original: Upload
) -> None:
    viewer = signed_in(a_member(company, Role.VIEWER).user)

    assert "corrects=" not in html_of(viewer, f"/uploads/{original.pk}/")


def test_the_next_file_sent_is_said_to_be_the_correction(
    client: Client, original: Upload
) -> None:
    html = html_of(client, f"/uploads/?corrects={original.pk}")

    assert f'data-corrects="{original.pk}"' in html
    assert "repara filas rechazadas de Ventas Ñuñoa noviembre 2026.csv" in html


@pytest.mark.parametrize("named", ["nonsense", "another company's"])
def test_what_cannot_be_corrected_is_not_named(client: Client, named: str) -> None:
    foreign = making.a_completed_upload(a_company())

    wanted = named if named == "nonsense" else foreign.pk

    assert "data-corrects" not in html_of(client, f"/uploads/?corrects={wanted}")


def test_both_uploads_name_each_other_and_a_repaired_row_says_so(
    client: Client, company: Company, original: Upload
) -> None:
    correction = making.an_upload(company, status="completed", corrects=original)
    CorrectedRow.objects.create(
        company=company,
        upload=original,
        line=17,
        correction_id=correction.pk,
        transaction_id="B1",
        product_id="A",
    )
    Upload.objects.of(company.pk).filter(pk=original.pk).update(rows_corrected=1)

    first = html_of(client, f"/uploads/{original.pk}/")
    second = html_of(client, f"/uploads/{correction.pk}/")

    assert "1 fila rechazada se reparó" in first
    assert first.count(f'href="/uploads/{correction.pk}/"') == 2
    assert f'id="corrects" href="/uploads/{original.pk}/"' in second
