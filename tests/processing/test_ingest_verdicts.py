"""Why an upload ends without a row: refused, gone, poor, or a question to a person."""

import pytest

from accounts.models import Company
from processing.errors import PermanentError, TooManyBadRowsError
from processing.ingest import ingest
from processing.pipeline.errors import FileError
from tests.processing.landing import BAD, GOOD, Send, held, landed, reread
from uploads import storage
from uploads.models import Reject
from uploads.states import BadRows, Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("either_landing"),
]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"bad_rows": BadRows.CONTINUE}, Status.COMPLETED),
        ({"bad_rows": BadRows.ABORT}, Status.FAILED),
        ({"bad_rows": BadRows.LIMIT, "bad_rows_limit": 2}, Status.COMPLETED),
        ({"bad_rows": BadRows.LIMIT, "bad_rows_limit": 1}, Status.FAILED),
        ({"bad_rows": BadRows.LIMIT, "bad_rows_percent": 40}, Status.COMPLETED),
        ({"bad_rows": BadRows.LIMIT, "bad_rows_percent": 30}, Status.FAILED),
    ],
)
def test_too_many_bad_rows_land_nothing_and_are_all_listed(
    company: Company, send: Send, options: dict[str, object], status: Status
) -> None:
    upload = send(*GOOD, *BAD, **options)

    try:
        ingest(upload.pk, hold=held)
    except TooManyBadRowsError:
        assert landed(company) == []

    kept = reread(upload)
    assert (kept.status, kept.rows_rejected) == (status, 2)
    assert Reject.objects.of(company.pk).count() == 2


def test_a_refused_file_fails_its_upload_with_its_code(send: Send) -> None:
    upload = send(header="")

    with pytest.raises(FileError) as caught:
        ingest(upload.pk, hold=held)

    kept = reread(upload)
    assert (kept.status, kept.error_code) == (Status.FAILED, caught.value.code)
    assert kept.error_code == "empty_file"


def test_a_file_that_is_gone_fails_for_good(send: Send) -> None:
    upload = send(*GOOD)
    storage.remove(upload.stored_name)

    with pytest.raises(PermanentError):
        ingest(upload.pk, hold=held)

    assert reread(upload).error_code == "stored_file_missing"


def test_a_missing_column_is_asked_about(company: Company, send: Send) -> None:
    upload = send(
        "05-01-2024;B1;A;2", header="Fecha;N° Boleta;Código Producto;Cantidad"
    )

    assert ingest(upload.pk, hold=held) is Status.NEEDS_REVIEW

    kept = reread(upload)
    assert (kept.status, kept.error_code) == (Status.NEEDS_REVIEW, "columns_unclear")
    assert kept.error_details["questions"][0]["field"] == "price_total"
    assert landed(company) == []


def test_a_review_that_was_asked_for_comes_before_any_row(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD, review_requested=True)

    ingest(upload.pk, hold=held)

    assert reread(upload).error_code == "review_requested"
    assert landed(company) == []


def test_poor_quality_needs_a_person_and_lists_what_is_wrong(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD, *BAD, quality_threshold=100)

    ingest(upload.pk, hold=held)

    kept = reread(upload)
    assert kept.error_code == "quality_below_threshold"
    assert kept.quality_score is not None
    assert kept.quality_score < 100
    assert (landed(company), Reject.objects.of(company.pk).count()) == ([], 2)
