"""What is kept of a company's days is what a count of its rows would say."""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import transaction

from processing.copy import direct
from processing.copy.merge import Merged, Mode
from processing.copy.statements import Target
from tests.processing.copy.test_landed_periods import random_rows
from uploads.models import DayCount, RawTransaction

Land = Callable[..., Merged]
SANTIAGO, TOKYO = "America/Santiago", "Asia/Tokyo"
# One moment, two days: in Tokyo it is the second already.
EVENING = "2024-03-01T20:00:00+00:00"
FIRST, SECOND = dt.date(2024, 3, 1), dt.date(2024, 3, 2)


def kept(company_id: uuid.UUID) -> Mapping[dt.date, int]:
    counts = DayCount.objects.of(company_id).exclude(rows=0)
    return dict(counts.values_list("day", "rows"))


def counted(company_id: uuid.UUID, zone: str = SANTIAGO) -> Mapping[dt.date, int]:
    return Counter(
        sale.occurred_at.astimezone(ZoneInfo(zone)).date()
        for sale in RawTransaction.objects.of(company_id)
    )


@pytest.mark.parametrize("seed", range(4))
def test_whatever_lands_the_days_are_counted(
    land: Land, company_id: uuid.UUID, seed: int
) -> None:
    rng = random.Random(seed)
    for _ in range(5):
        zone = rng.choice([SANTIAGO, SANTIAGO, TOKYO])

        land(random_rows(rng), rng.choice(list(Mode)), zone=zone)

        assert kept(company_id) == counted(company_id, zone)


def test_rows_from_before_the_counts_are_counted_with_the_next_file(
    land: Land, company_id: uuid.UUID
) -> None:
    land([("2024-03-01", "A/1", "1"), ("2023-03-01", "A/2", "1")])
    DayCount.objects.of(company_id).delete()

    merged = land([("2024-03-01", "A/3", "1")])

    assert {(t.before, t.after) for t in merged.periods} == {(1, 2)}
    assert kept(company_id) == counted(company_id)


def test_days_are_those_of_the_zone_the_company_is_in_now(
    land: Land, company_id: uuid.UUID
) -> None:
    land([(EVENING, "A/1", "1")], zone=SANTIAGO)
    assert kept(company_id) == {FIRST: 1}

    land([(EVENING, "A/2", "1")], zone=TOKYO)

    assert kept(company_id) == {SECOND: 2}


def test_rows_that_were_taken_away_by_hand_are_forgotten(
    land: Land, company_id: uuid.UUID
) -> None:
    land([("2024-03-01", "A/1", "1")])
    RawTransaction.objects.of(company_id).delete()

    merged = land([("2024-03-01", "A/2", "1")])

    assert {(t.before, t.after) for t in merged.periods} == {(0, 1)}
    assert kept(company_id) == {FIRST: 1}


def test_another_company_is_counted_for_itself(
    land: Land, company_id: uuid.UUID
) -> None:
    other = uuid.uuid4()
    land([("2024-03-01", "A/1", "1")], company=other)

    land([("2024-03-01", "A/1", "1")])

    assert kept(other) == kept(company_id) == {FIRST: 1}


def test_a_direct_landing_counts_as_a_merge_does(
    land: Land, cursor: psycopg.Cursor[Any], company_id: uuid.UUID
) -> None:
    land([("2024-03-01", "A/1", "1"), ("2024-05-01", "A/2", "1")])
    target = Target(
        table=RawTransaction._meta.db_table,
        day_counts=DayCount._meta.db_table,
        company_id=str(company_id),
        upload_id=str(uuid.uuid4()),
        time_zone=SANTIAGO,
    )

    with transaction.atomic():
        merged = direct.landed(
            cursor, target, inserted=3, days={FIRST: 2, SECOND: 1}, has_others=True
        )

    daily = [t for t in merged.periods if t.period == "daily"]
    assert [(t.before, t.after) for t in daily] == [(1, 3), (0, 1)]
    assert kept(company_id) == {FIRST: 3, SECOND: 1, dt.date(2024, 5, 1): 1}


def test_days_are_read_and_not_counted(
    land: Land, cursor: psycopg.Cursor[Any], company_id: uuid.UUID
) -> None:
    land([("2024-03-01", "A/1", "1")])
    DayCount.objects.of(company_id).update(rows=41)

    merged = land([("2024-03-01", "A/2", "1")])

    assert {(t.before, t.after) for t in merged.periods} == {(41, 42)}
