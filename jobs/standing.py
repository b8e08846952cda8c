"""Where a waiting job stands: what holds it back, and how many start before it."""

import dataclasses
import uuid

from django.db.models import Count, Q

from jobs import admission
from jobs.fairness import NOBODY, Limits, Line, WaitReason, starts_before
from jobs.models import Job
from jobs.pages import WaitView
from jobs.queues import paused_queues
from jobs.states import State


def standing_of(job_id: uuid.UUID, *, served: frozenset[str]) -> WaitView | None:
    """Return why a job waits; ``None`` if it does not wait or never was.

    ``served`` names the queues that living workers take from. The answer is true for
    the moment: workers go on meanwhile.
    """
    job = Job.objects.filter(pk=job_id).first()
    if job is None or job.state not in {State.SCHEDULED, State.QUEUED}:
        return None
    if (reason := _reason_outside(job)) is not None:
        return WaitView(reason=reason, position=None)
    line = admission.line_of(job_id)
    if line is None or not _is_in(line, job):
        # It was taken while we looked.
        return None
    limits = admission.limits()
    return WaitView(
        reason=_reason(job, line, limits=limits, is_served=job.queue in served),
        position=1 + _starts_before(job, line, limits),
    )


def _reason_outside(job: Job) -> WaitReason | None:
    """Return what keeps a job out of the line; ``None`` if it is in it."""
    if job.waits_for:
        return WaitReason.OTHER_JOBS
    if job.state == State.SCHEDULED:
        return WaitReason.NOT_DUE
    return WaitReason.QUEUE_PAUSED if job.queue in paused_queues() else None


def _is_in(line: Line, job: Job) -> bool:
    return any(turn.tenant == (job.tenant_id or NOBODY) for turn in line.turns)


def _reason(job: Job, line: Line, *, limits: Limits, is_served: bool) -> WaitReason:
    tenant = job.tenant_id or NOBODY
    [turn] = [turn for turn in line.turns if turn.tenant == tenant]
    if not is_served:
        return WaitReason.NO_WORKER
    if not limits.queue_room(line.queue, running=line.running):
        return WaitReason.QUEUE_LIMIT
    if not limits.tenant_room(tenant, running=turn.running):
        return WaitReason.TENANT_LIMIT
    return WaitReason.TURN


def _starts_before(job: Job, line: Line, limits: Limits) -> int:
    waiting = Job.objects.filter(queue=job.queue, state=State.QUEUED)
    counts = dict(waiting.values_list("tenant_id").annotate(Count("pk")))
    turns = tuple(
        dataclasses.replace(
            turn,
            waiting=counts.get(None if turn.tenant == NOBODY else turn.tenant, 0),
        )
        for turn in line.turns
    )
    ahead = waiting.filter(
        Q(priority__lt=job.priority)
        | Q(priority=job.priority, run_at__lt=job.run_at)
        | Q(priority=job.priority, run_at=job.run_at, pk__lt=job.pk),
        tenant_id=job.tenant_id,
    ).count()
    line = dataclasses.replace(line, turns=turns)
    return starts_before(line, limits, tenant=job.tenant_id or NOBODY, ahead=ahead)
