"""End a job that succeeded and take the next one, in one statement and one commit.

What a worker does between two short jobs decides how many it can do. Nothing is
promised that ``settle`` and ``claim`` would not: the same rows change, all or none.
"""

import dataclasses
from collections.abc import Mapping

import structlog

from jobs import admission, hooks, settle, statements
from jobs.claim import PATIENCES, Claim, claim_of, values_of
from jobs.endings import Ending
from jobs.hooks import Moment
from jobs.states import AttemptOutcome
from jobs.workers import Identity

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Whether the attempt was still the current one, and what was claimed after it."""

    is_settled: bool
    claim: Claim | None = None


def succeed(claim: Claim, ending: Ending) -> Handover:
    """Settle the attempt as succeeded, whether or not a cancel came meanwhile."""
    if not _is_simple(claim, ending):
        return _succeed_in_full(claim, ending)
    values = {"job_id": claim.job_id, "token": claim.token}
    if statements.first_row(statements.SETTLE_ALONE, values) is None:
        return _succeed_in_full(claim, ending)
    _log_end(claim)
    return Handover(is_settled=True)


def succeed_and_claim(
    claim: Claim, ending: Ending, *, allowances: Mapping[str, int], worker: Identity
) -> Handover:
    """Settle the attempt as succeeded and claim the job whose turn it is in its queue.

    Where the work returned something, a hook is to run, another job waits for this one
    or a limit is set, it is only settled: the message of the next job will claim that.
    """
    if not _is_simple(claim, ending):
        return _succeed_in_full(claim, ending)
    values = values_of(claim.job_id, allowances=allowances, worker=worker)
    row = statements.first_row(
        statements.SETTLE_AND_CLAIM.format(patience=PATIENCES[0]),
        {**values, "token": claim.token},
    )
    if row is None:
        return _succeed_in_full(claim, ending)
    _log_end(claim)
    return Handover(is_settled=True, claim=claim_of(row[1:]))


def _is_simple(claim: Claim, ending: Ending) -> bool:
    return not (
        ending.result is not None
        or admission.limits().is_any
        or hooks.is_wanted(Moment.SUCCESS, claim.actor)
    )


def _succeed_in_full(claim: Claim, ending: Ending) -> Handover:
    is_settled = settle.succeed(claim.job_id, token=claim.token, result=ending.result)
    return Handover(is_settled=is_settled)


def _log_end(claim: Claim) -> None:
    log.info(
        settle.ATTEMPT_ENDED,
        job_id=str(claim.job_id),
        actor=claim.actor,
        attempt=claim.attempt,
        outcome=AttemptOutcome.SUCCEEDED.value,
        code="",
    )
