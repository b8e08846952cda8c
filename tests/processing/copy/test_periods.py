"""Adding day changes up to periods."""

import datetime as dt

import pytest

from processing.copy.periods import (
    STARTS,
    DayChange,
    Kind,
    PeriodTotals,
    add_up,
    affected_days,
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("date", "starts"),
    [
        ("2024-01-01", "2024-01-01 2024-01-01 2024-01-01 2024-01-01 2024-01-01"),
        ("2024-02-29", "2024-02-29 2024-02-26 2024-02-01 2024-01-01 2024-01-01"),
        ("2023-01-01", "2023-01-01 2022-12-26 2023-01-01 2023-01-01 2023-01-01"),
        ("2024-12-31", "2024-12-31 2024-12-30 2024-12-01 2024-10-01 2024-01-01"),
    ],
)
def test_a_day_falls_in_five_periods(date: str, starts: str) -> None:
    found = [start_of(day(date)) for start_of in STARTS.values()]

    assert found == [day(text) for text in starts.split()]


@pytest.mark.parametrize(
    ("first", "last", "begin", "end"),
    [
        ("2024-03-01", "2024-03-02", "2024-01-01", "2025-01-01"),
        ("2023-01-01", "2023-06-01", "2022-12-26", "2024-01-01"),
        ("2024-12-30", "2024-12-31", "2024-01-01", "2025-01-06"),
    ],
)
def test_affected_days_hold_whole_years_and_weeks(
    first: str, last: str, begin: str, end: str
) -> None:
    assert affected_days(day(first), day(last)) == (day(begin), day(end))


def totals_of(period: str, found: tuple[PeriodTotals, ...]) -> list[tuple[object, ...]]:
    return [
        (
            str(t.starts_on),
            t.before,
            t.after,
            t.added,
            t.updated,
            t.unchanged,
            t.deleted,
        )
        for t in found
        if t.period == period
    ]


def test_a_row_that_moved_left_one_period_and_entered_another() -> None:
    moved = DayChange(
        kind=Kind.UPDATED, old_day=day("2024-01-31"), new_day=day("2024-02-01"), rows=2
    )

    found = add_up([moved], {day("2024-01-31"): 5})

    assert totals_of("daily", found) == [
        ("2024-01-31", 5, 3, 0, 0, 0, 2),
        ("2024-02-01", 0, 2, 2, 0, 0, 0),
    ]
    assert totals_of("weekly", found) == [("2024-01-29", 5, 5, 0, 2, 0, 0)]
    assert totals_of("quarterly", found) == [("2024-01-01", 5, 5, 0, 2, 0, 0)]


def test_rows_of_untouched_days_count_in_the_periods_around_them() -> None:
    added = DayChange(kind=Kind.ADDED, old_day=None, new_day=day("2024-05-10"), rows=3)
    before = {day("2024-05-01"): 10, day("2024-12-31"): 7, day("2023-12-31"): 99}

    found = add_up([added], before)

    assert totals_of("daily", found) == [("2024-05-10", 0, 3, 3, 0, 0, 0)]
    assert totals_of("monthly", found) == [("2024-05-01", 10, 13, 3, 0, 0, 0)]
    assert totals_of("yearly", found) == [("2024-01-01", 17, 20, 3, 0, 0, 0)]


def test_deleted_and_unchanged_rows_are_told_apart() -> None:
    date = day("2024-05-10")
    changes = [
        DayChange(kind=Kind.DELETED, old_day=date, new_day=None, rows=4),
        DayChange(kind=Kind.UNCHANGED, old_day=date, new_day=date, rows=6),
    ]

    found = add_up(changes, {date: 10})

    assert totals_of("daily", found) == [("2024-05-10", 10, 6, 0, 0, 6, 4)]
