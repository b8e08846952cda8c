"""Corrected rows among the staged ones: which may land, and as which occurrence.

A corrected row follows the rows of its pair that its own file landed and that were
corrected before it. So it takes the place it would have had if it had been right, less
the order among equals, and never the place of another row.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from processing.copy.edge import our_errors
from processing.copy.staging import REJECTS, ROWS
from processing.copy.statements import LOCK_COMPANY, MATCHED, Target, run

Pair = tuple[str, str]
# The columns that the file of refused rows adds to those of the file.
LINE_COLUMN = "ayni_line"
ADDED_COLUMNS = (LINE_COLUMN, "ayni_code", "ayni_column", "ayni_message")
LINES = "ayni_corrected_lines"
PAIRS: LiteralString = "SELECT DISTINCT transaction_id, product_id FROM {rows}"
# A spreadsheet may have written the number as text with spaces around it.
MAKE_LINES: LiteralString = """
    CREATE TEMP TABLE {lines} ON COMMIT DROP AS
    WITH named AS (
        SELECT record, CASE WHEN trim(extra->>{column}) ~ '^[0-9]{{1,15}}$'
            THEN trim(extra->>{column})::bigint END AS line
        FROM {rows}
    )
    SELECT record, line, CASE
        WHEN line IS NULL OR NOT EXISTS (
            SELECT FROM {kept} AS refused
            WHERE refused.upload_id = {original} AND refused.line = named.line
        ) THEN 'not_a_correction'
        WHEN row_number() OVER (PARTITION BY line ORDER BY record) > 1 OR EXISTS (
            SELECT FROM {corrected} AS earlier
            WHERE earlier.upload_id = {original} AND earlier.line = named.line
        ) THEN 'already_corrected' END AS code
    FROM named
"""
REFUSE: LiteralString = """
    INSERT INTO {rejects} (line, record, byte_offset, "column", code, excerpt, raw)
    SELECT staged.line, record, -1, '', code,
        left(transaction_id || ' / ' || product_id, 64), '[]'
    FROM {lines} JOIN {rows} AS staged USING (record) WHERE code IS NOT NULL
"""
COUNT_REFUSED: LiteralString = """
    SELECT code, count(*) FROM {lines} WHERE code IS NOT NULL GROUP BY code
"""
DROP_REFUSED: LiteralString = """
    DELETE FROM {rows} AS staged USING {lines} AS lines
    WHERE lines.record = staged.record AND lines.code IS NOT NULL
"""
NUMBER: LiteralString = """
    WITH counted AS (
        SELECT * FROM unnest(
            {transactions}::text[], {products}::text[], {counts}::bigint[]
        ) AS counted (transaction_id, product_id, rows)
    ), earlier AS (
        SELECT transaction_id, product_id, count(*) AS rows FROM {corrected}
        WHERE upload_id = {original} GROUP BY 1, 2
    ), placed AS (
        SELECT record, coalesce(counted.rows, 0) + coalesce(earlier.rows, 0)
            + row_number() OVER (
                PARTITION BY transaction_id, product_id ORDER BY lines.line
            ) AS occurrence
        FROM {rows} AS staged JOIN {lines} AS lines USING (record)
        LEFT JOIN counted USING (transaction_id, product_id)
        LEFT JOIN earlier USING (transaction_id, product_id)
    )
    UPDATE {rows} AS staged
    SET occurrence = placed.occurrence, extra = {extra}
    FROM placed WHERE placed.record = staged.record
"""
KEEP: LiteralString = """
    INSERT INTO {corrected}
        (company_id, upload_id, line, correction_id, transaction_id, product_id)
    SELECT {company}, {original}, lines.line, {upload}, transaction_id, product_id
    FROM {rows} JOIN {lines} AS lines USING (record)
    WHERE {lands_all} OR record NOT IN (SELECT record FROM {matched})
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The upload that is corrected, and the tables that know what it refused.

    ``keeps_extra`` says that its columns without a field were kept.
    """

    upload_id: str
    rejects_table: str
    corrected_table: str
    keeps_extra: bool


def staged_pairs(cursor: psycopg.Cursor[Any]) -> Sequence[Pair]:
    """Return the pairs of transaction and product that are staged."""
    with our_errors():
        cursor.execute(sql.SQL(PAIRS).format(rows=sql.Identifier(ROWS)))
        return [(one, other) for one, other in cursor.fetchall()]


def number_corrections(
    cursor: psycopg.Cursor[Any],
    target: Target,
    original: Original,
    *,
    counts: Mapping[Pair, int],
) -> Mapping[str, int]:
    """Give staged rows their number, after the ``counts`` of their pairs before.

    Takes the company's turn, so that of two corrections the second sees the first. Rows
    that correct nothing, or nothing any more, join the staged rejects; returns how many
    by code.
    """
    with our_errors():
        run(cursor, LOCK_COMPANY, target=target)
        _run(cursor, MAKE_LINES, target, original)
        _run(cursor, REFUSE, target, original)
        _run(cursor, COUNT_REFUSED, target, original)
        refused = Counter(dict(cursor.fetchall()))
        _run(cursor, DROP_REFUSED, target, original)
        _run(cursor, NUMBER, target, original, **_counts(counts))
    return refused


def keep_corrections(
    cursor: psycopg.Cursor[Any], target: Target, original: Original, *, appends: bool
) -> int:
    """Remember which refused lines have landed; return how many.

    Where the upload ``appends``, rows whose key was there have not. In the transaction
    of the merge, after it.
    """
    lands_all = sql.Literal(not appends)
    with our_errors():
        return _run(cursor, KEEP, target, original, lands_all=lands_all).rowcount


def _run(
    cursor: psycopg.Cursor[Any],
    statement: LiteralString,
    target: Target,
    original: Original,
    **values: sql.Composable,
) -> psycopg.Cursor[Any]:
    extra = sql.SQL("extra - {}::text[]").format(sql.Literal(list(ADDED_COLUMNS)))
    return cursor.execute(
        sql.SQL(statement).format(
            rows=sql.Identifier(ROWS),
            rejects=sql.Identifier(REJECTS),
            matched=sql.Identifier(MATCHED),
            lines=sql.Identifier(LINES),
            kept=sql.Identifier(original.rejects_table),
            corrected=sql.Identifier(original.corrected_table),
            company=sql.SQL("{}::uuid").format(sql.Literal(target.company_id)),
            upload=sql.SQL("{}::uuid").format(sql.Literal(target.upload_id)),
            original=sql.SQL("{}::uuid").format(sql.Literal(original.upload_id)),
            column=sql.Literal(LINE_COLUMN),
            extra=extra if original.keeps_extra else sql.SQL("NULL"),
            **values,
        )
    )


def _counts(counts: Mapping[Pair, int]) -> dict[str, sql.Composable]:
    return {
        "transactions": sql.Literal([one for one, _ in counts]),
        "products": sql.Literal([other for _, other in counts]),
        "counts": sql.Literal(list(counts.values())),
    }
