"""The statements of a merge, and the one place that fills in their names and values."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from processing.copy.columns import PAIR, VALUES, listed, listed_of
from processing.copy.staging import REJECTS, ROWS

MATCHED = "ayni_matched_rows"
CHANGES = "ayni_day_changes"
NO_LISTS: Mapping[str, Sequence[object]] = {}

LOCK_COMPANY: LiteralString = (
    "SELECT pg_advisory_xact_lock(hashtextextended('ayni.merge ' || {company}, 0))"
)
TRY_LOCK_COMPANY: LiteralString = (
    "SELECT pg_try_advisory_xact_lock(hashtextextended('ayni.merge ' || {company}, 0))"
)
HAS_ROWS: LiteralString = (
    "SELECT EXISTS (SELECT FROM {target} WHERE company_id = {company})"
)
MAKE_MATCHED: LiteralString = """
    CREATE TEMP TABLE {matched} (
        record bigint, id bigint, differs boolean,
        old_at timestamptz, new_at timestamptz
    ) ON COMMIT DROP
"""
MAKE_CHANGES: LiteralString = """
    CREATE TEMP TABLE {changes} (
        kind text, old_day date, new_day date, rows bigint
    ) ON COMMIT DROP
"""
ANALYZE_MATCHED: LiteralString = "ANALYZE {matched}"
# The company's days: those of the file, and those its changed rows come from.
STAGED_DAYS: LiteralString = """
    SELECT (min(occurred_at) AT TIME ZONE {zone})::date,
        (max(occurred_at) AT TIME ZONE {zone})::date
    FROM {rows}
"""
MATCHED_DAYS: LiteralString = """
    SELECT (min(old_at) AT TIME ZONE {zone})::date,
        (max(old_at) AT TIME ZONE {zone})::date
    FROM {matched}
"""
DELETE_PERIOD: LiteralString = """
    WITH gone AS (
        DELETE FROM {target} WHERE company_id = {company}
            AND occurred_at >= {begin} AND occurred_at < {end}
        RETURNING (occurred_at AT TIME ZONE {zone})::date AS day
    )
    INSERT INTO {changes} SELECT 'deleted', day, NULL, count(*) FROM gone GROUP BY day
"""
# The rows are found by their ids: no index can be asked whether a company is true
# (``pairing.py`` says why none of companies should be asked).
UPDATE_CHANGED: LiteralString = """
    UPDATE {target} AS landed SET upload_id = {upload}, ({values}) = ({staged_values})
    FROM {matched} AS matched JOIN {rows} AS staged USING (record)
    WHERE matched.differs AND landed.id = matched.id
        AND (landed.company_id = {company}) IS TRUE
"""
NOTE_MATCHED: LiteralString = """
    INSERT INTO {changes}
    SELECT CASE WHEN differs THEN 'updated' ELSE 'unchanged' END,
        (old_at AT TIME ZONE {zone})::date, (new_at AT TIME ZONE {zone})::date,
        count(*)
    FROM {matched} GROUP BY 1, 2, 3
"""
STAGED_BLOCKS: LiteralString = """
    SELECT pg_relation_size({rows_name}::regclass)
        / current_setting('block_size')::bigint
"""
# A slice of the staging table by its blocks: read in place, without an index.
INSERT_NEW: LiteralString = """
    INSERT INTO {target} (company_id, upload_id, occurrence, {values})
    SELECT {company}, {upload}, occurrence, {values} FROM {rows} AS staged
    WHERE ctid >= {begin}::tid AND ctid < {end}::tid
        AND NOT EXISTS (
            SELECT FROM {matched} AS matched WHERE matched.record = staged.record
        )
"""
NOTE_NEW: LiteralString = """
    INSERT INTO {changes}
    SELECT 'added', NULL, (occurred_at AT TIME ZONE {zone})::date, count(*)
    FROM {rows} AS staged WHERE NOT EXISTS (
        SELECT FROM {matched} AS matched WHERE matched.record = staged.record
    )
    GROUP BY 3
"""
# A duplicate is told like a refused row. Only its line is known: it was typed well, so
# neither its raw text nor its offset was kept.
REFUSE_DUPLICATES: LiteralString = """
    INSERT INTO {rejects} (line, record, byte_offset, "column", code, excerpt, raw)
    SELECT line, record, -1, '', 'duplicate',
        left(transaction_id || ' / ' || product_id, 64), '[]'
    FROM {matched} JOIN {rows} USING (record)
"""
# Rows that were held back because an earlier one has their hash. Each pair is tried as
# a first occurrence: the unique constraint, and no plan, says whether it is one. A new
# upload is unknown to the planner's statistics, so nothing is looked up here: it took
# the index of uploads, and read a million rows for each one held back. A pair of
# another upload is taken over, and so noticed; the caller rolls that back.
LAND_HELD: LiteralString = """
    WITH numbered AS MATERIALIZED (
        SELECT row_number() OVER (PARTITION BY {pair} ORDER BY record) AS place,
            {values}
        FROM {rows}
    ), tried AS (
        INSERT INTO {target} AS landed (company_id, upload_id, occurrence, {values})
        SELECT {company}, {upload}, 1, {values} FROM numbered WHERE place = 1
        ON CONFLICT (company_id, {pair}, occurrence)
            DO UPDATE SET upload_id = excluded.upload_id
            WHERE landed.upload_id <> excluded.upload_id
        RETURNING {new_pair}, old.id IS NOT NULL AS is_taken
    ), others AS (
        INSERT INTO {target} (company_id, upload_id, occurrence, {values})
        SELECT {company}, {upload},
            CASE WHEN tried.transaction_id IS NULL THEN place + 1 ELSE place END,
            {numbered_values}
        FROM numbered LEFT JOIN tried USING ({pair})
        WHERE place > 1 OR tried.transaction_id IS NULL
        RETURNING occurrence
    )
    SELECT (SELECT count(*) FROM tried) + (SELECT count(*) FROM others),
        (SELECT count(*) FROM tried WHERE is_taken)
"""
READ_CHANGES: LiteralString = "SELECT kind, old_day, new_day, rows FROM {changes}"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where rows land, and whose they are. Ids are the text of a UUID."""

    table: str
    day_counts: str
    company_id: str
    upload_id: str
    time_zone: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Whole days of the company, the last one not included."""

    begin: dt.date
    end: dt.date


def run(
    cursor: psycopg.Cursor[Any],
    statement: LiteralString,
    *,
    target: Target,
    within: Days | None = None,
    lists: Mapping[str, Sequence[object]] = NO_LISTS,
) -> psycopg.Cursor[Any]:
    """Execute a statement of a landing for one upload.

    ``within`` bounds its days; ``lists`` are what else it names, as arrays.
    """
    bounds = {} if within is None else _bounds(within, target.time_zone)
    arrays = {name: sql.Literal(list(values)) for name, values in lists.items()}
    return cursor.execute(
        sql.SQL(statement).format(**_NAMES, **_values_of(target), **bounds, **arrays)
    )


def only_row(cursor: psycopg.Cursor[Any]) -> tuple[Any, ...]:
    """Return the row of a statement that always gives one."""
    row = cursor.fetchone()
    assert row is not None  # noqa: S101 - an aggregate always gives a row
    return tuple(row)


def run_slice(
    cursor: psycopg.Cursor[Any],
    statement: LiteralString,
    *,
    target: Target,
    blocks: range,
) -> psycopg.Cursor[Any]:
    """Execute a statement for the staged rows in these blocks."""
    bounds = {
        "begin": sql.Literal(f"({blocks.start},0)"),
        "end": sql.Literal(f"({blocks.stop},0)"),
    }
    return cursor.execute(
        sql.SQL(statement).format(**_NAMES, **_values_of(target), **bounds)
    )


_NAMES: dict[str, sql.Composable] = {
    "matched": sql.Identifier(MATCHED),
    "changes": sql.Identifier(CHANGES),
    "rows": sql.Identifier(ROWS),
    "rows_name": sql.Literal(ROWS),
    "rejects": sql.Identifier(REJECTS),
    "values": listed(VALUES),
    "pair": listed(PAIR),
    "landed_values": listed_of("landed", VALUES),
    "staged_values": listed_of("staged", VALUES),
    "numbered_values": listed_of("numbered", VALUES),
    "new_pair": listed_of("landed", PAIR),
}


def _values_of(target: Target) -> dict[str, sql.Composable]:
    return {
        "target": sql.Identifier(target.table),
        "day_counts": sql.Identifier(target.day_counts),
        "company": sql.SQL("{}::uuid").format(sql.Literal(target.company_id)),
        "upload": sql.SQL("{}::uuid").format(sql.Literal(target.upload_id)),
        "zone": sql.Literal(target.time_zone),
    }


def _bounds(days: Days, time_zone: str) -> dict[str, sql.Composable]:
    moment = "({}::date::timestamp AT TIME ZONE {})"
    return {
        "first_day": sql.Literal(days.begin),
        "day_after": sql.Literal(days.end),
        "begin": sql.SQL(moment).format(
            sql.Literal(days.begin.isoformat()), sql.Literal(time_zone)
        ),
        "end": sql.SQL(moment).format(
            sql.Literal(days.end.isoformat()), sql.Literal(time_zone)
        ),
    }
