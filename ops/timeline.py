"""The history of a job as one list of moments, oldest first. Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from jobs.by import ActionKind
from jobs.pages import ActionView
from jobs.selectors import AttemptView, JobDetail, JobView
from jobs.states import ENDED, WAITING

# A job that is due when it is made was not scheduled: both are one statement's clock.
SAME_MOMENT = dt.timedelta(seconds=1)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened, or will. ``number`` is an attempt's, 0 for the job's.

    ``by`` is who did it, ``reason`` why, both as they were given.
    """

    kind: str
    at: dt.datetime
    number: int = 0
    detail: str = ""
    by: str = ""
    reason: str = ""


def timeline_of(
    detail: JobDetail, actions: Sequence[ActionView] = ()
) -> tuple[Moment, ...]:
    """Return what is known about how the job came to where it is.

    ``actions`` is what people did to it.
    """
    moments = [*_beginning(detail.job), *_done(actions)]
    if not any(action.kind == ActionKind.CANCEL for action in actions):
        moments.extend(_asked(detail.job))
    for attempt in detail.attempts:
        moments.extend(_attempt(attempt))
    moments.sort(key=lambda moment: moment.at)
    return (*moments, *_standing(detail))


def _beginning(job: JobView) -> Iterator[Moment]:
    yield Moment(kind="created", at=job.created_at)


def _done(actions: Sequence[ActionView]) -> Iterator[Moment]:
    for action in actions:
        yield Moment(
            kind=f"{action.kind}_action",
            at=action.at,
            by=action.by_name,
            reason=action.reason,
        )


def _attempt(attempt: AttemptView) -> Iterator[Moment]:
    yield Moment(
        kind="started",
        at=attempt.started_at,
        number=attempt.number,
        detail=attempt.worker,
    )
    if attempt.ended_at is not None:
        yield Moment(
            kind=f"attempt_{attempt.outcome}",
            at=attempt.ended_at,
            number=attempt.number,
            detail=attempt.error_code,
        )


def _asked(job: JobView) -> Iterator[Moment]:
    if job.cancel_requested_at is not None:
        yield Moment(kind="cancel_requested", at=job.cancel_requested_at)


def _standing(detail: JobDetail) -> Iterator[Moment]:
    """Yield how the job ended, unless its last attempt says so, or when it goes on."""
    job = detail.job
    last_outcome = detail.attempts[-1].outcome if detail.attempts else ""
    if job.state in ENDED and job.finished_at is not None:
        # A job that was discarded ended when it failed; who discarded it is told.
        if job.state != last_outcome and not job.discard_reason:
            yield Moment(kind=job.state, at=job.finished_at, detail=job.error_code)
    elif job.state in WAITING and job.run_at - job.created_at > SAME_MOMENT:
        yield Moment(kind="due", at=job.run_at)
