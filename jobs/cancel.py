"""Stop a job: one that waits never starts, one that runs is killed within 2 s."""

import enum
import uuid
from collections.abc import Iterable

import structlog
from django.db import transaction

from jobs import audit, clock, links
from jobs.by import PROGRAM, ActionKind, By
from jobs.models import Job
from jobs.states import WAITING, State

log = structlog.get_logger(__name__)


class CancelOutcome(enum.Enum):
    """What a request to cancel came to."""

    # It was waiting and has ended; its hook has run.
    CANCELLED = "cancelled"
    # It is running; its worker kills it within 2 s.
    REQUESTED = "requested"
    # It had ended before, or never existed.
    ENDED = "ended"


@transaction.atomic
def cancel(job_id: uuid.UUID, *, by: By = PROGRAM) -> CancelOutcome:
    """Cancel a job. Calling it twice is safe.

    Runs in the caller's transaction if there is one. A running job that succeeds in
    the same moment stays succeeded.
    """
    job = Job.objects.filter(pk=job_id).select_for_update().first()
    if job is None or State(job.state) not in WAITING | {State.RUNNING}:
        return CancelOutcome.ENDED
    if job.state == State.RUNNING:
        asked = Job.objects.filter(pk=job_id, cancel_requested_at=None)
        if asked.update(cancel_requested_at=clock.now()):
            audit.note(ActionKind.CANCEL, job, by=by)
        return CancelOutcome.REQUESTED
    links.cancel_unstarted(job)
    audit.note(ActionKind.CANCEL, job, by=by)
    if job.leads_on:
        links.follow(job_id, State.CANCELLED)
    return CancelOutcome.CANCELLED


def cancel_many(job_ids: Iterable[uuid.UUID], *, by: By = PROGRAM) -> int:
    """Cancel several jobs and return how many had not ended.

    Each in a transaction of its own, unless the caller has one. Safe to call again.
    """
    with audit.together(ActionKind.CANCEL, by=by) as batch:
        outcomes = [cancel(job_id, by=batch) for job_id in job_ids]
    stopped = sum(outcome is not CancelOutcome.ENDED for outcome in outcomes)
    log.info("jobs_cancelled", jobs=stopped, by=by.id)
    return stopped
