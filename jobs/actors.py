"""Declare the work: an ordinary Dramatiq actor whose message is a job's id."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

import dramatiq

from jobs import runner
from jobs.backoff import Backoff
from jobs.hooks import Hook, Hooks, register
from jobs.policy import USUAL, Place, Policy


class JobActor(dramatiq.Actor[Any, None]):
    """A Dramatiq actor that runs durable jobs.

    ``fn`` is the plain function, called as ``fn(job, **args)``. Calling the actor with
    a job's id runs one delivery: the job whose turn it is in the queue of that one.
    """

    policy: Policy

    def __call__(self, job_id: str, *, heard: int = 0) -> None:
        """Run one delivery; what is no longer waiting is not run a second time."""
        runner.run_delivery(uuid.UUID(job_id), heard=heard)


def job_actor(  # noqa: PLR0913 - the names of what may be asked for
    *,
    queue: str,
    isolated: bool = False,
    max_attempts: int = USUAL.max_attempts,
    backoff: Backoff = USUAL.backoff,
    permanent: tuple[type[BaseException], ...] = (),
    transient: tuple[type[BaseException], ...] = (),
    soft_limit_seconds: float = USUAL.soft_limit_seconds,
    hard_limit_seconds: float = USUAL.hard_limit_seconds,
    on_success: Hook | None = None,
    on_failure: Hook | None = None,
    on_retry: Hook | None = None,
) -> Callable[[Callable[..., Any]], JobActor]:
    """Make the decorated function ``(job: CurrentJob, **args)`` an actor of its name.

    What it returns, JSON or nothing, is kept for a while (``jobs.results``).
    ``isolated`` work runs in a child process and is killed when it is cancelled, when
    it passes its hard limit or when its lease is lost. Other work runs in a thread of
    the worker and is asked for nothing but to be short.

    An attempt that fails is followed by another one after a wait of ``backoff``, up to
    ``max_attempts`` in all; errors of the classes ``permanent`` end the job at once
    (``Policy.is_permanent``). The hooks run in the transaction that ends the attempt;
    those of a cancel or a requeue are registered elsewhere (``jobs.hooks``).

    Raises ``ValueError`` for options that contradict each other.
    """
    hooks = Hooks(on_success=on_success, on_failure=on_failure, on_retry=on_retry)
    policy = Policy(
        place=Place.CHILD if isolated else Place.THREAD,
        max_attempts=max_attempts,
        soft_limit_seconds=soft_limit_seconds,
        hard_limit_seconds=hard_limit_seconds,
        backoff=backoff,
        permanent=permanent,
        transient=transient,
    )
    return functools.partial(_declare, queue=queue, policy=policy, hooks=hooks)


def _declare(
    fn: Callable[..., Any], *, queue: str, policy: Policy, hooks: Hooks
) -> JobActor:
    actor = JobActor(
        fn,
        broker=dramatiq.get_broker(),
        actor_name=fn.__name__,
        queue_name=queue,
        priority=0,
        options={},
    )
    actor.policy = policy
    register(actor.actor_name, hooks)
    return actor
