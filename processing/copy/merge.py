"""The merge: staged rows into the table by their natural key, in one transaction.

The caller opened the transaction and filled the staging tables of this session. What
became of each row is kept by day, in a table that ends with the transaction.
"""

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Iterable, Mapping
from typing import Any, LiteralString

import psycopg

from processing.copy import daycounts, pairing, statements
from processing.copy.edge import our_errors
from processing.copy.periods import (
    DayChange,
    Kind,
    PeriodTotals,
    add_up,
    affected_days,
)
from processing.copy.session import MERGING, set_locally
from processing.copy.staging import gather_statistics, number_occurrences
from processing.copy.statements import Days, Target, only_row, run, run_slice

# New rows are inserted in so many slices, so that progress moves meanwhile.
SLICES = 8
# A slice smaller than this (8 MB) is over before anybody could see it move.
SMALLEST_SLICE_BLOCKS = 1024
ONE_DAY = dt.timedelta(days=1)
# Longer ago than any date we accept: nothing lies within these days.
NO_DAYS = Days(begin=dt.date(1900, 1, 1), end=dt.date(1900, 1, 1))


class Mode(enum.StrEnum):
    """What happens to a row whose key is already in the table."""

    APPEND = "append"
    UPSERT = "upsert"
    REPLACE_PERIOD = "replace_period"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """How many staged rows met which fate; ``deleted`` counts the table's own."""

    inserted: int
    updated: int
    unchanged: int
    duplicate: int
    deleted: int
    periods: tuple[PeriodTotals, ...]


def merge_rows(
    cursor: psycopg.Cursor[Any],
    target: Target,
    *,
    mode: Mode,
    on_slice: Callable[[float], None],
) -> Merged:
    """Land the staged rows and return what became of them.

    Holds the company's turn until the transaction ends, so that two files of one
    company merge one after the other. ``on_slice`` is told the share of the rows that
    is in place, up to 1. Duplicates join the staged rejects.

    Raises ``StoreUnavailableError`` or ``StoreRefusedError``; the transaction is then
    unusable and nothing has landed.
    """
    with our_errors():
        _prepare(cursor, target)
        met = _days_that_may_meet(cursor, target)
        replaced = met if met and mode is Mode.REPLACE_PERIOD else NO_DAYS
        before = _match(cursor, target, staged=met, replaced=replaced) if met else {}
        run(cursor, statements.DELETE_PERIOD, target=target, within=replaced)
        duplicate, updated = _settle_matched(cursor, target, mode=mode)
        inserted = _insert_new(cursor, target, on_slice=on_slice)
        changes = _changes(cursor, target)
        daycounts.add(cursor, target, changes)
    return Merged(
        inserted=inserted,
        updated=updated,
        unchanged=_rows_of(Kind.UNCHANGED, changes),
        duplicate=duplicate,
        deleted=_rows_of(Kind.DELETED, changes),
        periods=add_up(changes, before),
    )


def _prepare(cursor: psycopg.Cursor[Any], target: Target) -> None:
    set_locally(cursor, MERGING)
    number_occurrences(cursor)
    run(cursor, statements.LOCK_COMPANY, target=target)
    run(cursor, statements.MAKE_MATCHED, target=target)
    run(cursor, statements.MAKE_CHANGES, target=target)


def _days_that_may_meet(cursor: psycopg.Cursor[Any], target: Target) -> Days | None:
    """Return the days of the staged rows, unless nothing in the table can meet them.

    A company's first file, and one without good rows, has nothing to be paired with;
    what was kept by day of a company without rows is forgotten.
    """
    has_rows = only_row(run(cursor, statements.HAS_ROWS, target=target))[0]
    if not has_rows:
        daycounts.forget(cursor, target)
        return None
    return _days(cursor, statements.STAGED_DAYS, target)


def _match(
    cursor: psycopg.Cursor[Any], target: Target, *, staged: Days, replaced: Days
) -> Mapping[dt.date, int]:
    """Pair staged rows with the table's; return the company's rows by day before."""
    gather_statistics(cursor)
    pairing.match(cursor, target, replaced=replaced)
    run(cursor, statements.ANALYZE_MATCHED, target=target)
    matched = _days(cursor, statements.MATCHED_DAYS, target) or staged
    begin, end = affected_days(
        min(staged.begin, matched.begin), max(staged.end, matched.end) - ONE_DAY
    )
    return daycounts.before(cursor, target, Days(begin=begin, end=end))


def _settle_matched(
    cursor: psycopg.Cursor[Any], target: Target, *, mode: Mode
) -> tuple[int, int]:
    """Refuse or update the rows whose key was there; return how many of each."""
    if mode is Mode.APPEND:
        refused = run(cursor, statements.REFUSE_DUPLICATES, target=target)
        return refused.rowcount, 0
    updated = run(cursor, statements.UPDATE_CHANGED, target=target).rowcount
    run(cursor, statements.NOTE_MATCHED, target=target)
    return 0, updated


def _insert_new(
    cursor: psycopg.Cursor[Any], target: Target, *, on_slice: Callable[[float], None]
) -> int:
    blocks = only_row(run(cursor, statements.STAGED_BLOCKS, target=target))[0]
    step = max(SMALLEST_SLICE_BLOCKS, -(-blocks // SLICES))
    inserted = 0
    for begin in range(0, blocks, step):
        part = range(begin, begin + step)
        inserted += run_slice(
            cursor, statements.INSERT_NEW, target=target, blocks=part
        ).rowcount
        on_slice(min(1.0, part.stop / blocks))
    run(cursor, statements.NOTE_NEW, target=target)
    return inserted


def _changes(cursor: psycopg.Cursor[Any], target: Target) -> tuple[DayChange, ...]:
    rows = run(cursor, statements.READ_CHANGES, target=target).fetchall()
    return tuple(
        DayChange(kind=Kind(kind), old_day=old, new_day=new, rows=count)
        for kind, old, new, count in rows
    )


def _rows_of(kind: Kind, changes: Iterable[DayChange]) -> int:
    return sum(change.rows for change in changes if change.kind is kind)


def _days(
    cursor: psycopg.Cursor[Any], statement: LiteralString, target: Target
) -> Days | None:
    first, last = only_row(run(cursor, statement, target=target))
    return None if first is None else Days(begin=first, end=last + ONE_DAY)
