"""End an attempt: one transaction changes the job, its history and what hooks write.

Each function returns ``False``, having changed nothing, when the attempt is no longer
the current one. Losing that race is normal.
"""

import random
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from jobs import clock, hooks, links, results
from jobs.admission import wake_after_commit
from jobs.backoff import Backoff
from jobs.enqueue import send_after_commit
from jobs.errors import WorkerLostError
from jobs.failures import Failure
from jobs.hooks import Moment
from jobs.models import Attempt, Job
from jobs.outcomes import outcome_of
from jobs.policy import USUAL
from jobs.relay import Hint
from jobs.states import ENDED, AttemptOutcome, Standing, State, after_failure

MOMENTS: Mapping[AttemptOutcome, Moment] = {
    AttemptOutcome.SUCCEEDED: Moment.SUCCESS,
    AttemptOutcome.RETRIED: Moment.RETRY,
    AttemptOutcome.FAILED: Moment.FAILURE,
    AttemptOutcome.CANCELLED: Moment.CANCEL,
    AttemptOutcome.HANDED_BACK: Moment.RETRY,
}
# The event of the log, whoever settles.
ATTEMPT_ENDED = "job_attempt_ended"
NO_FAILURE = Failure(code="", message="", is_permanent=False)
# Chance is not secret: it only keeps retries apart.
RNG = random.Random()  # noqa: S311 - see above

log = structlog.get_logger(__name__)


@transaction.atomic
def succeed(job_id: uuid.UUID, *, token: int, result: str | None = None) -> bool:
    """Settle the attempt as succeeded, whether or not a cancel came meanwhile.

    Its result, which is JSON text, is kept in the same transaction.
    """
    job = _current(job_id, token)
    if job is None:
        return False
    if result is not None:
        results.keep(job_id, result)
    _end(job, AttemptOutcome.SUCCEEDED, NO_FAILURE, result=result)
    return True


@transaction.atomic
def fail(
    job_id: uuid.UUID, *, token: int, failure: Failure, backoff: Backoff = USUAL.backoff
) -> bool:
    """Settle an attempt that did not succeed: retried, failed or cancelled."""
    job = _current(job_id, token)
    if job is None:
        return False
    outcome = after_failure(
        Standing(
            attempts=job.attempts,
            max_attempts=job.max_attempts,
            is_permanent=failure.is_permanent,
            is_cancel_requested=job.cancel_requested_at is not None,
        )
    )
    _end(job, outcome, failure, backoff=backoff)
    return True


@transaction.atomic
def hand_back(job_id: uuid.UUID, *, token: int) -> bool:
    """Queue the job again at once, as if this attempt had not been made."""
    job = _current(job_id, token)
    if job is None:
        return False
    outcome = AttemptOutcome.HANDED_BACK
    if job.cancel_requested_at is not None:
        outcome = AttemptOutcome.CANCELLED
    _end(job, outcome, NO_FAILURE)
    return True


def _current(job_id: uuid.UUID, token: int) -> Job | None:
    return (
        Job.objects.select_for_update()
        .filter(pk=job_id, token=token, state=State.RUNNING)
        .first()
    )


def _end(
    job: Job,
    outcome: AttemptOutcome,
    failure: Failure,
    *,
    backoff: Backoff = USUAL.backoff,
    result: str | None = None,
) -> None:
    values = {
        "lease_expires_at": None,
        "error_code": failure.code,
        "error_message": failure.message,
        "error_fingerprint": failure.fingerprint,
        **_next_state(job, outcome, failure, backoff=backoff),
    }
    Job.objects.filter(pk=job.pk).update(**values)
    Attempt.objects.filter(job_id=job.pk, number=job.attempts).update(
        ended_at=clock.now(),
        outcome=outcome,
        error_code=failure.code,
        error_message=failure.message,
        error_fingerprint=failure.fingerprint,
        traceback=failure.traceback,
    )
    told = outcome_of(job, code=failure.code, message=failure.message, result=result)
    hooks.run(MOMENTS[outcome], told)
    if job.leads_on and values["state"] in ENDED:
        links.follow(job.pk, values["state"])
    if values["state"] == State.QUEUED:
        send_after_commit(Hint(job_id=job.pk, actor=job.actor, queue=job.queue))
    wake_after_commit(queue=job.queue, tenant_id=job.tenant_id)
    log.info(
        ATTEMPT_ENDED,
        job_id=str(job.pk),
        actor=job.actor,
        attempt=job.attempts,
        outcome=outcome.value,
        code=failure.code,
    )


def _next_state(
    job: Job, outcome: AttemptOutcome, failure: Failure, *, backoff: Backoff
) -> dict[str, Any]:
    match outcome:
        case AttemptOutcome.SUCCEEDED | AttemptOutcome.FAILED:
            return {"state": State(outcome.value), "finished_at": clock.now()}
        case AttemptOutcome.CANCELLED:
            # Whoever asked for it knows why: an error would only confuse.
            return {
                "state": State.CANCELLED,
                "finished_at": clock.now(),
                "error_code": "",
                "error_message": "",
                "error_fingerprint": "",
            }
        case AttemptOutcome.HANDED_BACK:
            return {
                **_queued(),
                "forgiven": F("forgiven") + 1,
                "max_attempts": F("max_attempts") + 1,
            }
        case AttemptOutcome.RETRIED if failure.code == WorkerLostError.code:
            # Nothing is wrong with the work, as far as anybody knows.
            return _queued()
        case AttemptOutcome.RETRIED:
            made = max(1, job.attempts - job.forgiven)
            delay = timedelta(milliseconds=backoff.delay_ms(made, rng=RNG))
            asked = timedelta(seconds=failure.wait_seconds)
            return {
                "state": State.SCHEDULED,
                "run_at": clock.after(max(delay, asked)),
                "sent_at": None,
            }


def _queued() -> dict[str, Any]:
    return {"state": State.QUEUED, "run_at": clock.now(), "sent_at": clock.now()}
