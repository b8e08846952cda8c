"""Stop a job: one that waits never starts, one that runs is killed within 2 s."""

import enum
import uuid

from django.db import transaction

from jobs import clock, hooks
from jobs.hooks import Moment
from jobs.models import Job
from jobs.outcomes import outcome_of
from jobs.states import WAITING, State


class CancelOutcome(enum.Enum):
    """What a request to cancel came to."""

    # It was waiting and has ended; its hook has run.
    CANCELLED = "cancelled"
    # It is running; its worker kills it within 2 s.
    REQUESTED = "requested"
    # It had ended before, or never existed.
    ENDED = "ended"


@transaction.atomic
def cancel(job_id: uuid.UUID) -> CancelOutcome:
    """Cancel a job. Calling it twice is safe.

    Runs in the caller's transaction if there is one. A running job that succeeds in
    the same moment stays succeeded.
    """
    job = Job.objects.filter(pk=job_id).select_for_update().first()
    if job is None or State(job.state) not in WAITING | {State.RUNNING}:
        return CancelOutcome.ENDED
    if job.state == State.RUNNING:
        Job.objects.filter(pk=job_id, cancel_requested_at=None).update(
            cancel_requested_at=clock.now()
        )
        return CancelOutcome.REQUESTED
    Job.objects.filter(pk=job_id).update(
        state=State.CANCELLED,
        cancel_requested_at=clock.now(),
        finished_at=clock.now(),
    )
    hooks.run(Moment.CANCEL, outcome_of(job))
    return CancelOutcome.CANCELLED
