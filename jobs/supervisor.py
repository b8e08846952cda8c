"""Start the worker processes, restart the ones that die, stop them all in good order.

A pool does not die with one process: whatever ends unasked is replaced, and the jobs it
held are given to others at once instead of after their leases.
"""

import dataclasses
import multiprocessing
import os
import signal
import threading
import time
import uuid
from multiprocessing.context import SpawnProcess
from types import FrameType

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections

from jobs import spawned, workers
from jobs.ids import new_id

SPAWN = multiprocessing.get_context("spawn")
# How often the processes are looked at.
LOOK_SECONDS = 0.2
# A process that dies younger than this is not replaced before that age: one that cannot
# start would otherwise take a whole core by starting.
YOUNG_SECONDS = 2.0
# Beyond the grace time: handing back and closing connections.
EXIT_SECONDS = 10.0

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What the worker processes of one supervisor are told."""

    processes: int
    threads: int
    queues: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One worker process."""

    worker_id: uuid.UUID
    process: SpawnProcess
    started_at: float
    is_death_noted: bool = False


def supervise(crew: Crew) -> None:
    """Run the crew until SIGTERM or SIGINT; a second signal kills it.

    Runs in the main thread. Returns when every process has ended.
    """
    stopping, urgent = threading.Event(), threading.Event()
    _listen_for_signals(stopping, urgent)
    _share_cores(crew)
    hands = [_hire(crew) for _ in range(crew.processes)]
    log.info("workers_started", processes=crew.processes, queues=list(crew.queues))
    while not stopping.wait(LOOK_SECONDS):
        hands = [_replace_if_dead(hand, crew) for hand in hands]
    _dismiss(hands, urgent)
    log.info("workers_stopped")


def _listen_for_signals(stopping: threading.Event, urgent: threading.Event) -> None:
    def stop(_signum: int, _frame: FrameType | None) -> None:
        if stopping.is_set():
            urgent.set()
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _share_cores(crew: Crew) -> None:
    """Tell libraries with a thread pool of their own how many cores are theirs."""
    cores = max(1, (os.cpu_count() or 1) // crew.processes)
    for name in settings.AYNI_JOBS_CORE_VARIABLES:
        # Written for the children, which inherit it; nothing is read here.
        os.environ.setdefault(name, str(cores))  # noqa: TID251 - see above


def _hire(crew: Crew) -> Hand:
    worker_id = new_id()
    process = SPAWN.Process(
        target=spawned.work,
        args=(str(worker_id), crew.queues, crew.threads),
        name="worker",
    )
    process.start()
    return Hand(worker_id=worker_id, process=process, started_at=time.monotonic())


def _replace_if_dead(hand: Hand, crew: Crew) -> Hand:
    if hand.process.is_alive():
        return hand
    if not hand.is_death_noted:
        log.error("worker_died", pid=hand.process.pid, exit_code=hand.process.exitcode)
        _note_death(hand)
        hand = dataclasses.replace(hand, is_death_noted=True)
    if time.monotonic() - hand.started_at < YOUNG_SECONDS:
        return hand
    return _hire(crew)


def _note_death(hand: Hand) -> None:
    close_old_connections()
    try:
        workers.sign_off(hand.worker_id)
        ended = workers.end_leases(hand.worker_id)
    except (OperationalError, InterfaceError) as exc:
        # Their leases run out by themselves.
        log.warning("worker_death_not_noted", error=type(exc).__name__)
    else:
        log.info("leases_ended", worker_id=str(hand.worker_id), jobs=ended)


def _dismiss(hands: list[Hand], urgent: threading.Event) -> None:
    for hand in hands:
        hand.process.terminate()
    patience = settings.AYNI_JOBS_GRACE_SECONDS + EXIT_SECONDS
    deadline = time.monotonic() + patience
    while any(hand.process.is_alive() for hand in hands):
        if urgent.wait(LOOK_SECONDS) or time.monotonic() > deadline:
            break
    for hand in hands:
        if hand.process.is_alive():
            log.error("worker_killed", pid=hand.process.pid)
            hand.process.kill()
        hand.process.join()
        if hand.process.exitcode != 0:
            _note_death(hand)
