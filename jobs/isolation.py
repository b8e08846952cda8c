"""The killable child: a spawned, warm process that does one isolated job at a time.

What crosses is JSON: the actor's name, its arguments and the right to commit there; how
far it is, and a failure or a result back. A child that dies takes one attempt with it,
and so does one that takes too much memory.
"""

import json
import multiprocessing
import time
from multiprocessing import connection
from typing import Any

import psutil
import structlog
from django.conf import settings

from jobs import spawned
from jobs.endings import Ending
from jobs.errors import WorkerLostError
from jobs.failures import Failure, failure_without_stack
from jobs.lease import Lease, StopReason
from jobs.policy import Policy
from jobs.telling import Told

# Fork after Polars was used hangs; a spawned process starts clean.
SPAWN = multiprocessing.get_context("spawn")
# How often a child's memory is looked at, which takes 0.02 ms. Polars may touch some
# 2 GB a second, so a child is at most about 100 MB above its limit when it is killed.
MEMORY_LOOK_SECONDS = 0.05
MEGABYTE = 1_000_000

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
        self._memory = psutil.Process(self._process.pid)
        self._is_bloated = False

    @property
    def is_usable(self) -> bool:
        """Return whether the child lives and may be given another job."""
        is_used_up = self._tasks_left < 1 or self._is_bloated
        return self._process.is_alive() and not is_used_up

    @property
    def pid(self) -> int | None:
        """Return the process id."""
        return self._process.pid

    def perform(self, lease: Lease, *, policy: Policy) -> Ending:
        """Do the leased job and return how it ended.

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
            return Ending(failure=self._bury(lease))
        # What this job left behind would count against the next one.
        self._is_bloated = self._takes_more_than(_memory_limit() / 2)
        return Ending.from_data(answer)

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
            while ready := self._wait(lease, until=started + limit):
                if self._pipe not in ready:
                    return None
                answer: dict[str, Any] = json.loads(self._pipe.recv_bytes())
                if "told" not in answer:
                    return answer
                lease.tell(Told(**answer["told"]))
            log.warning(event, seconds=limit)
        lease.stop(StopReason.HARD_LIMIT)
        return None

    def _wait(self, lease: Lease, *, until: float) -> list[Any]:
        """Return what is there: the child's answer, or its end; nothing if too late."""
        while True:
            left = max(0.0, until - time.monotonic())
            ready: list[Any] = connection.wait(
                [self._pipe, self._process.sentinel], min(left, MEMORY_LOOK_SECONDS)
            )
            if ready or left == 0.0:
                return ready
            if lease.reason is None and self._takes_more_than(_memory_limit()):
                log.warning("job_memory_limit_passed", bytes=_memory_limit())
                # It kills, so the next wait sees the end.
                lease.stop(StopReason.MEMORY_LIMIT)

    def _takes_more_than(self, limit_bytes: float) -> bool:
        """Return whether the child has more memory of its own; no limit is 0."""
        if not limit_bytes:
            return False
        try:
            memory = self._memory.memory_info()
        except psutil.Error:
            # It has just ended.
            return False
        # Pages of files and what is shared with others can be dropped, or are theirs.
        own: int = memory.rss - getattr(memory, "shared", 0)
        return own > limit_bytes

    def _bury(self, lease: Lease) -> Failure:
        self.stop()
        reason = lease.reason
        how = f"exit code {self._process.exitcode}" if reason is None else reason.value
        log.warning("job_child_ended", how=how)
        return failure_without_stack(WorkerLostError(how=how))


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


def _memory_limit() -> int:
    """Return how many bytes a child may take; 0 is no limit."""
    megabytes: int = settings.AYNI_JOBS_CHILD_MEMORY_MB
    return megabytes * MEGABYTE
