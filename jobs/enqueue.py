"""Write a job in the caller's transaction; its message follows after commit."""

import functools
import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, transaction

from jobs import clock, points, relay, statements
from jobs.ids import new_id
from jobs.models import Job
from jobs.relay import Hint
from jobs.states import State
from jobs.steps import Step
from jobs.unique import write_once

# All other columns have a value of the database's own. A job of a paused queue is not
# sent: resuming does.
INSERT = """
INSERT INTO jobs_job
    (id, actor, queue, args, tenant_id, priority, state, run_at, sent_at)
SELECT %(id)s, %(actor)s, %(queue)s::text, %(args)s::jsonb, %(tenant_id)s::uuid,
    %(priority)s, %(state)s::text, coalesce(%(run_at)s::timestamptz, clock_timestamp()),
    CASE WHEN %(state)s::text = 'queued' AND NOT EXISTS (
        SELECT FROM jobs_queue WHERE name = %(queue)s::text AND paused_at IS NOT NULL
    ) THEN clock_timestamp() END
RETURNING sent_at IS NOT NULL
"""

log = structlog.get_logger(__name__)


def enqueue(  # noqa: PLR0913 - the names of what is asked for, all of them optional
    actor: str,
    *,
    args: Mapping[str, Any],
    queue: str = "default",
    tenant_id: uuid.UUID | None = None,
    priority: int = 0,
    run_at: datetime | None = None,
    dedupe_key: str = "",
) -> uuid.UUID:
    """Write a job for the actor called ``actor`` and return its id.

    The row belongs to the caller's transaction: rolled back, there is no job. After
    commit its id is sent to the broker, whose trouble never reaches the caller. With
    ``run_at`` in the future the sweep sends it when it is due.

    Of one tenant's jobs that wait in a queue the one with the lowest ``priority``
    starts first, and of equals the one that waits longest. It moves nobody else's job.

    Calling it twice makes two jobs, unless both have the same ``dedupe_key``: while
    a job with that key, actor and tenant has not ended, its id is returned and nothing
    is written, whatever the other arguments are. That job may be running already, and
    then need not see what the caller has just written.
    """
    return enqueue_step(
        Step(
            actor=actor,
            args=args,
            queue=queue,
            tenant_id=tenant_id,
            priority=priority,
            run_at=run_at,
            dedupe_key=dedupe_key,
        )
    )


def enqueue_step(step: Step) -> uuid.UUID:
    """Write the job of a step, as ``enqueue`` does, and return its id."""
    if not step.dedupe_key:
        return _write_and_send(step)
    job = job_of(step)
    job_id = write_once(job)
    if job_id == job.pk and job.state == State.QUEUED:
        send_after_commit(Hint(job_id=job_id, actor=job.actor, queue=job.queue))
    return job_id


@transaction.atomic
def enqueue_many(steps: Sequence[Step]) -> tuple[uuid.UUID, ...]:
    """Write the jobs of many steps at once, all or none, and return their ids in order.

    As ``enqueue`` for each, in a few statements instead of one for each.
    """
    jobs = [job_of(step) for step in steps]
    Job.objects.bulk_create([job for job in jobs if not job.dedupe_key])
    ids = tuple(write_once(job) if job.dedupe_key else job.pk for job in jobs)
    new = [job for job, job_id in zip(jobs, ids, strict=True) if job.pk == job_id]
    send_all_after_commit(
        Hint(job_id=job.pk, actor=job.actor, queue=job.queue)
        for job in new
        if job.state == State.QUEUED
    )
    return ids


def job_of(step: Step) -> Job:
    """Return the row of a step, not yet written: to run at once, or when it is due."""
    job = Job(
        actor=step.actor,
        queue=step.queue,
        args=dict(step.args),
        tenant_id=step.tenant_id,
        priority=step.priority,
        dedupe_key=step.dedupe_key,
        # At commit, that is. To note it then would cost as much as writing the row.
        sent_at=clock.now(),
    )
    if (later := _later(step)) is not None:
        job.state, job.run_at, job.sent_at = State.SCHEDULED, later, None
    return job


def send_after_commit(hint: Hint) -> None:
    """Send the hint once the caller's transaction is committed; at once without one."""
    send_all_after_commit((hint,))


def send_all_after_commit(hints: Iterable[Hint]) -> None:
    """Send the hints together once the caller's transaction is committed."""
    transaction.on_commit(functools.partial(_send_quietly, tuple(hints)))


def _later(step: Step) -> datetime | None:
    """Return when a step is due, ``None`` if it is now."""
    if step.run_at is None or step.run_at <= clock.read():
        return None
    return step.run_at


def _write_and_send(step: Step) -> uuid.UUID:
    """Write a job that nobody else can have written, in one statement."""
    job_id, later = new_id(), _later(step)
    row = statements.first_row(
        INSERT,
        {
            "id": job_id,
            "actor": step.actor,
            "queue": step.queue,
            "args": json.dumps(dict(step.args)),
            "tenant_id": step.tenant_id,
            "priority": step.priority,
            "state": State.QUEUED.value if later is None else State.SCHEDULED.value,
            "run_at": later,
        },
    )
    if row is not None and row[0]:
        hint = Hint(job_id=job_id, actor=step.actor, queue=step.queue)
        transaction.on_commit(lambda: _send_quietly((hint,), relay.send_unpaused))
    return job_id


def _send_quietly(
    hints: tuple[Hint, ...],
    send: Callable[[Sequence[Hint]], int] = relay.send_all,
) -> None:
    points.reach("before_send")
    try:
        send(hints)
    except (DatabaseError, InterfaceError) as exc:
        # What was not sent looks as if it had been. The sweep counts the messages.
        log.warning("job_sending_not_noted", error=type(exc).__name__)
