"""Real signals to known processes. Each function says whether it struck home."""

import contextlib
import functools
import os
import signal
from collections.abc import Iterable

import psutil

from ayni.localstack.ending import has_ended
from ayni.localstack.waiting import wait_until
from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent

# SIGKILL takes milliseconds, on a busy machine many.
DEATH_SECONDS = 10.0
WORKER_OF = """
    SELECT max(worker.pid) FROM jobs_job AS job
    JOIN jobs_worker AS worker ON worker.id = job.worker_id
    WHERE job.state = 'running' AND job.args->>'upload_id' = %s
"""


def kill(pid: int | None, *, with_signal: signal.Signals = signal.SIGKILL) -> bool:
    """Send the signal, SIGKILL unless told otherwise, if there is such a process."""
    if pid is None:
        return False
    try:
        os.kill(pid, with_signal)
    except ProcessLookupError:
        return False
    return True


def await_death(pids: Iterable[int]) -> bool:
    """Return whether all of these processes end, as soon as killed ones do."""
    return all(
        wait_until(functools.partial(_is_dead, pid), seconds=DEATH_SECONDS)
        for pid in pids
    )


def worker_of(ground: Ground, sent: Sent) -> int | None:
    """Return the worker process that has the upload's job right now."""
    pid: int | None = ground.one(WORKER_OF, sent.upload_id)
    return pid


def children_of(pid: int | None) -> tuple[int, ...]:
    """Return the child processes of a process that may be gone."""
    if pid is None:
        return ()
    with contextlib.suppress(psutil.NoSuchProcess):
        children = psutil.Process(pid).children()
        return tuple(child.pid for child in children if works(child))
    return ()


def works(process: psutil.Process) -> bool:
    """Return whether it is one of ours, and not Python's keeper of shared resources.

    Any process that starts others has one again as soon as it was killed.
    """
    with contextlib.suppress(psutil.NoSuchProcess):
        return not any("resource_tracker" in word for word in process.cmdline())
    return False


def _is_dead(pid: int) -> bool:
    try:
        return has_ended(psutil.Process(pid))
    except psutil.NoSuchProcess:
        return True
