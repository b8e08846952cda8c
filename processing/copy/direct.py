"""The direct landing: rows of keys that are new, by COPY straight into the table.

The caller opened the transaction; where a key turns out not to be new, it rolls that
back, and nothing has happened.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from processing.copy import daycounts, pairing, statements
from processing.copy.edge import new_keys_only, our_errors
from processing.copy.merge import Merged
from processing.copy.periods import DayChange, Kind, add_up, affected_days
from processing.copy.session import COPYING, MERGING, owner_of, set_locally
from processing.copy.statements import Days, Target, only_row, run
from processing.copy.writer import copy_rows
from processing.errors import KeyTakenError, RowsNotConservedError


def take_turn(cursor: psycopg.Cursor[Any], target: Target) -> bool:
    """Take the company's turn until the transaction ends, unless somebody has it."""
    with our_errors():
        set_locally(cursor, COPYING)
        set_locally(cursor, owner_of(target))
        return bool(
            only_row(run(cursor, statements.TRY_LOCK_COMPANY, target=target))[0]
        )


def has_rows(cursor: psycopg.Cursor[Any], target: Target) -> bool:
    """Say whether the company has any row."""
    with our_errors():
        return bool(only_row(run(cursor, statements.HAS_ROWS, target=target))[0])


def meets(
    cursor: psycopg.Cursor[Any], target: Target, pairs: Sequence[tuple[str, str]]
) -> bool:
    """Say whether the company has a row of any of these pairs."""
    with our_errors():
        return pairing.meets(cursor, target, pairs)


def land_rows(
    cursor: psycopg.Cursor[Any],
    target: Target,
    chunk: bytes,
    *,
    columns: Sequence[str],
) -> int:
    """Append whole encoded rows of who has the turn to the table; return how many.

    Raises ``KeyTakenError`` if one of them is there already; the transaction is then
    unusable.
    """
    with new_keys_only():
        return copy_rows(cursor, (chunk,), table=target.table, columns=columns)


def land_held(cursor: psycopg.Cursor[Any], target: Target) -> int:
    """Append the staged rows, numbered after those in the table; return how many.

    Raises ``KeyTakenError`` as ``land_rows`` does.
    """
    with new_keys_only():
        set_locally(cursor, MERGING)
        landed, taken = only_row(run(cursor, statements.LAND_HELD, target=target))
    if taken:
        raise KeyTakenError
    return int(landed)


def landed(
    cursor: psycopg.Cursor[Any],
    target: Target,
    *,
    inserted: int,
    days: Mapping[dt.date, int],
    has_others: bool,
) -> Merged:
    """Return what became of the upload's rows, all of which are in the table.

    ``days`` are their number by day of the company, as the reader counted them;
    ``has_others`` says that the company had rows before. Raises
    ``RowsNotConservedError`` if another number of rows was inserted.
    """
    if inserted != sum(days.values()):
        raise RowsNotConservedError(read=sum(days.values()), accounted=inserted)
    added = tuple(
        DayChange(kind=Kind.ADDED, old_day=None, new_day=day, rows=rows)
        for day, rows in days.items()
    )
    with our_errors():
        before = _before(cursor, target, days, has_others=has_others)
        daycounts.add(cursor, target, added)
    return Merged(
        inserted=inserted,
        updated=0,
        unchanged=0,
        duplicate=0,
        deleted=0,
        periods=add_up(added, before),
    )


def _before(
    cursor: psycopg.Cursor[Any],
    target: Target,
    days: Mapping[dt.date, int],
    *,
    has_others: bool,
) -> Mapping[dt.date, int]:
    if not has_others:
        daycounts.forget(cursor, target)
        return {}
    if not days:
        return {}
    begin, end = affected_days(min(days), max(days))
    return daycounts.before(cursor, target, Days(begin=begin, end=end))
