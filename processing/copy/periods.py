"""What a merge changed, day by day, added up for every kind of period. Pure.

A row whose date moved leaves one period and enters another: there it counts as deleted
and added. Within a period that holds both dates it is updated. So
``after = before + added - deleted`` is true of every period of every kind.
"""

import dataclasses
import datetime as dt
import enum
from collections import Counter
from collections.abc import Callable, Iterable, Mapping


class Kind(enum.StrEnum):
    """What the merge did to a row."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """Rows that shared a fate. Days are the company's; the absent one is ``None``."""

    kind: Kind
    old_day: dt.date | None
    new_day: dt.date | None
    rows: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTotals:
    """One period before and after; ``starts_on`` is its first day."""

    period: str
    starts_on: dt.date
    before: int
    after: int
    added: int
    updated: int
    unchanged: int
    deleted: int


def week_start(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def month_start(day: dt.date) -> dt.date:
    return day.replace(day=1)


def quarter_start(day: dt.date) -> dt.date:
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def year_start(day: dt.date) -> dt.date:
    return day.replace(month=1, day=1)


# First day of the period a day falls in; weeks start on Monday (ISO 8601).
STARTS: Mapping[str, Callable[[dt.date], dt.date]] = {
    "daily": lambda day: day,
    "weekly": week_start,
    "monthly": month_start,
    "quarterly": quarter_start,
    "yearly": year_start,
}


def affected_days(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first day of all periods touched by the days, and the day after them.

    Both ends widen to whole years and whole weeks: a week may begin in the old year.
    """
    begin = min(year_start(first), week_start(first))
    next_year = dt.date(last.year + 1, 1, 1)
    return begin, max(next_year, week_start(last) + dt.timedelta(days=7))


def add_up(
    changes: Iterable[DayChange], before: Mapping[dt.date, int]
) -> tuple[PeriodTotals, ...]:
    """Return every affected period, by kind and date.

    ``before`` is the company's rows by day ahead of the merge, and covers at least
    ``affected_days``; days without rows may be left out.
    """
    changes = tuple(changes)
    return tuple(
        totals
        for period, start_of in STARTS.items()
        for totals in _of_one_kind(period, start_of, changes=changes, before=before)
    )


def net_by_day(changes: Iterable[DayChange]) -> Mapping[dt.date, int]:
    """Return by how many rows each day grew, below zero if it shrank, in order."""
    net: Counter[dt.date] = Counter()
    for change in changes:
        if change.old_day is not None:
            net[change.old_day] -= change.rows
        if change.new_day is not None:
            net[change.new_day] += change.rows
    return {day: rows for day, rows in sorted(net.items()) if rows}


def _of_one_kind(
    period: str,
    start_of: Callable[[dt.date], dt.date],
    *,
    changes: tuple[DayChange, ...],
    before: Mapping[dt.date, int],
) -> Iterable[PeriodTotals]:
    counts: dict[dt.date, Counter[Kind]] = {}
    for change in changes:
        for start, kind in _effects(change, start_of):
            counts.setdefault(start, Counter())[kind] += change.rows
    rows_before: Counter[dt.date] = Counter()
    for day, rows in before.items():
        rows_before[start_of(day)] += rows
    for start, count in sorted(counts.items()):
        yield PeriodTotals(
            period=period,
            starts_on=start,
            before=rows_before[start],
            after=rows_before[start] + count[Kind.ADDED] - count[Kind.DELETED],
            added=count[Kind.ADDED],
            updated=count[Kind.UPDATED],
            unchanged=count[Kind.UNCHANGED],
            deleted=count[Kind.DELETED],
        )


def _effects(
    change: DayChange, start_of: Callable[[dt.date], dt.date]
) -> Iterable[tuple[dt.date, Kind]]:
    old = None if change.old_day is None else start_of(change.old_day)
    new = None if change.new_day is None else start_of(change.new_day)
    if old is not None and new is not None and old == new:
        yield new, change.kind
        return
    if old is not None:
        yield old, Kind.DELETED
    if new is not None:
        yield new, Kind.ADDED
