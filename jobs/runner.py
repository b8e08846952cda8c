"""The story of one delivery: claim, keep the lease, do the work, settle.

Also the boundary of the work: whatever it raises ends here, as data.
"""

import dataclasses
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import dramatiq
import structlog
from django.conf import settings
from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)

from jobs import links, nursery, points, progress, results, settle, workers
from jobs.backoff import Backoff
from jobs.claim import Claim, claim_next
from jobs.endings import Ending
from jobs.errors import HardLimitError, JobError, MemoryLimitError, WorkerLostError
from jobs.failures import failure_of, failure_without_stack
from jobs.fence import CurrentJob
from jobs.lease import Lease, StopReason, keeper
from jobs.policy import Place, Policy
from jobs.states import State

# Between two tries to settle while Postgres is away; the lease ends them.
SETTLE_AGAIN_SECONDS = 0.5
# A worker that stands still may hold its rows until Postgres ends its session, after a
# minute. The scheduler looks again a second later, and has others to look after.
WAIT_LITTLE = "SET LOCAL lock_timeout = '100ms'"

log = structlog.get_logger(__name__)


class Runnable(Protocol):
    """What the runner needs to know of an actor."""

    @property
    def actor_name(self) -> str: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def fn(self) -> Callable[..., object]: ...


def run_delivery(job_id: uuid.UUID) -> None:
    """Do the job whose turn it is in the queue of ``job_id``.

    A message only says that there is something to do; with nothing left to do it ends
    quietly. Database trouble before the claim is raised: nothing has happened, and the
    sweep sends the message again.
    """
    close_old_connections()
    claim = claim_next(job_id, allowances=_allowances(), worker=workers.here())
    if claim is None:
        log.info("job_not_waiting", job_id=str(job_id))
        return
    actor = cast("Runnable", dramatiq.get_broker().get_actor(claim.actor))
    structlog.contextvars.bind_contextvars(
        actor=claim.actor,
        job_id=str(claim.job_id),
        attempt=claim.attempt,
        tenant_id=str(claim.tenant_id or ""),
    )
    lease = keeper().keep(claim)
    points.reach("after_claim")
    try:
        ending = _do(actor, lease)
        _settle(lease, ending, backoff=actor.policy.backoff)
    finally:
        keeper().let_go(lease)
        close_old_connections()
    if lease.reason is not StopReason.HANDED_BACK:
        _prepare_for_next(actor)
    points.reach("before_ack")


def perform(actor_name: str, job: CurrentJob, args: Mapping[str, Any]) -> Ending:
    """Call the actor's function in this very process; return how it ended.

    This is the boundary of the work: nothing it raises gets any further.
    """
    actor = cast("Runnable", dramatiq.get_broker().get_actor(actor_name))
    close_old_connections()
    try:
        result = results.encode(actor.fn(job, **args))
        points.reach("after_commit")
    except Exception as exc:
        failure = failure_of(exc, policy=actor.policy)
        log.warning("job_attempt_raised", code=failure.code, exc_info=True)
        return Ending(failure=failure)
    finally:
        close_old_connections()
    return Ending(result=result)


def settle_lost(job_id: uuid.UUID, *, token: int) -> bool:
    """Settle the attempt of a worker that is gone; return whether that happened.

    A hook that raises, or a row that a process which is not quite dead still holds,
    costs this job one round and the others nothing.
    """
    failure = failure_without_stack(WorkerLostError(how="no sign of life"))
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(WAIT_LITTLE)
            return settle.fail(job_id, token=token, failure=failure)
    except OperationalError as exc:
        log.warning("lost_job_still_held", job_id=str(job_id), error=type(exc).__name__)
        return False
    except Exception:
        log.exception("lost_job_not_settled", job_id=str(job_id))
        return False


def release(job_id: uuid.UUID) -> bool:
    """Cancel what waits for a job that will be forgotten; return whether that happened.

    A hook that raises keeps the job and what waits for it, and nothing else.
    """
    try:
        with transaction.atomic():
            links.follow(job_id, State.CANCELLED)
    except Exception:
        log.exception("job_not_released", job_id=str(job_id))
        return False
    return True


def _allowances() -> dict[str, int]:
    """Return the actors that were loaded here and how many attempts each allows."""
    actors = dramatiq.get_broker().actors.values()
    return {
        actor.actor_name: actor.policy.max_attempts
        for actor in actors
        if hasattr(actor, "policy")
    }


def _do(actor: Runnable, lease: Lease) -> Ending:
    claim, policy = lease.claim, actor.policy
    if policy.place is Place.CHILD:
        child = nursery.child_of_this_thread()
        nursery.nursery().keep_spare()
        ending = child.perform(lease, policy=policy)
        return _explain(ending, lease, policy)
    started = time.monotonic()
    job = dataclasses.replace(claim.current_job, listen=lease.tell)
    ending = perform(actor.actor_name, job, claim.args)
    if time.monotonic() - started > policy.soft_limit_seconds:
        log.warning("job_soft_limit_passed", seconds=policy.soft_limit_seconds)
    return ending


def _prepare_for_next(actor: Runnable) -> None:
    """Replace a child that died or is used up before the next job waits for it."""
    if actor.policy.place is Place.CHILD:
        nursery.child_of_this_thread()


def _explain(ending: Ending, lease: Lease, policy: Policy) -> Ending:
    """Say what killed the child, if it was us."""
    error: JobError
    match lease.reason:
        case StopReason.HARD_LIMIT if ending.failure is not None:
            error = HardLimitError(seconds=policy.hard_limit_seconds)
        case StopReason.MEMORY_LIMIT if ending.failure is not None:
            error = MemoryLimitError(limit_mb=settings.AYNI_JOBS_CHILD_MEMORY_MB)
        case _:
            return ending
    return Ending(failure=failure_without_stack(error, policy=policy))


def _settle(lease: Lease, ending: Ending, *, backoff: Backoff) -> None:
    """Settle, again and again while Postgres is away and the lease may still hold."""
    while True:
        try:
            is_settled = _settle_once(lease, ending, backoff)
        except (OperationalError, InterfaceError) as exc:
            log.warning("job_not_settled_yet", error=type(exc).__name__)
            close_old_connections()
            if lease.wait_lost(seconds=SETTLE_AGAIN_SECONDS):
                return
        else:
            if not is_settled:
                log.info("job_superseded", job_id=str(lease.claim.job_id))
            return


def _settle_once(lease: Lease, ending: Ending, backoff: Backoff) -> bool:
    claim: Claim = lease.claim
    progress.write([lease])
    if ending.failure is None:
        return settle.succeed(claim.job_id, token=claim.token, result=ending.result)
    if lease.reason is StopReason.HANDED_BACK:
        return settle.hand_back(claim.job_id, token=claim.token)
    return settle.fail(
        claim.job_id, token=claim.token, failure=ending.failure, backoff=backoff
    )
