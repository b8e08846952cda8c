"""What must hold after every fault, asked of Postgres by SQL alone.

Shares no code with the program: a checker that does repeats its mistakes.
"""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ayni.sales.oracle import Oracle
from tests.chaos.database import Asked

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
STRANGERS = """
    SELECT count(*) FROM uploads_rawtransaction AS landed
    JOIN uploads_upload AS upload ON upload.id = landed.upload_id
    WHERE upload.company_id <> landed.company_id
        AND %s::uuid IN (upload.company_id, landed.company_id)
"""
# Days of a company of which something else is kept than its rows say.
MISCOUNTED = """
    WITH kept AS (
        SELECT day, rows FROM uploads_daycount WHERE company_id = %(company)s
    ), counted AS (
        SELECT (landed.occurred_at AT TIME ZONE company.time_zone)::date AS day,
            count(*) AS rows
        FROM uploads_rawtransaction AS landed
        JOIN accounts_company AS company ON company.id = landed.company_id
        WHERE company.id = %(company)s GROUP BY 1
    )
    SELECT count(*) FROM kept FULL JOIN counted USING (day)
    WHERE coalesce(kept.rows, 0) <> coalesce(counted.rows, 0)
"""
TWICE = """
    SELECT sha256, count(*) FROM uploads_upload WHERE company_id = %s
    GROUP BY sha256 HAVING count(*) > 1
"""
# How many attempts were allowed, and whether the row became final while one was made.
ATTEMPTS = """
    SELECT job.attempts - job.forgiven, job.max_attempts - job.forgiven, EXISTS (
        SELECT FROM jobs_attempt AS attempt
        WHERE attempt.job_id = job.id AND upload.finished_at BETWEEN
            attempt.started_at AND coalesce(attempt.ended_at, 'infinity')
    )
    FROM jobs_job AS job JOIN uploads_upload AS upload ON upload.job_id = job.id
    WHERE upload.id = %s
"""
# Rows as values: everything but the surrogate key and whose they are.
DIFFERENCE = """
    WITH mine AS (
        SELECT to_jsonb(landed) - ARRAY['id', 'upload_id', 'company_id'] AS sale
        FROM uploads_rawtransaction AS landed WHERE company_id = %(mine)s
    ), other AS (
        SELECT to_jsonb(landed) - ARRAY['id', 'upload_id', 'company_id'] AS sale
        FROM uploads_rawtransaction AS landed WHERE upload_id = ANY(%(calm)s)
    )
    SELECT (SELECT count(*) FROM (TABLE mine EXCEPT ALL TABLE other) AS surplus)
        + (SELECT count(*) FROM (TABLE other EXCEPT ALL TABLE mine) AS missing)
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """An upload that was answered with 201, and the truth about its file.

    The file shares no key with any other of its company. ``calm_upload_id`` is the same
    file as another company landed it, undisturbed.
    """

    upload_id: str
    company_id: str
    oracle: Oracle
    calm_upload_id: str = ""


def have_ended(database: Asked, sent: Sequence[Sent]) -> bool:
    """Return whether every upload has ended, one way or another."""
    row = database.execute(
        "SELECT count(*) FROM uploads_upload WHERE id = ANY(%s) AND status = ANY(%s)",
        ([each.upload_id for each in sent], list(ENDED)),
    ).fetchone()
    return row == (len({each.upload_id for each in sent}),)


def broken(database: Asked, sent: Sequence[Sent]) -> tuple[str, ...]:
    """Return a sentence for each invariant that does not hold; none if all do."""
    found = [text for each in sent for text in _of_one(database, each)]
    for company_id in sorted({each.company_id for each in sent}):
        found += _of_company(database, company_id)
    return tuple(found)


def rows_too_early(database: Asked, company_id: str) -> int:
    """Return how many rows can be seen of uploads that have not completed (I2)."""
    return int(_row(database, ORPHANS, company_id)[0])


def different_rows(database: Asked, sent: Sequence[Sent]) -> int:
    """Return how many rows differ between one company's table and calm (I5).

    ``sent`` are all that completed of a company that sent nothing else. Where one of
    them was not landed in calm there is nothing to compare with.
    """
    if not all(each.calm_upload_id for each in sent) or not sent:
        return 0
    row = database.execute(
        DIFFERENCE,
        {
            "mine": sent[0].company_id,
            "calm": [each.calm_upload_id for each in sent],
        },
    ).fetchone()
    assert row is not None
    return int(row[0])


def _of_company(database: Asked, company_id: str) -> Iterator[str]:
    if orphans := rows_too_early(database, company_id):
        yield f"I2 {orphans} rows of uploads that did not complete"
    if strangers := _row(database, STRANGERS, company_id)[0]:
        yield f"I4 {strangers} rows of one company belong to another's upload"
    if days := _row(database, MISCOUNTED, {"company": company_id})[0]:
        yield f"I3 {days} days of {company_id} are kept otherwise than they are"
    for sha256, uploads in database.execute(TWICE, [company_id]).fetchall():
        yield f"I7 {uploads} uploads of the content {sha256[:8]}"


def _of_one(database: Asked, sent: Sent) -> Iterator[str]:
    status, read, accounted, rejected = _row(database, UPLOAD, sent.upload_id)
    rows, quantity, price_total = _row(database, LANDED, sent.upload_id)
    oracle, name = sent.oracle, sent.upload_id
    if status not in ENDED:
        yield f"I1 {name} is still {status}"
    yield from _of_attempts(database, sent, status=status)
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


def _of_attempts(database: Asked, sent: Sent, *, status: str) -> Iterator[str]:
    made, allowed, is_covered = _row(database, ATTEMPTS, sent.upload_id)
    if made > allowed:
        yield f"I8 {sent.upload_id} was tried {made} times; {allowed} are allowed"
    if status == "completed" and not is_covered:
        yield f"I9 {sent.upload_id} completed while no attempt at it was under way"


def _row(database: Asked, statement: str, value: str | Mapping[str, str]) -> Any:
    values = [value] if isinstance(value, str) else value
    row = database.execute(statement.encode(), values).fetchone()
    assert row is not None, value
    return row
