"""Actors that do something small and visible; worker processes of tests load them.

Effects are lines in files, so that the work itself needs no table of its own.
"""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path
from typing import ClassVar

from django.db import transaction

from jobs.actors import job_actor
from jobs.backoff import Backoff
from jobs.fence import CurrentJob
from jobs.hooks import JobOutcome
from jobs.results import results_before

# What a child does not give back.
KEPT: list[bytearray] = []


class OutOfStockError(Exception):
    """The same order can never succeed."""

    code: ClassVar[str] = "out_of_stock"
    is_permanent: ClassVar[bool] = True


class ShopClosedError(Exception):
    """The same order may succeed later."""

    code: ClassVar[str] = "shop_closed"


def write(path: str, line: str) -> None:
    with Path(path).open("a", encoding="utf-8") as out:
        out.write(line + "\n")


@job_actor(queue="quick")
def note(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.job_id} {job.attempt} {time.time()}")


@job_actor(queue="quick")
def refuse(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt}")
    raise OutOfStockError("there is none left")


@job_actor(queue="quick")
def succeed_second_time(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt}")
    if job.attempt == 1:
        raise ShopClosedError("come back tomorrow")


@job_actor(queue="quick", backoff=Backoff(base_seconds=0))
def succeed_third_time(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt}")
    if job.attempt < 3:
        raise ShopClosedError("come back at once")


@job_actor(
    queue="heavy", isolated=True, permanent=(Exception,), transient=(ShopClosedError,)
)
def add_up(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt}")
    raise ArithmeticError("it does not")


def write_how_it_went(outcome: JobOutcome) -> None:
    """Note the end of an attempt beside the page, and that a transaction is open."""
    path, is_inside = outcome.args["path"], transaction.get_connection().in_atomic_block
    write(f"{path}.told", f"{outcome.attempt} {outcome.code or 'done'} {is_inside}")


@job_actor(
    queue="quick",
    max_attempts=2,
    backoff=Backoff(base_seconds=0),
    on_success=write_how_it_went,
    on_retry=write_how_it_went,
    on_failure=write_how_it_went,
)
def tell(job: CurrentJob, *, path: str, luck: int) -> None:
    """Fail until the attempt whose number is ``luck``."""
    write(path, f"{job.attempt}")
    if job.attempt < luck:
        raise ShopClosedError("come back at once")


@job_actor(queue="quick")
def weigh(_job: CurrentJob, *, grams: int) -> dict[str, int]:
    return {"grams": grams}


@job_actor(queue="heavy", isolated=True)
def weigh_apart(_job: CurrentJob, *, grams: int) -> dict[str, int]:
    return {"grams": grams, "pid": os.getpid()}


@job_actor(queue="quick")
def add_up_weights(job: CurrentJob) -> int:
    return sum(each["grams"] for each in results_before(job.job_id).values())


@job_actor(queue="heavy", isolated=True)
def return_path(_job: CurrentJob, *, path: str) -> Path:
    write(path, "done")
    return Path(path)


def count_to_the_gate(job: CurrentJob, gate: str) -> None:
    """Tell of every step inside a transaction, and stand still half-way."""
    pause = threading.Event()
    with transaction.atomic():
        for step in range(1, 1001):
            job.tell(step, 1000, note=f"step {step}")
            while step == 500 and not Path(gate).exists():
                pause.wait(0.02)
                job.tell(step - 1, 1000, note="waiting")


@job_actor(queue="quick")
def count(job: CurrentJob, *, gate: str) -> None:
    count_to_the_gate(job, gate)


@job_actor(queue="heavy", isolated=True)
def count_apart(job: CurrentJob, *, gate: str) -> None:
    count_to_the_gate(job, gate)


@job_actor(queue="heavy", isolated=True)
def note_apart(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt} {os.getpid()} {os.getppid()}")


@job_actor(queue="heavy", isolated=True)
def grow(job: CurrentJob, *, path: str, megabytes: int, gate: str = "") -> None:
    """Take so much memory, and keep it for good if there is a gate to wait for."""
    write(path, f"{job.attempt} {os.getpid()} {os.getppid()}")
    KEPT.append(bytearray(os.urandom(1_000)) * 1_000 * megabytes)
    pause = threading.Event()
    while gate and not Path(gate).exists():
        pause.wait(0.02)


@job_actor(queue="heavy", isolated=True)
def hang(job: CurrentJob, *, path: str) -> None:
    """Hang at the first attempt, in a way that no exception interrupts."""
    write(path, f"{job.attempt} {os.getpid()} {os.getppid()}")
    if job.attempt == 1:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        threading.Event().wait()


@job_actor(queue="heavy", isolated=True)
def write_behind_fence(job: CurrentJob, *, path: str, effect: str, gate: str) -> None:
    """At the first attempt wait for the gate, then have an effect if still allowed."""
    write(path, f"{job.attempt} {os.getpid()} {os.getppid()}")
    pause = threading.Event()
    while job.attempt == 1 and not Path(gate).exists():
        pause.wait(0.02)
    try:
        with transaction.atomic():
            job.hold()
            write(effect, f"{job.attempt}")
    finally:
        write(path, f"{job.attempt} has tried")


@job_actor(queue="heavy", isolated=True, max_attempts=3)
def kill_own_process(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt}")
    os.kill(os.getpid(), signal.SIGKILL)


@job_actor(queue="heavy", isolated=True, max_attempts=3)
def kill_worker(job: CurrentJob, *, path: str) -> None:
    write(path, f"{job.attempt}")
    os.kill(os.getppid(), signal.SIGKILL)
    threading.Event().wait()


@job_actor(
    queue="heavy",
    isolated=True,
    max_attempts=1,
    soft_limit_seconds=0.4,
    hard_limit_seconds=0.5,
)
def never_end(job: CurrentJob) -> None:
    threading.Event().wait()


@job_actor(queue="heavy", isolated=True)
def note_start_method(job: CurrentJob, *, path: str) -> None:
    write(path, multiprocessing.get_start_method())


@job_actor(queue="quick")
def hang_in_thread(job: CurrentJob, *, path: str) -> None:
    """Hang at the first attempt, where nobody can kill it."""
    write(path, f"{job.attempt} {os.getpid()} {os.getppid()}")
    if job.attempt == 1:
        threading.Event().wait()
