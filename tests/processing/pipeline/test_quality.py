import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from processing.pipeline.quality import BatchStats, add_stats, score

PERFECT = BatchStats(records=10, accepted=10, required_filled=50, priced=10)
EARLY, LATE = dt.datetime(2024, 1, 5, 3), dt.datetime(2024, 2, 5, 3)  # noqa: DTZ001


def test_a_file_without_a_fault_scores_100() -> None:
    assert score(PERFECT).total == 100


def test_a_file_without_records_scores_nothing() -> None:
    quality = score(BatchStats(blank=3))

    assert quality.total == 0
    assert set(quality.parts.values()) == {Decimal(0)}


@pytest.mark.parametrize(
    ("fault", "part", "expected"),
    [
        ({"required_filled": 25}, "completeness", 10),
        ({"untyped": 5}, "accuracy", 10),
        ({"mismatched": 5}, "consistency", 10),
        ({"priced": 0}, "consistency", 20),
        ({"out_of_range_dates": 4}, "timeliness", 9),
        ({"repeated": 2}, "uniqueness", 12),
        ({"accepted": 5}, "validity", 5),
        ({"untyped": 3, "records": 9}, "accuracy", Decimal("13.33")),
    ],
)
def test_each_fault_costs_its_part(
    fault: dict[str, Any], part: str, expected: Decimal
) -> None:
    quality = score(dataclasses.replace(PERFECT, **fault))

    assert quality.parts[part] == expected
    assert quality.total == sum(quality.parts.values())


def test_counts_of_batches_add_up() -> None:
    first = dataclasses.replace(PERFECT, first_moment=EARLY, last_moment=EARLY)
    second = dataclasses.replace(PERFECT, first_moment=LATE, last_moment=LATE)

    both = add_stats(second, add_stats(first, BatchStats()))

    assert (both.records, both.required_filled) == (20, 100)
    assert (both.first_moment, both.last_moment) == (EARLY, LATE)
