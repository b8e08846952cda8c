"""A company's rows by day: kept beside the rows, counted where nothing is kept.

What an upload changed is told for whole years, so each would count the rows of a year,
and a shop's small file would wait for what the shop sent before (decision 0023). Every
function wants the company's turn, and what it does ends with the transaction.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, LiteralString

import psycopg

from processing.copy.periods import DayChange, net_by_day
from processing.copy.statements import Days, Target, only_row, run

FORGET: LiteralString = "DELETE FROM {day_counts} WHERE company_id = {company}"
FORGET_OTHER_ZONES: LiteralString = """
    DELETE FROM {day_counts} WHERE company_id = {company} AND time_zone <> {zone}
"""
ARE_KEPT: LiteralString = """
    SELECT EXISTS (SELECT FROM {day_counts} WHERE company_id = {company})
"""
# Rows of this upload are in the table already when it lands directly.
COUNT: LiteralString = """
    INSERT INTO {day_counts} (company_id, day, time_zone, rows)
    SELECT {company}, (occurred_at AT TIME ZONE {zone})::date, {zone}, count(*)
    FROM {target} WHERE company_id = {company} AND upload_id <> {upload}
    GROUP BY 2
"""
READ: LiteralString = """
    SELECT day, rows FROM {day_counts}
    WHERE company_id = {company} AND day >= {first_day} AND day < {day_after}
"""
ADD: LiteralString = """
    INSERT INTO {day_counts} AS kept (company_id, day, time_zone, rows)
    SELECT {company}, day, {zone}, rows
    FROM unnest({days}::date[], {changes_of_days}::bigint[]) AS changed (day, rows)
    ON CONFLICT (company_id, day) DO UPDATE SET rows = kept.rows + excluded.rows
"""


def before(
    cursor: psycopg.Cursor[Any], target: Target, within: Days
) -> Mapping[dt.date, int]:
    """Return the company's rows by day without this upload's; days may be missing.

    To be asked before ``add`` and before any row of another upload has changed. The
    first time, and after the company moved to another time zone, all are counted.
    """
    run(cursor, FORGET_OTHER_ZONES, target=target)
    if not only_row(run(cursor, ARE_KEPT, target=target))[0]:
        run(cursor, COUNT, target=target)
    return dict(run(cursor, READ, target=target, within=within).fetchall())


def forget(cursor: psycopg.Cursor[Any], target: Target) -> None:
    """Keep nothing of a company that has no rows, whoever took them away."""
    run(cursor, FORGET, target=target)


def add(
    cursor: psycopg.Cursor[Any], target: Target, changes: Iterable[DayChange]
) -> None:
    """Keep what the landing changed. To be called once, after ``before``."""
    net = net_by_day(changes)
    lists = {"days": tuple(net), "changes_of_days": tuple(net.values())}
    run(cursor, ADD, target=target, lists=lists)
