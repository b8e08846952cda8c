"""The story of one upload, on real files, a real Postgres and a real Valkey."""

from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import Company
from processing.ingest import ingest
from tests.processing.landing import (
    BAD,
    GOOD,
    HEADER,
    LeaseLostError,
    Send,
    held,
    landed,
    lost,
    reread,
)
from uploads.models import DataUpdate, RawTransaction, Reject
from uploads.states import LoadMode, Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("either_landing"),
]


def test_a_clean_file_lands_whole(company: Company, send: Send) -> None:
    upload = send(*GOOD)

    assert ingest(upload.pk, hold=held) is Status.COMPLETED

    kept = reread(upload)
    assert (kept.status, kept.progress_percent) == (Status.COMPLETED, 100)
    assert (kept.rows_read, kept.rows_inserted, kept.rows_rejected) == (4, 4, 0)
    assert landed(company) == [
        ("B1", "A", Decimal("1990.5")),
        ("B1", "B", Decimal(500)),
        ("B2", "A", Decimal("995.25")),
        ("B3", "A", Decimal("2985.75")),
    ]


def test_the_same_product_twice_on_a_receipt_is_two_sales(
    company: Company, send: Send
) -> None:
    upload = send(GOOD[0], GOOD[1], GOOD[0], GOOD[2], GOOD[0])

    ingest(upload.pk, hold=held)

    rows = RawTransaction.objects.of(company.pk).filter(transaction_id="B1")
    repeated = rows.filter(product_id="A").order_by("occurrence")
    assert [row.occurrence for row in repeated] == [1, 2, 3]
    assert reread(upload).rows_inserted == 5


def test_what_changed_is_told_by_period(company: Company, send: Send) -> None:
    ingest(send(*GOOD).pk, hold=held)

    told = DataUpdate.objects.of(company.pk).values_list(
        "period", "starts_on", "rows_after"
    )
    monthly = {(day.isoformat(), rows) for kind, day, rows in told if kind == "monthly"}
    assert monthly == {("2024-01-01", 3), ("2024-02-01", 1)}


def test_bad_rows_are_listed_and_good_ones_land(company: Company, send: Send) -> None:
    upload = send(*GOOD, *BAD)

    ingest(upload.pk, hold=held)

    kept = reread(upload)
    assert (kept.rows_read, kept.rows_inserted, kept.rows_rejected) == (6, 4, 2)
    assert kept.reject_counts == {"bad_date": 1, "missing_required": 1}
    refused = Reject.objects.of(company.pk).order_by("line")
    assert [(row.line, row.code) for row in refused] == [
        (6, "bad_date"),
        (7, "missing_required"),
    ]
    assert refused[0].raw == ["31-02-2024", "B4", "A", "1", "100"]


def test_what_is_odd_lands_with_a_remark_and_what_is_no_sale_is_counted_apart(
    company: Company, send: Send
) -> None:
    priced = [f"0{day}-01-2024;B{day};A;2;200;100" for day in range(1, 6)]
    header = f"{HEADER};Precio Unitario"
    odd = ("06-01-2024;B6;A;2;200", "07-01-2024;B7;A;2;900;100", "31-02-2024;B8")
    below = ("", "TOTAL;;;14;2.300;")
    upload = send(*priced, header, *odd, *priced[:2], *below, header=header)

    ingest(upload.pk, hold=held)

    kept = reread(upload)
    assert (kept.rows_read, kept.rows_inserted, kept.rows_rejected) == (10, 9, 1)
    assert (kept.rows_blank, kept.rows_footnotes, kept.rows_headers) == (1, 1, 1)
    assert kept.remarks == [
        {"code": "price_mismatch", "rows": 1, "lines": [9]},
        {"code": "too_few_fields", "rows": 1, "lines": [8]},
    ]


def test_a_second_run_of_a_completed_upload_changes_nothing(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD)
    ingest(upload.pk, hold=held)
    before = reread(upload).sequence

    assert ingest(upload.pk, hold=held) is None

    assert reread(upload).sequence == before
    assert len(landed(company)) == 4


def test_an_attempt_that_lost_its_lease_leaves_no_row(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD, *BAD)

    with pytest.raises(LeaseLostError):
        ingest(upload.pk, hold=lost)

    assert landed(company) == []
    assert not Reject.objects.of(company.pk).exists()
    assert not DataUpdate.objects.of(company.pk).exists()
    assert reread(upload).status == Status.PROCESSING


def test_an_attempt_after_a_lost_one_lands_everything_once(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD, *BAD)
    with pytest.raises(LeaseLostError):
        ingest(upload.pk, hold=lost)

    ingest(upload.pk, hold=held)

    assert len(landed(company)) == 4
    assert (reread(upload).attempts, Reject.objects.of(company.pk).count()) == (2, 2)


def test_rows_already_there_are_counted_as_such(company: Company, send: Send) -> None:
    ingest(send(*GOOD).pk, hold=held)
    upload = send(*GOOD[:3], "02-02-2024;B3;A;3;1", "03-02-2024;B9;A;1;1")

    ingest(upload.pk, hold=held)

    kept = reread(upload)
    assert (kept.rows_inserted, kept.rows_updated, kept.rows_unchanged) == (1, 1, 3)


def test_duplicates_are_counted_apart_from_bad_rows(
    company: Company, send: Send
) -> None:
    ingest(send(*GOOD).pk, hold=held)
    upload = send(*GOOD, *BAD, load_mode=LoadMode.APPEND)

    ingest(upload.pk, hold=held)

    kept = reread(upload)
    assert (kept.rows_read, kept.rows_duplicate, kept.rows_rejected) == (6, 4, 2)
    codes = Reject.objects.of(company.pk).filter(upload=upload).values_list("code")
    assert sorted(code for (code,) in codes) == sorted(
        ["bad_date", "missing_required", *["duplicate"] * 4]
    )


def test_no_staging_table_outlives_an_attempt(send: Send) -> None:
    ingest(send(*GOOD).pk, hold=held)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'ayni_%'")
        assert cursor.fetchone() == (0,)
