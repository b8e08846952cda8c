"""Work that no worker should be given: it dies, hangs or raises, every time."""

import ctypes
import os
import signal
import threading

from jobs.actors import job_actor
from jobs.backoff import Backoff
from jobs.fence import CurrentJob

QUEUE = "processing"
MOST_ATTEMPTS = 3
HARD_LIMIT_SECONDS = 2.0
AGAIN_SOON = Backoff(base_seconds=0.2)
FOR_EVER_SECONDS = 3600


@job_actor(queue=QUEUE, isolated=True, max_attempts=MOST_ATTEMPTS)
def kill_own_process(_job: CurrentJob) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@job_actor(queue=QUEUE, isolated=True, max_attempts=MOST_ATTEMPTS)
def kill_worker(_job: CurrentJob) -> None:
    os.kill(os.getppid(), signal.SIGKILL)
    threading.Event().wait()


@job_actor(
    queue=QUEUE,
    isolated=True,
    max_attempts=MOST_ATTEMPTS,
    soft_limit_seconds=HARD_LIMIT_SECONDS / 2,
    hard_limit_seconds=HARD_LIMIT_SECONDS,
    backoff=AGAIN_SOON,
)
def hang_in_c(_job: CurrentJob) -> None:
    # Called with the interpreter locked: no thread of the process runs meanwhile.
    ctypes.PyDLL(None).sleep(FOR_EVER_SECONDS)


@job_actor(queue=QUEUE, isolated=True, max_attempts=MOST_ATTEMPTS, backoff=AGAIN_SOON)
def raise_for_ever(_job: CurrentJob) -> None:
    raise ArithmeticError("it never adds up")
