"""The checker is checked: each invariant, broken on purpose, is told."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from accounts.models import Company
from ayni.sales.oracle import BadLine, Oracle
from jobs.models import Attempt, Job
from tests.chaos.invariants import (
    Sent,
    broken,
    different_rows,
    have_ended,
    rows_too_early,
)
from uploads.models import DayCount, RawTransaction, Upload

pytestmark = pytest.mark.django_db(transaction=True)
Database = psycopg.Connection[Any]
Send = Callable[..., Sent]

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
ORACLE = Oracle(
    rows=3,
    good_rows=2,
    quantity=Decimal(4),
    price_total=Decimal(10),
    rejects=(BadLine(line=4, code="bad_date"),),
)


@pytest.fixture
def company() -> Company:
    return Company.objects.create(name="Almacén", rut="76.086.428-5")


@pytest.fixture
def send(company: Company) -> Send:
    """Return a maker of uploads that ended well, or as the options say."""

    def make(rows: int = 2, **options: Any) -> Sent:
        upload = Upload.objects.create(
            company=company,
            size_bytes=1,
            **{
                "sha256": f"{Upload.objects.across_tenants().count():064}",
                "status": "completed",
                "rows_read": 3,
                "rows_inserted": 2,
                "rows_rejected": 1,
                "finished_at": NOON,
                "job_id": tried().pk,
                **options,
            },
        )
        land(company, upload, rows=rows)
        return Sent(upload_id=str(upload.pk), company_id=str(company.pk), oracle=ORACLE)

    return make


def tried(*, ended_at: dt.datetime = NOON, attempts: int = 1) -> Job:
    job = Job.objects.create(
        actor="process_upload", queue="processing", attempts=attempts, max_attempts=2
    )
    Attempt.objects.create(
        job=job,
        number=1,
        started_at=ended_at - dt.timedelta(seconds=1),
        ended_at=ended_at,
    )
    return job


def land(company: Company, upload: Upload, *, rows: int) -> None:
    RawTransaction.objects.bulk_create(
        RawTransaction(
            company=company,
            upload=upload,
            occurred_at=NOON,
            transaction_id=str(upload.pk),
            product_id=str(number),
            quantity=2,
            price_total=5,
        )
        for number in range(rows)
    )
    count_day(company)


def count_day(company: Company, *, surplus: int = 0) -> None:
    rows = RawTransaction.objects.of(company.pk).count() + surplus
    DayCount.objects.of(company.pk).delete()
    DayCount.objects.create(
        company=company, day=NOON.date(), time_zone=company.time_zone, rows=rows
    )


def test_nothing_is_told_of_what_holds(database: Database, send: Send) -> None:
    assert broken(database, [send(), send(rows=0, status="failed")]) == ()


@pytest.mark.parametrize(
    ("options", "invariant"),
    [
        ({"status": "processing", "rows": 0}, "I1"),
        ({"rows": 1}, "I2"),
        ({"rows": 3}, "I2"),
        ({"status": "failed"}, "I2"),
        ({"status": "cancelled"}, "I2"),
        ({"rows_inserted": 3, "rows_rejected": 0}, "I3"),
        ({"rows_read": 4, "rows_inserted": 2, "rows_rejected": 2}, "I3"),
    ],
)
def test_what_does_not_hold_is_told(
    database: Database, send: Send, options: dict[str, Any], invariant: str
) -> None:
    sentences = broken(database, [send(**options)])

    assert sentences
    assert sentences[0].startswith(invariant)


def test_one_attempt_too_many_is_told(database: Database, send: Send) -> None:
    sentences = broken(database, [send(job_id=tried(attempts=3).pk)])

    assert [sentence[:2] for sentence in sentences] == ["I8"]


def test_an_end_outside_of_every_attempt_is_told(
    database: Database, send: Send
) -> None:
    before = tried(ended_at=NOON - dt.timedelta(minutes=1))

    sentences = broken(database, [send(job_id=before.pk)])

    assert [sentence[:2] for sentence in sentences] == ["I9"]


def test_rows_of_another_companys_upload_are_told(
    database: Database, company: Company, send: Send
) -> None:
    sent = send(rows=0, status="failed")
    other = Company.objects.create(name="Otra", rut="76.192.083-9")
    land(other, Upload.objects.across_tenants().get(pk=sent.upload_id), rows=1)

    assert any(sentence.startswith("I4") for sentence in broken(database, [sent]))


def test_the_same_content_twice_is_told(database: Database, send: Send) -> None:
    first = send(rows=0, status="failed", sha256="0" * 64)
    send(rows=0, status="failed", sha256="0" * 64, forced=True)

    assert [sentence[:2] for sentence in broken(database, [first])] == ["I7"]


@pytest.mark.parametrize("surplus", [-1, 1])
def test_a_day_of_which_another_number_is_kept_is_told(
    database: Database, company: Company, send: Send, surplus: int
) -> None:
    sent = send()
    count_day(company, surplus=surplus)

    assert [sentence[:2] for sentence in broken(database, [sent])] == ["I3"]


def test_rows_that_are_seen_too_early_are_counted(
    database: Database, send: Send
) -> None:
    sent = send(rows=2, status="processing")

    assert rows_too_early(database, sent.company_id) == 2


def test_values_are_compared_and_not_only_counted(
    database: Database, send: Send
) -> None:
    sent = send()
    other = dataclasses.replace(ORACLE, price_total=Decimal("10.0001"))

    assert broken(database, [dataclasses.replace(sent, oracle=other)])


def test_an_upload_has_ended_only_when_all_have(database: Database, send: Send) -> None:
    done, waiting = send(), send(rows=0, status="pending")

    assert have_ended(database, [done])
    assert not have_ended(database, [done, waiting])


def test_two_tables_differ_by_their_values(
    database: Database, company: Company, send: Send
) -> None:
    sent = send()
    other = Company.objects.create(name="Otra", rut="76.192.083-9")
    calm = Upload.objects.create(company=other, size_bytes=1, sha256="1" * 64)
    lone = dataclasses.replace(sent, calm_upload_id=str(calm.pk))
    same = dataclasses.replace(sent, calm_upload_id=sent.upload_id)

    assert different_rows(database, [lone]) == 2
    assert different_rows(database, [same]) == 0
    assert different_rows(database, []) == 0
