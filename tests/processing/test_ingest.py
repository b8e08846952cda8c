"""The story of one upload, on real files, a real Postgres and a real Valkey."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from django.conf import LazySettings
from django.db import connection

from accounts.models import Company
from processing.copy.statements import LOCK_COMPANY, Target, run
from processing.errors import (
    PermanentError,
    SupersededError,
    TooManyBadRowsError,
)
from processing.ingest import ingest
from processing.pipeline.errors import FileError
from uploads import storage
from uploads.models import DataUpdate, RawTransaction, Reject, Upload
from uploads.services import lifecycle
from uploads.states import BadRows, LoadMode, Status

pytestmark = pytest.mark.django_db(transaction=True)
Send = Callable[..., Upload]

HEADER = "Fecha;N° Boleta;Código Producto;Cantidad;Total"
GOOD = (
    "05-01-2024;B1;A;2;1.990,50",
    "05-01-2024;B1;B;1;500",
    "31-01-2024;B2;A;1;995,25",
    "02-02-2024;B3;A;3;2.985,75",
)
BAD = ("31-02-2024;B4;A;1;100", "03-02-2024;;A;1;100")


class LeaseLostError(Exception):
    """What the fence raises when another attempt has taken over."""


def held() -> None:
    """Stand for a fence that this attempt may pass."""


def lost() -> None:
    raise LeaseLostError


@pytest.fixture
def company() -> Company:
    return Company.objects.create(name="Almacén", rut="76.086.428-5")


@pytest.fixture
def send(company: Company, settings: LazySettings, tmp_path: Path) -> Send:
    """Store a file of these lines and its upload."""
    settings.AYNI_STORAGE_DIR = tmp_path

    def send_lines(*lines: str, header: str = HEADER, **options: object) -> Upload:
        content = "\r\n".join((header, *lines)).encode("cp1252")
        stored = storage.save_stream(iter([content]), limit_bytes=1 << 20)
        return Upload.objects.create(
            company=company,
            original_name="ventas.csv",
            stored_name=stored.stored_name,
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            forced=True,
            **{"quality_threshold": 0, **options},
        )

    return send_lines


def reread(upload: Upload) -> Upload:
    return Upload.objects.across_tenants().get(pk=upload.pk)


def landed(company: Company) -> list[tuple[str, str, Decimal]]:
    return [
        (row.transaction_id, row.product_id, row.price_total)
        for row in RawTransaction.objects.of(company.pk).order_by(
            "transaction_id", "product_id"
        )
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


@contextmanager
def company_turn(company: Company) -> Iterator[None]:
    """Hold the company's turn to merge from another session, as another file would."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        target = Target(
            table="", company_id=str(company.pk), upload_id="", time_zone="UTC"
        )
        run(other.cursor(), LOCK_COMPANY, target=target)
        yield


def wait_for_a_merge_in_the_queue() -> None:
    deadline, pause = time.monotonic() + 10, threading.Event()
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE locktype = 'advisory' AND NOT granted"
            )
            if cursor.fetchone() == (1,):
                return
            pause.wait(0.02)
    pytest.fail("no merge waited for its turn within 10 s")


def ingest_and_disconnect(upload: Upload) -> Status | None:
    try:
        return ingest(upload.pk, hold=held)
    finally:
        connection.close()


def test_an_upload_cancelled_meanwhile_lands_nothing(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD)

    with ThreadPoolExecutor(1) as pool:
        with company_turn(company):
            attempt = pool.submit(ingest_and_disconnect, upload)
            wait_for_a_merge_in_the_queue()
            assert lifecycle.mark_cancelled(upload.pk)
        error = attempt.exception(timeout=10)

    assert isinstance(error, SupersededError)
    assert landed(company) == []
    assert reread(upload).status == Status.CANCELLED


def test_two_files_of_one_company_merge_one_after_the_other(
    company: Company, send: Send
) -> None:
    first, second = send(*GOOD), send(*GOOD[:2], "05-02-2024;B9;A;1;1")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ingest_and_disconnect, [first, second]))

    totals = [reread(first), reread(second)]
    assert sum(kept.rows_inserted for kept in totals) == len(landed(company)) == 5
    assert sum(kept.rows_unchanged for kept in totals) == 2


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
