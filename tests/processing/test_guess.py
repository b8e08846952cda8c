"""A landing by a guess ends as one by the whole file, whatever the rest of it says."""

import functools

import pytest

from accounts.models import Company
from processing import guess
from processing.errors import TooManyBadRowsError
from processing.ingest import ingest
from processing.pipeline.errors import FileError
from processing.pipeline.limits import Limits
from tests.processing.landing import (
    BAD,
    GOOD,
    LeaseLostError,
    Send,
    company_turn,
    held,
    landed,
    lost,
    reread,
)
from uploads.models import RawTransaction, Reject, Upload
from uploads.states import BadRows, Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("direct_landing"),
]

# About five rows and the header: the rest of each file here is a surprise.
GUESSED_BYTES = 200
ingest_guessing = functools.partial(ingest, hold=held, guess_bytes=GUESSED_BYTES)
SOON = [f"0{n}-01-2024;B{n};A;1;1.000" for n in range(1, 10)]
MONTH_FIRST = "01-31-2024;B70;A;1;1.000"


def assumed(upload: Upload) -> dict[str, tuple[str, int]]:
    return {
        a["column"]: (a["assumed"], a["values"]) for a in reread(upload).assumptions
    }


def test_a_guess_that_was_right_keeps_what_the_whole_file_said(
    company: Company, send: Send
) -> None:
    upload, whole = send(*SOON), send(*SOON)

    assert ingest_guessing(upload.pk) is Status.COMPLETED

    assert len(landed(company)) == 9
    ingest(whole.pk, hold=held)
    assert assumed(upload) == assumed(whole)
    assert assumed(upload)["Total"] == ("comma", 9)
    assert reread(upload).dialect == reread(whole).dialect


def test_a_late_date_that_proves_the_other_order_is_believed(
    company: Company, send: Send
) -> None:
    upload = send(*SOON, MONTH_FIRST)

    ingest_guessing(upload.pk)

    months = {row.occurred_at.month for row in RawTransaction.objects.of(company.pk)}
    assert months == set(range(1, 10))
    assert reread(upload).rows_inserted == len(landed(company)) == 10


def test_two_conventions_in_one_column_are_asked_about(
    company: Company, send: Send
) -> None:
    upload = send(*SOON, "31-01-2024;B71;A;1;1.000", MONTH_FIRST)

    assert ingest_guessing(upload.pk) is Status.NEEDS_REVIEW

    assert landed(company) == []
    assert reread(upload).error_code == "columns_unclear"


def test_they_are_asked_about_even_if_the_guess_could_not_be_tried(
    company: Company, send: Send
) -> None:
    upload = send(*SOON, "31-01-2024;B71;A;1;1.000", MONTH_FIRST)

    with company_turn(company):
        assert ingest_guessing(upload.pk) is Status.NEEDS_REVIEW

    assert landed(company) == []


def test_a_file_with_known_keys_is_merged(company: Company, send: Send) -> None:
    ingest(send(*GOOD).pk, hold=held)
    upload = send(*GOOD, *SOON, *BAD)

    ingest_guessing(upload.pk)

    kept = reread(upload)
    assert (kept.rows_read, kept.rows_rejected) == (15, 2)
    assert kept.rows_unchanged + kept.rows_inserted + kept.rows_updated == 13


def test_too_many_bad_rows_land_nothing_and_are_listed(
    company: Company, send: Send
) -> None:
    upload = send(*SOON, *BAD, bad_rows=BadRows.ABORT)

    with pytest.raises(TooManyBadRowsError):
        ingest_guessing(upload.pk)

    assert (landed(company), Reject.objects.of(company.pk).count()) == ([], 2)
    assert reread(upload).status == Status.FAILED


def test_what_only_the_survey_finds_wrong_with_a_file_leaves_no_row(
    company: Company, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guess, "reading_limits", lambda: Limits(line_bytes=1_000))
    upload = send(*SOON, f"10-01-2024;B10;A;1;{'1' * 2_000}")

    with pytest.raises(FileError):
        ingest_guessing(upload.pk)

    kept = reread(upload)
    assert (kept.status, kept.error_code) == (Status.FAILED, "line_too_long")
    assert landed(company) == []


def test_a_lost_lease_leaves_no_row(company: Company, send: Send) -> None:
    upload = send(*SOON)

    with pytest.raises(LeaseLostError):
        ingest(upload.pk, hold=lost, guess_bytes=GUESSED_BYTES)

    assert landed(company) == []
