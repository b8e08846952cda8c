"""What must hold after every fault, asked of Postgres by SQL alone.

Shares no code with the program: a checker that does repeats its mistakes.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from ayni.sales.oracle import Oracle

ENDED = ("completed", "failed", "cancelled", "needs_review", "reverted")
UPLOAD = """
    SELECT status, rows_read, rows_inserted + rows_updated + rows_unchanged
        + rows_duplicate + rows_rejected, rows_rejected
    FROM uploads_upload WHERE id = %s
"""
LANDED = """
    SELECT count(*), coalesce(sum(quantity), 0), coalesce(sum(price_total), 0)
    FROM uploads_rawtransaction WHERE upload_id = %s
"""
ORPHANS = """
    SELECT count(*) FROM uploads_rawtransaction AS landed
    WHERE company_id = %s AND NOT EXISTS (
        SELECT FROM uploads_upload AS upload
        WHERE upload.id = landed.upload_id AND upload.status = 'completed'
    )
"""
# Rows as values: everything but the surrogate key and whose they are.
DIFFERENCE = """
    WITH mine AS (
        SELECT to_jsonb(landed) - ARRAY['id', 'upload_id', 'company_id'] AS sale
        FROM uploads_rawtransaction AS landed WHERE company_id = %(mine)s
    ), other AS (
        SELECT to_jsonb(landed) - ARRAY['id', 'upload_id', 'company_id'] AS sale
        FROM uploads_rawtransaction AS landed WHERE company_id = %(other)s
    )
    SELECT (SELECT count(*) FROM (TABLE mine EXCEPT ALL TABLE other) AS surplus)
        + (SELECT count(*) FROM (TABLE other EXCEPT ALL TABLE mine) AS missing)
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An upload that was answered with 201, and the truth about its file.

    The file shares no key with any other of its company.
    """

    upload_id: str
    company_id: str
    oracle: Oracle


def have_ended(database: psycopg.Connection[Any], sent: Sequence[Sent]) -> bool:
    """Return whether every upload has ended, one way or another."""
    row = database.execute(
        "SELECT count(*) FROM uploads_upload WHERE id = ANY(%s) AND status = ANY(%s)",
        ([each.upload_id for each in sent], list(ENDED)),
    ).fetchone()
    return row == (len({each.upload_id for each in sent}),)


def broken(database: psycopg.Connection[Any], sent: Sequence[Sent]) -> tuple[str, ...]:
    """Return a sentence for each invariant that does not hold; none if all do."""
    found = [text for each in sent for text in _of_one(database, each)]
    for company_id in sorted({each.company_id for each in sent}):
        orphans = _row(database, ORPHANS, company_id)[0]
        if orphans:
            found.append(f"I2 {orphans} rows of uploads that did not complete")
    return tuple(found)


def different_rows(
    database: psycopg.Connection[Any], company_id: str, *, other: str
) -> int:
    """Return how many rows stand in one company's table and not in the other's (I5)."""
    row = database.execute(DIFFERENCE, {"mine": company_id, "other": other}).fetchone()
    assert row is not None
    return int(row[0])


def _of_one(database: psycopg.Connection[Any], sent: Sent) -> Iterator[str]:
    status, read, accounted, rejected = _row(database, UPLOAD, sent.upload_id)
    rows, quantity, price_total = _row(database, LANDED, sent.upload_id)
    oracle, name = sent.oracle, sent.upload_id
    if status not in ENDED:
        yield f"I1 {name} is still {status}"
    if status != "completed":
        if rows:
            yield f"I2 {name} is {status} and left {rows} rows"
        return
    if rows != oracle.good_rows:
        yield f"I2 {name} has {rows} rows in the table; its file {oracle.good_rows}"
    if (quantity, price_total) != (oracle.quantity, oracle.price_total):
        yield f"I2 {name} adds up to {quantity} and {price_total} in the table"
    if read != accounted or read != oracle.rows:
        yield f"I3 {name}: {oracle.rows} rows, {read} read, {accounted} accounted for"
    if rejected != len(oracle.rejects):
        yield f"I3 {name}: {rejected} refused, {len(oracle.rejects)} broken"


def _row(database: psycopg.Connection[Any], statement: str, value: str) -> Any:
    row = database.execute(statement.encode(), [value]).fetchone()
    assert row is not None, value
    return row
