"""One worker process: it signs in, works through its threads, and stops in good order.

Stopping takes no new job, waits for those at work, and hands back what does not end in
time, so that nothing waits for a lease to run out.
"""

import functools
import multiprocessing
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Callable
from types import FrameType
from typing import cast

import dramatiq
import structlog
from django.conf import settings
from django.db import close_old_connections
from dramatiq.worker import Worker

from jobs import actorchecks, loading, settle, spawned, workers
from jobs.broker import HintBroker
from jobs.lease import StopReason, beat_seconds, keeper
from jobs.middleware.warmth import Warmth
from jobs.outage import NO_DATABASE
from jobs.rota import Rota
from jobs.slots import Slots

# A worker counts as silent after a lease; three signs fit into any.
SIGN_SECONDS = 5.0
# How long a killed child and its settling may take: about 20 ms were measured.
HAND_BACK_SECONDS = 5.0

log = structlog.get_logger(__name__)


def work_until_stopped(
    worker_id: uuid.UUID,
    *,
    queues: tuple[str, ...],
    threads: int,
    tell: Callable[[], None],
) -> None:
    """Be a worker process until SIGTERM.

    Runs in the main thread, which gives the signs of life. ``tell`` is called once,
    when it is at work.
    """
    stopping = _listen_for_signals()
    loading.load_actors()
    if actorchecks.are_refused(queues):
        sys.exit(actorchecks.EXIT_REFUSED)
    identity = workers.identify(worker_id, queues=queues, threads=threads)
    workers.sign_in(identity)
    try:
        worker = _start(queues, threads)
        log.info("worker_started", queues=list(queues), threads=threads)
        tell()
        while not stopping.wait(min(SIGN_SECONDS, beat_seconds())):
            _try_to_write(lambda: workers.give_sign_of_life(identity))
        log.info("worker_stopping")
        _drain(worker)
    finally:
        for child in multiprocessing.active_children():
            # It does not listen to the SIGTERM it would be sent, and waited for.
            child.kill()
    _try_to_write(lambda: workers.sign_off(identity.id))
    log.info("worker_stopped")


def _listen_for_signals() -> threading.Event:
    """Return what SIGTERM sets, however often it comes.

    Whoever stops a whole group tells a worker twice, by himself and through its
    supervisor. Only that one knows what was asked for twice, and kills.
    """
    stopping = threading.Event()

    def stop(_signum: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    # Without its supervisor a worker finishes what it has and goes.
    spawned.watch_parent(lambda: os.kill(os.getpid(), signal.SIGTERM))
    return stopping


def _start(queues: tuple[str, ...], threads: int) -> Worker:
    broker = cast("HintBroker", dramatiq.get_broker())
    broker.slots = Slots(threads)
    broker.rota = Rota(queues)
    if loading.has_isolated_actor(frozenset(queues)):
        broker.add_middleware(Warmth())
    for queue in queues:
        broker.declare_queue(queue)
    worker = Worker(broker, queues=set(queues), worker_threads=threads)
    worker.start()
    return worker


def _drain(worker: Worker) -> None:
    broker = cast("HintBroker", worker.broker)
    broker.slots.close()
    for thread in worker.workers:
        thread.stop()
    _join(worker, seconds=settings.AYNI_JOBS_GRACE_SECONDS)
    for lease in keeper().leases():
        log.info("job_handed_back", job_id=str(lease.claim.job_id))
        lease.stop(StopReason.HANDED_BACK)
    _join(worker, seconds=HAND_BACK_SECONDS if keeper().leases() else 0)
    for lease in keeper().leases():
        # Work in a thread cannot be stopped; without its token it can commit nothing.
        job_id, token = lease.claim.job_id, lease.claim.token
        _try_to_write(functools.partial(settle.hand_back, job_id, token=token))
    broker.wakeups.stop()
    worker.stop(timeout=1_000)


def _join(worker: Worker, *, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for thread in worker.workers:
        thread.join(max(0.0, deadline - time.monotonic()))


def _try_to_write(write: Callable[[], object]) -> None:
    close_old_connections()
    try:
        write()
    except NO_DATABASE as exc:
        log.warning("worker_not_noted", error=type(exc).__name__)
