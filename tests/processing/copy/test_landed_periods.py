"""Periods as the merge reports them agree with the table, whatever was sent."""

import datetime as dt
import random
import uuid
from collections import Counter
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest

from processing.copy.columns import VALUES
from processing.copy.merge import Merged, Mode
from processing.copy.periods import STARTS
from processing.pipeline.encode import STAGING_COLUMNS
from uploads.models import RawTransaction
from uploads.states import LoadMode, Period

Land = Callable[..., Merged]
SANTIAGO = ZoneInfo("America/Santiago")


def rows_by_period(company_id: uuid.UUID) -> Counter[tuple[str, dt.date]]:
    found: Counter[tuple[str, dt.date]] = Counter()
    for row in RawTransaction.objects.of(company_id):
        day = row.occurred_at.astimezone(SANTIAGO).date()
        found.update((name, start_of(day)) for name, start_of in STARTS.items())
    return found


def random_rows(rng: random.Random) -> list[tuple[str, str, str]]:
    first = dt.datetime(2023, 12, 25, tzinfo=dt.UTC)
    return [
        (
            (first + dt.timedelta(hours=rng.randrange(24 * 20))).isoformat(),
            f"B{rng.randrange(12)}/{rng.choice('ABC')}",
            str(rng.randrange(3)),
        )
        for _ in range(rng.randrange(1, 40))
    ]


@pytest.mark.parametrize("seed", range(6))
def test_before_and_after_are_what_the_table_says(
    land: Land, company_id: uuid.UUID, seed: int
) -> None:
    rng = random.Random(seed)
    for _ in range(4):
        before = rows_by_period(company_id)
        rows = random_rows(rng)

        merged = land(rows, rng.choice(list(Mode)))

        after = rows_by_period(company_id)
        told = {(t.period, t.starts_on): (t.before, t.after) for t in merged.periods}
        assert told == {key: (before[key], after[key]) for key in told}
        assert {key for key in before | after if before[key] != after[key]} <= set(told)
        assert len(rows) == (
            merged.inserted + merged.updated + merged.unchanged + merged.duplicate
        )


def test_the_landing_speaks_of_the_same_things_as_its_neighbours() -> None:
    table = {field.attname for field in RawTransaction._meta.get_fields()}  # type: ignore[union-attr]

    assert tuple(STAGING_COLUMNS) == ("record", "line", *VALUES)
    assert set(VALUES) == table - {"id", "company_id", "upload_id", "occurrence"}
    assert set(STARTS) == {period.value for period in Period}
    assert {mode.value for mode in Mode} == {mode.value for mode in LoadMode}
