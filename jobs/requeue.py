"""Give a job that failed or was cancelled another chance."""

import uuid
from collections.abc import Iterable

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F

from jobs import audit, clock, hooks
from jobs.by import PROGRAM, ActionKind, By
from jobs.enqueue import send_after_commit
from jobs.hooks import Moment
from jobs.models import Job
from jobs.outcomes import outcome_of
from jobs.relay import Hint
from jobs.states import REQUEUABLE, State

log = structlog.get_logger(__name__)


@transaction.atomic
def requeue(job_id: uuid.UUID, *, by: By = PROGRAM) -> bool:
    """Queue a failed or cancelled job again, with a fresh allowance of attempts.

    Returns ``False``, having changed nothing, for a job in any other state, and while
    another job with its ``dedupe_key`` is open. The history of its attempts stays, and
    their numbers go on. It waits for no other job any more; those that still wait for
    it go on waiting.
    """
    job = (
        Job.objects.filter(pk=job_id, state__in=REQUEUABLE).select_for_update().first()
    )
    if job is None:
        return False
    if not _queue(job):
        return False
    audit.note(ActionKind.RETRY, job, by=by)
    hooks.run(Moment.REQUEUE, outcome_of(job))
    send_after_commit(Hint(job_id=job.pk, actor=job.actor, queue=job.queue))
    return True


def requeue_many(job_ids: Iterable[uuid.UUID], *, by: By = PROGRAM) -> int:
    """Queue several jobs again and return how many it was possible for.

    Each in a transaction of its own, unless the caller has one: when a hook raises,
    those before it stay queued. Safe to call again.
    """
    with audit.together(ActionKind.RETRY, by=by) as batch:
        retried = sum(requeue(job_id, by=batch) for job_id in job_ids)
    log.info("jobs_retried", jobs=retried, by=by.id)
    return retried


def _queue(job: Job) -> bool:
    try:
        with transaction.atomic():
            Job.objects.filter(pk=job.pk).update(
                state=State.QUEUED,
                run_at=clock.now(),
                waits_for=0,
                sent_at=clock.now(),
                max_attempts=F("attempts") + F("max_attempts") - F("forgiven"),
                forgiven=F("attempts"),
                cancel_requested_at=None,
                error_code="",
                error_message="",
                error_fingerprint="",
                discard_reason="",
                finished_at=None,
            )
    except IntegrityError:
        # The only thing a requeue can run into is another job with its key.
        return False
    return True
