"""The story of one delivery: claim, keep the lease, do the work, settle.

Also the boundary of the work: whatever it raises ends here, as data.
"""

import dataclasses
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Protocol, cast

import dramatiq
import structlog
from django.conf import settings
from django.db import OperationalError, close_old_connections, connection, transaction

from jobs import (
    handover,
    links,
    nursery,
    points,
    progress,
    results,
    settle,
    workers,
)
from jobs.broker import HintBroker
from jobs.claim import Claim, look
from jobs.endings import Ending
from jobs.errors import HardLimitError, JobError, MemoryLimitError, WorkerLostError
from jobs.failures import failure_of, failure_without_stack
from jobs.fence import CurrentJob
from jobs.handover import Handover
from jobs.lease import Lease, StopReason, keeper
from jobs.outage import NO_DATABASE
from jobs.policy import Place, Policy
from jobs.states import State

# Between two tries to settle while Postgres is away; the lease ends them.
SETTLE_AGAIN_SECONDS = 0.5
# How long a thread takes one job after the other of a queue before it looks at others.
# Long enough for fifty that do nothing, too short for anybody to notice.
SERIES_SECONDS = 0.1
# How often a thread at work asks whether its connection lives. Each asking takes as
# long as a claim; a connection that has failed meanwhile is asked at once.
ASK_SECONDS = 5.0
# A worker that stands still may hold its rows until Postgres ends its session, after a
# minute. The scheduler looks again a second later, and has others to look after.
WAIT_LITTLE = "SET LOCAL lock_timeout = '100ms'"

log = structlog.get_logger(__name__)
_own = threading.local()


class Runnable(Protocol):
    """What the runner needs to know of an actor."""

    @property
    def actor_name(self) -> str: ...
    @property
    def policy(self) -> Policy: ...
    @property
    def fn(self) -> Callable[..., object]: ...


def run_delivery(job_id: uuid.UUID, *, heard: int = 0) -> None:
    """Do the job whose turn it is in the queue of ``job_id``, and those after it.

    A message only says that there is something to do; with nothing left to do it ends
    quietly, and messages up to the number ``heard`` need not be read any more. Database
    trouble before the claim is raised: nothing has happened, and the sweep sends the
    message again.
    """
    _look_after_connections()
    found = look(job_id, allowances=_allowances(), worker=workers.here())
    if found.claim is None:
        log.info("job_not_waiting", job_id=str(job_id))
        if found.empty_queue is not None:
            _broker().forget(found.empty_queue, up_to=heard)
        return
    until = time.monotonic() + SERIES_SECONDS
    claim: Claim | None = found.claim
    while claim is not None:
        claim = _run(claim, until=until)
    points.reach("before_ack")


def perform(actor_name: str, job: CurrentJob, args: Mapping[str, Any]) -> Ending:
    """Call the actor's function in this very process; return how it ended.

    This is the boundary of the work: nothing it raises gets any further, nor does a
    connection that it has broken.
    """
    actor = _actor(actor_name)
    try:
        result = results.encode(actor.fn(job, **args))
        points.reach("after_commit")
    except Exception as exc:
        failure = failure_of(exc, policy=actor.policy)
        log.warning("job_attempt_raised", code=failure.code, exc_info=True)
        close_old_connections()
        return Ending(failure=failure)
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


def _look_after_connections() -> None:
    """Replace a connection that is broken or too old; ask it only now and then."""
    now = time.monotonic()
    if connection.errors_occurred or now > getattr(_own, "ask_at", 0.0):
        close_old_connections()
        _own.ask_at = now + ASK_SECONDS


def _run(claim: Claim, *, until: float) -> Claim | None:
    """Do a claimed job and settle it; return the next one, if it was taken with it."""
    actor = _actor(claim.actor)
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
        following = _settle(lease, ending, policy=actor.policy, until=until)
    finally:
        keeper().let_go(lease)
    if lease.reason is not StopReason.HANDED_BACK:
        _prepare_for_next(actor)
    return following


def _broker() -> HintBroker:
    return cast("HintBroker", dramatiq.get_broker())


def _actor(name: str) -> Runnable:
    return cast("Runnable", dramatiq.get_broker().get_actor(name))


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


def _settle(
    lease: Lease, ending: Ending, *, policy: Policy, until: float
) -> Claim | None:
    """Settle, again and again while Postgres is away and the lease may still hold."""
    while True:
        try:
            done = _settle_once(lease, ending, policy=policy, until=until)
        except NO_DATABASE as exc:
            log.warning("job_not_settled_yet", error=type(exc).__name__)
            close_old_connections()
            if lease.wait_lost(seconds=SETTLE_AGAIN_SECONDS):
                return None
        else:
            if not done.is_settled:
                log.info("job_superseded", job_id=str(lease.claim.job_id))
            return done.claim


def _settle_once(
    lease: Lease, ending: Ending, *, policy: Policy, until: float
) -> Handover:
    claim = lease.claim
    progress.write([lease])
    if ending.failure is None and _may_go_on(claim.queue, policy, until=until):
        return handover.succeed_and_claim(
            claim, ending, allowances=_allowances(), worker=workers.here()
        )
    if ending.failure is None:
        return handover.succeed(claim, ending)
    if lease.reason is StopReason.HANDED_BACK:
        is_settled = settle.hand_back(claim.job_id, token=claim.token)
    else:
        is_settled = settle.fail(
            claim.job_id,
            token=claim.token,
            failure=ending.failure,
            backoff=policy.backoff,
        )
    return Handover(is_settled=is_settled)


def _may_go_on(queue: str, policy: Policy, *, until: float) -> bool:
    """Return whether this thread may take another job without a message for it.

    Only after work that is meant to be short, for a short time, and not while stopping:
    the messages of other queues wait for the thread.
    """
    return (
        policy.place is Place.THREAD
        and time.monotonic() < until
        and not _broker().slots.is_closed
        and _broker().may_serve_again(queue)
    )
