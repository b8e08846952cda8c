"""Failures that are one and the same: tried again together, or discarded.

Alike are jobs of one actor whose last attempts died of the same kind of error in the
same function: ``selectors.failures`` lists them.
"""

import uuid

import structlog
from django.db import transaction
from django.db.models import QuerySet

from jobs import audit, links
from jobs.by import PROGRAM, ActionKind, By
from jobs.models import Job
from jobs.models.action import REASON_CHARS
from jobs.requeue import requeue
from jobs.states import State

log = structlog.get_logger(__name__)


def retry_alike(
    actor: str, *, fingerprint: str, by: By = PROGRAM, limit: int | None = None
) -> int:
    """Queue every failed job of one kind again and return how many there were.

    Each in a transaction of its own, unless the caller has one: when a hook raises,
    those before it stay queued. With a ``limit`` only the oldest so many, for callers
    that cannot wait for all. Safe to call again.
    """
    ids = list(_alike(actor, fingerprint).order_by("pk").values_list("pk", flat=True))
    with audit.together(
        ActionKind.RETRY, by=by, actor=actor, fingerprint=fingerprint
    ) as batch:
        retried = sum(requeue(job_id, by=batch) for job_id in ids[:limit])
    log.info("jobs_retried", actor=actor, fingerprint=fingerprint, jobs=retried)
    return retried


@transaction.atomic
def discard(job_id: uuid.UUID, *, reason: str, by: By = PROGRAM) -> bool:
    """Decide that a failed job need not be done; ``False`` if it has not failed.

    It counts as cancelled from then on, keeps its error and the reason, and can still
    be requeued. No hook runs: its application was told that it failed. Jobs that wait
    for it are cancelled. Raises ``ValueError`` without a reason.
    """
    failed = Job.objects.filter(pk=job_id, state=State.FAILED)
    return _discard(failed, reason=_checked(reason), by=by) == 1


@transaction.atomic
def discard_alike(
    actor: str, *, fingerprint: str, reason: str, by: By = PROGRAM
) -> int:
    """Discard every failed job of one kind, at once, and return how many there were."""
    reason = _checked(reason)
    with audit.together(
        ActionKind.DISCARD,
        by=by,
        reason=reason,
        actor=actor,
        fingerprint=fingerprint,
    ) as batch:
        return _discard(_alike(actor, fingerprint), reason=reason, by=batch)


def _alike(actor: str, fingerprint: str) -> QuerySet[Job]:
    return Job.objects.filter(
        state=State.FAILED, actor=actor, error_fingerprint=fingerprint
    )


def _discard(failed: QuerySet[Job], *, reason: str, by: By) -> int:
    jobs = list(
        failed.order_by("pk")
        .select_for_update()
        .only("pk", "actor", "queue", "tenant_id", "leads_on")
    )
    Job.objects.filter(pk__in=[job.pk for job in jobs]).update(
        state=State.CANCELLED, discard_reason=reason
    )
    audit.note_all(ActionKind.DISCARD, jobs, by=by, reason=reason)
    for job in jobs:
        if job.leads_on:
            links.follow(job.pk, State.CANCELLED)
    log.info("jobs_discarded", jobs=len(jobs), reason=reason, by=by.id)
    return len(jobs)


def _checked(reason: str) -> str:
    """Return the reason as it is kept. Raises ``ValueError`` if there is none."""
    if not reason.strip():
        raise ValueError("a failure is not discarded without a reason")
    return reason.strip()[:REASON_CHARS]
