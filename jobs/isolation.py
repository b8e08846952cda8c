"""The killable child: a spawned, warm process that does one isolated job at a time.

What crosses is JSON: the actor's name, its arguments and the right to commit there, a
failure or nothing back. A child that dies takes one attempt with it. Each thread of a
worker has a child of its own, which ends with the worker.
"""

import json
import multiprocessing
import threading
import time
from multiprocessing import connection
from typing import Any

import structlog
from django.conf import settings

from jobs import spawned
from jobs.errors import WorkerLostError
from jobs.failures import Failure, failure_without_stack
from jobs.lease import Lease, StopReason
from jobs.policy import Policy

# Fork after Polars was used hangs; a spawned process starts clean.
SPAWN = multiprocessing.get_context("spawn")

log = structlog.get_logger(__name__)


class Child:
    """One child process and the pipe to it. Used by one thread; ``kill`` by any."""

    def __init__(self) -> None:
        self._tasks_left: int = settings.AYNI_JOBS_TASKS_PER_CHILD
        self._pipe, theirs = SPAWN.Pipe()
        self._process = SPAWN.Process(
            target=spawned.serve_jobs, args=(theirs,), name="job child", daemon=True
        )
        self._process.start()
        # Ours to close, or the end of the child would not end the pipe.
        theirs.close()

    @property
    def is_usable(self) -> bool:
        """Return whether the child lives and may be given another job."""
        return self._process.is_alive() and self._tasks_left > 0

    @property
    def pid(self) -> int | None:
        """Return the process id."""
        return self._process.pid

    def perform(self, lease: Lease, *, policy: Policy) -> Failure | None:
        """Do the leased job and return what it died of, or ``None``.

        When this returns the work has stopped: a child that was killed is dead, so
        that nothing it held in Postgres can meet the settling.
        """
        self._tasks_left -= 1
        lease.attach(self._process.kill)
        try:
            self._pipe.send_bytes(_order(lease))
            answer = self._await_answer(lease, policy)
        except (EOFError, OSError):
            # The child died with our pipe in its hands.
            answer = None
        finally:
            lease.detach()
        if answer is None:
            return self._bury(lease)
        return None if answer["failure"] is None else Failure(**answer["failure"])

    def stop(self) -> None:
        """Kill the child and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _await_answer(self, lease: Lease, policy: Policy) -> dict[str, Any] | None:
        started, hard = time.monotonic(), policy.hard_limit_seconds
        for limit, event in (
            (min(policy.soft_limit_seconds, hard), "job_soft_limit_passed"),
            (hard, "job_hard_limit_passed"),
        ):
            left = max(0.0, started + limit - time.monotonic())
            ready = connection.wait([self._pipe, self._process.sentinel], left)
            if self._pipe in ready:
                answer: dict[str, Any] = json.loads(self._pipe.recv_bytes())
                return answer
            if ready:
                return None
            log.warning(event, seconds=limit)
        lease.stop(StopReason.HARD_LIMIT)
        return None

    def _bury(self, lease: Lease) -> Failure:
        self.stop()
        reason = lease.reason
        how = f"exit code {self._process.exitcode}" if reason is None else reason.value
        log.warning("job_child_ended", how=how)
        return failure_without_stack(WorkerLostError(how=how))


def child_of_this_thread() -> Child:
    """Return this thread's child, starting another if the last one is used up."""
    child: Child | None = getattr(_own, "child", None)
    if child is None or not child.is_usable:
        if child is not None:
            child.stop()
        child = _own.child = Child()
    return child


def _order(lease: Lease) -> bytes:
    claim = lease.claim
    return json.dumps(
        {
            "actor": claim.actor,
            "args": claim.args,
            "job_id": str(claim.job_id),
            "attempt": claim.attempt,
            "token": claim.token,
            "tenant_id": str(claim.tenant_id or ""),
        }
    ).encode()


_own = threading.local()
