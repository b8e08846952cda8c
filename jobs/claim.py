"""Take a job: whoever's turn it is in the queue of the one a message hints at.

One statement takes it, by the database's clock. No claim, no work.
"""

import contextlib
import dataclasses
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from jobs import admission, statements
from jobs.fairness import NOBODY, Limits, Line, Turn, in_order, next_start
from jobs.fence import CurrentJob
from jobs.workers import Identity

# First without waiting for rows that others are just changing. Whoever changes one may
# leave it waiting, or be undone: then with waiting.
PATIENCES = ("SKIP LOCKED", "")
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to make one attempt, as long as its lease is kept."""

    job_id: uuid.UUID
    queue: str
    actor: str
    args: Mapping[str, Any]
    tenant_id: uuid.UUID | None
    attempt: int
    token: int

    @property
    def current_job(self) -> CurrentJob:
        """Return what the work is given; the runner listens to what it tells."""
        return CurrentJob(job_id=self.job_id, attempt=self.attempt, token=self.token)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a claim found. ``empty_queue`` names a queue in which nobody waits."""

    claim: Claim | None = None
    empty_queue: str | None = None


def claim_next(
    job_id: uuid.UUID, *, allowances: Mapping[str, int], worker: Identity
) -> Claim | None:
    """Claim the job whose turn it is in the queue of ``job_id``, and open its attempt.

    ``allowances`` names the actors that can be run here, and how many attempts each
    one allows. Returns ``None`` if there is nothing to do: a second delivery, a job
    that another worker took, a paused queue, a limit that is reached.
    """
    return look(job_id, allowances=allowances, worker=worker).claim


def look(job_id: uuid.UUID, *, allowances: Mapping[str, int], worker: Identity) -> Look:
    """Claim as ``claim_next`` does, and tell when nobody at all waits in the queue."""
    values = values_of(job_id, allowances=allowances, worker=worker)
    for patience in PATIENCES:
        if admission.limits().is_any:
            found = Look(claim=_claim_within_limits(values, patience=patience))
        else:
            found = _claim_by_rank(values, patience=patience)
        if found.claim is not None or found.empty_queue is not None:
            return found
    return Look()


def values_of(
    job_id: uuid.UUID, *, allowances: Mapping[str, int], worker: Identity
) -> dict[str, Any]:
    """Return what the statements that claim ask for."""
    return {
        "job_id": job_id,
        "actors": list(allowances),
        "allowances": json.dumps(dict(allowances)),
        "weights": json.dumps(dict(admission.limits().weights)),
        "worker_id": worker.id,
        "worker": worker.place,
        "lease": settings.AYNI_JOBS_LEASE_SECONDS,
    }


def claim_of(row: Sequence[Any]) -> Claim | None:
    """Return the claim in the columns of a statement; ``None`` if it took nothing."""
    job_id, queue, actor, args, tenant_id, attempt, token = row
    if job_id is None:
        return None
    return Claim(
        job_id=job_id,
        queue=queue,
        actor=actor,
        args=json.loads(args),
        tenant_id=tenant_id,
        attempt=attempt,
        token=token,
    )


def _claim_by_rank(values: Mapping[str, Any], *, patience: str) -> Look:
    row = statements.first_row(
        statements.CLAIM_BY_RANK.format(patience=patience), values
    )
    assert row is not None  # noqa: S101 - the statement always has one
    queue, is_waited_in, *claimed = row
    return Look(claim=claim_of(claimed), empty_queue=None if is_waited_in else queue)


def _claim_within_limits(values: Mapping[str, Any], *, patience: str) -> Claim | None:
    line, limits = admission.line_of(values["job_id"]), admission.limits()
    if line is None:
        return None
    statement = statements.CLAIM_WITHIN_LIMITS.format(patience=patience)
    for turn in in_order(line, limits):
        with _limits_held(line, turn, limits):
            row = statements.first_row(
                statement, {**values, **_turn_values(line, turn, limits)}
            )
        if row is not None:
            return claim_of(row)
    return None


def _turn_values(line: Line, turn: Turn, limits: Limits) -> dict[str, Any]:
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
