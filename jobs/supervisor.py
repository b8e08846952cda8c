"""Start the worker processes, restart the ones that die, stop them all in good order.

A pool does not die with one process: whatever ends unasked is replaced, and the jobs it
held are given to others at once instead of after their leases. One that cannot even
start is replaced after a rest that grows.
"""

import dataclasses
import multiprocessing
import os
import signal
import threading
import time
import uuid
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import FrameType
from typing import Any

import structlog
from django.conf import settings
from django.db import close_old_connections

from jobs import spawned, workers
from jobs.actorchecks import EXIT_REFUSED
from jobs.contradictions import EXIT_SECONDS
from jobs.ids import new_id
from jobs.outage import NO_DATABASE

SPAWN = multiprocessing.get_context("spawn")
# How often the processes are looked at.
LOOK_SECONDS = 0.2
# The rests before a process that never got to work is tried again: one that cannot
# start would otherwise take a whole core by starting. The longest is what the end of an
# outage of Postgres waits for at worst.
REST_SECONDS = 0.5
LONGEST_REST_SECONDS = 10.0
# What the program exits with when it had to kill: not everything was finished.
EXIT_AFTER_KILL = 70

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """What the worker processes of one supervisor are told."""

    processes: int
    threads: int
    queues: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """One worker process, and the pipe by which it says that it is at work."""

    worker_id: uuid.UUID
    process: SpawnProcess
    news: "Connection[Any, Any]"
    # How often in a row its likes ended without having got to work.
    false_starts: int = 0
    # When the next one takes its place; none while it lives.
    replace_at: float | None = None


def supervise(crew: Crew) -> int:
    """Run the crew until SIGTERM or SIGINT; a second signal kills it.

    Runs in the main thread. Returns when every process has ended: 0 if all of them did
    so in good order, and ``EXIT_REFUSED`` if one will not work with these settings.
    """
    # What a child starts by itself, with Polars loaded, must not be forked either.
    multiprocessing.set_start_method("spawn", force=True)
    stopping, urgent = threading.Event(), threading.Event()
    _listen_for_signals(stopping, urgent)
    _share_cores(crew)
    hands = [_hire(crew) for _ in range(crew.processes)]
    log.info("workers_started", processes=crew.processes, queues=list(crew.queues))
    while not (stopping.wait(LOOK_SECONDS) or _settings_are_refused(hands)):
        hands = [_replace_if_dead(hand, crew) for hand in hands]
    is_refused = _settings_are_refused(hands)
    killed = _dismiss(hands, urgent)
    log.info("workers_stopped", killed=killed)
    if is_refused:
        return EXIT_REFUSED
    return EXIT_AFTER_KILL if killed else 0


def rest_seconds(false_starts: int) -> float:
    """Return the rest after so many starts in a row that came to nothing."""
    if not false_starts:
        return 0.0
    return min(REST_SECONDS * 2.0 ** (false_starts - 1), LONGEST_REST_SECONDS)


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


def _hire(crew: Crew, *, false_starts: int = 0) -> Hand:
    worker_id = new_id()
    news, theirs = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(
        target=spawned.work,
        args=(str(worker_id), crew.queues, crew.threads, theirs),
        name="worker",
    )
    process.start()
    # Theirs alone, or its end would not be seen.
    theirs.close()
    return Hand(
        worker_id=worker_id, process=process, news=news, false_starts=false_starts
    )


def _settings_are_refused(hands: list[Hand]) -> bool:
    """Return whether a worker has said that it can do nothing with these settings."""
    return any(hand.process.exitcode == EXIT_REFUSED for hand in hands)


def _replace_if_dead(hand: Hand, crew: Crew) -> Hand:
    if hand.process.is_alive():
        return hand
    if hand.replace_at is None:
        return _after_death(hand)
    if time.monotonic() < hand.replace_at:
        return hand
    return _hire(crew, false_starts=hand.false_starts)


def _after_death(hand: Hand) -> Hand:
    false_starts = 0 if _got_to_work(hand) else hand.false_starts + 1
    rest = rest_seconds(false_starts)
    log.error(
        "worker_died",
        pid=hand.process.pid,
        exit_code=hand.process.exitcode,
        rest_seconds=rest,
    )
    _note_death(hand)
    return dataclasses.replace(
        hand, false_starts=false_starts, replace_at=time.monotonic() + rest
    )


def _got_to_work(hand: Hand) -> bool:
    """Return whether a process that has ended had said so."""
    with hand.news:
        try:
            return bool(hand.news.recv_bytes())
        except (EOFError, OSError):
            return False


def _note_death(hand: Hand) -> None:
    close_old_connections()
    try:
        workers.sign_off(hand.worker_id)
        ended = workers.end_leases(hand.worker_id)
    except NO_DATABASE as exc:
        # Their leases run out by themselves.
        log.warning("worker_death_not_noted", error=type(exc).__name__)
    else:
        log.info("leases_ended", worker_id=str(hand.worker_id), jobs=ended)


def _dismiss(hands: list[Hand], urgent: threading.Event) -> int:
    """Ask each process to stop, kill those that do not, and return how many."""
    killed = 0
    for hand in hands:
        hand.process.terminate()
    log.info("workers_stopping")
    patience = settings.AYNI_JOBS_GRACE_SECONDS + EXIT_SECONDS
    deadline = time.monotonic() + patience
    while any(hand.process.is_alive() for hand in hands):
        if urgent.wait(LOOK_SECONDS) or time.monotonic() > deadline:
            break
    for hand in hands:
        if hand.process.is_alive():
            log.error("worker_killed", pid=hand.process.pid)
            hand.process.kill()
            killed += 1
        hand.process.join()
        if hand.process.exitcode != 0:
            _note_death(hand)
    return killed
