"""Take a job: whoever's turn it is in the queue of the one a message hints at.

One statement takes it, by the database's clock. No claim, no work.
"""

import contextlib
import dataclasses
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from jobs import admission
from jobs.fairness import NOBODY, Limits, Line, Turn, in_order, next_start
from jobs.fence import CurrentJob
from jobs.workers import Identity

# Counting the attempt here makes a crash count. The new token takes the right to
# commit from whoever had it before. A tenant's turn that another claim is writing at
# this moment is not waited for: claims would then be written one by one.
CLAIM = f"""
WITH chosen AS (
    SELECT id FROM jobs_job
    WHERE queue = %(queue)s AND state = 'queued' AND actor = ANY(%(actors)s)
        AND coalesce(tenant_id, '{NOBODY}'::uuid) = %(tenant)s
        AND queue NOT IN (SELECT name FROM jobs_queue WHERE paused_at IS NOT NULL)
        AND (%(queue_limit)s = 0 OR %(queue_limit)s > (
            SELECT count(*) FROM jobs_job WHERE state = 'running'
            AND queue = %(queue)s))
        AND (%(tenant_limit)s = 0 OR %(tenant_limit)s > (
            SELECT count(*) FROM jobs_job WHERE state = 'running'
            AND tenant_id = %(tenant)s))
    ORDER BY priority, run_at LIMIT 1 FOR UPDATE {{patience}}
), claimed AS (
    UPDATE jobs_job SET
        state = 'running',
        attempts = attempts + 1,
        max_attempts = forgiven + (%(allowances)s::jsonb ->> actor)::integer,
        token = token + 1,
        worker_id = %(worker_id)s,
        started_at = clock_timestamp(),
        lease_expires_at = clock_timestamp() + make_interval(secs => %(lease)s),
        sent_at = coalesce(sent_at, clock_timestamp())
    WHERE id = (SELECT id FROM chosen) AND state = 'queued'
    RETURNING id, actor, args, tenant_id, attempts, token, started_at
), noted AS (
    INSERT INTO jobs_attempt (job_id, number, worker, started_at)
    SELECT id, attempts, %(worker)s, started_at FROM claimed
), free_turn AS (
    SELECT id FROM jobs_turn WHERE queue = %(queue)s AND tenant_id = %(tenant)s
    FOR UPDATE SKIP LOCKED
), turned AS (
    UPDATE jobs_turn SET started_at = clock_timestamp(),
        started = greatest(started + %(step)s, %(start)s)
    WHERE id = (SELECT id FROM free_turn) AND EXISTS (SELECT FROM claimed)
), first_turn AS (
    INSERT INTO jobs_turn (queue, tenant_id, started)
    SELECT %(queue)s, %(tenant)s, %(start)s FROM claimed
    WHERE NOT EXISTS (
        SELECT FROM jobs_turn WHERE queue = %(queue)s AND tenant_id = %(tenant)s)
    ON CONFLICT DO NOTHING
)
SELECT id, actor, args, tenant_id, attempts, token FROM claimed
"""  # noqa: S608 - what is put in are constants
# First without waiting for rows that others are just changing. The sender of a message
# notes that it went out, so its job's row may be one of them: then with waiting.
PATIENCES = ("SKIP LOCKED", "")
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to make one attempt, as long as its lease is kept."""

    job_id: uuid.UUID
    actor: str
    args: Mapping[str, Any]
    tenant_id: uuid.UUID | None
    attempt: int
    token: int

    @property
    def current_job(self) -> CurrentJob:
        """Return what the work is given; the runner listens to what it tells."""
        return CurrentJob(job_id=self.job_id, attempt=self.attempt, token=self.token)


def claim_next(
    job_id: uuid.UUID, *, allowances: Mapping[str, int], worker: Identity
) -> Claim | None:
    """Claim the job whose turn it is in the queue of ``job_id``, and open its attempt.

    ``allowances`` names the actors that can be run here, and how many attempts each
    one allows. Returns ``None`` if there is nothing to do: a second delivery, a job
    that another worker took, a paused queue, a limit that is reached.
    """
    for patience in PATIENCES:
        line = admission.line_of(job_id)
        if line is None:
            return None
        limits = admission.limits()
        for turn in in_order(line, limits):
            values = {
                **_values(line, turn, limits),
                "actors": list(allowances),
                "allowances": json.dumps(dict(allowances)),
                "worker_id": worker.id,
                "worker": worker.place,
                "lease": settings.AYNI_JOBS_LEASE_SECONDS,
            }
            with _limits_held(line, turn, limits):
                claim = _take(values, patience=patience)
            if claim is not None:
                return claim
    return None


def _values(line: Line, turn: Turn, limits: Limits) -> dict[str, Any]:
    step = limits.step(turn.tenant)
    return {
        "queue": line.queue,
        "tenant": turn.tenant,
        "step": step,
        "start": next_start(turn, clock=line.clock, step=step),
        "queue_limit": limits.queues.get(line.queue, 0),
        "tenant_limit": 0 if turn.tenant == NOBODY else limits.tenant,
    }


@contextlib.contextmanager
def _limits_held(line: Line, turn: Turn, limits: Limits) -> Iterator[None]:
    """Count and claim as if alone, where there is a limit that two could pass together.

    The locks are always taken in this order, and end with the transaction.
    """
    wanted = []
    if limits.queues.get(line.queue, 0):
        wanted.append(f"jobs queue {line.queue}")
    if limits.tenant and turn.tenant != NOBODY:
        wanted.append(f"jobs tenant {turn.tenant}")
    if not wanted:
        yield
        return
    with transaction.atomic():
        for name in wanted:
            with connection.cursor() as cursor:
                cursor.execute(LOCK, [name])
        yield


def _take(values: Mapping[str, Any], *, patience: str) -> Claim | None:
    with connection.cursor() as cursor:
        cursor.execute(CLAIM.format(patience=patience), values)
        row = cursor.fetchone()
    if row is None:
        return None
    job_id, actor, args, tenant_id, attempt, token = row
    return Claim(
        job_id=job_id,
        actor=actor,
        args=json.loads(args),
        tenant_id=tenant_id,
        attempt=attempt,
        token=token,
    )
