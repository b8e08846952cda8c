"""Who waits in a queue and how much runs, read for ``jobs.fairness`` to decide."""

import uuid
from collections import Counter

import structlog
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Count

from jobs import relay, statements
from jobs.fairness import NOBODY, Limits, Line, Turn, room
from jobs.models import Job
from jobs.relay import Hint
from jobs.states import State

log = structlog.get_logger(__name__)


def limits() -> Limits:
    """Return what the settings allow."""
    return Limits(
        tenant=settings.AYNI_JOBS_TENANT_LIMIT,
        queues=settings.AYNI_JOBS_QUEUE_LIMITS,
        weights=settings.AYNI_JOBS_TENANT_WEIGHTS,
    )


def line_of(job_id: uuid.UUID) -> Line | None:
    """Return who waits in the queue of a job; ``None`` if nobody may start there."""
    with connection.cursor() as cursor:
        cursor.execute(statements.READ_LINE, {"job_id": job_id})
        row = cursor.fetchone()
    if row is None or row[-1] is None:
        return None
    queue, at_work, clock, waiting = row
    turns = tuple(
        Turn(
            tenant=uuid.UUID(tenant),
            started=started,
            waiting_since=since,
            running=running,
        )
        for tenant, started, since, running in waiting
    )
    return Line(queue=queue, clock=clock, running=at_work, turns=turns)


def room_in(queue: str) -> int:
    """Return how many waiting jobs of a queue could start if workers were free."""
    waiting = Job.objects.filter(queue=queue, state=State.QUEUED)
    allowed = limits()
    if not allowed.is_any:
        return waiting.count()
    running = _running_by_tenant()
    turns = [
        Turn(
            tenant=tenant or NOBODY,
            started=None,
            running=running[tenant or NOBODY],
            waiting_since=0,
            waiting=count,
        )
        for tenant, count in waiting.values_list("tenant_id").annotate(Count("pk"))
    ]
    at_work = Job.objects.filter(queue=queue, state=State.RUNNING).count()
    return room(turns, allowed, queue=queue, running=at_work)


def wake_after_commit(*, queue: str, tenant_id: uuid.UUID | None) -> None:
    """Let a worker look for whoever may start now that a job of these has ended.

    Where nothing is limited every waiting job has a message of its own. Looking after
    the commit misses nobody: whoever looked before was told that there is no room.
    """
    if limits().is_any:
        transaction.on_commit(lambda: _wake_quietly(queue, tenant_id))


def _running_by_tenant() -> Counter[uuid.UUID]:
    running = Job.objects.filter(state=State.RUNNING, tenant_id__isnull=False)
    return Counter(dict(running.values_list("tenant_id").annotate(Count("pk"))))


def _wake_quietly(queue: str, tenant_id: uuid.UUID | None) -> None:
    waiting = Job.objects.filter(state=State.QUEUED)
    freed = waiting.filter(queue=queue)
    if tenant_id is not None:
        freed |= waiting.filter(tenant_id=tenant_id)
    try:
        found = freed.order_by("queue", "run_at").distinct("queue")
        relay.send_all(
            Hint(job_id=job.pk, actor=job.actor, queue=job.queue)
            for job in found.only("pk", "actor", "queue")
        )
    except (DatabaseError, InterfaceError) as exc:
        # The sweep finds whoever was not woken.
        log.warning("job_waking_failed", error=type(exc).__name__)
