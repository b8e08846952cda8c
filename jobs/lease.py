"""Keep the leases of a worker process, and stop the work whose lease is lost.

One thread does nothing else. It renews by the database's clock, notices a cancel
within a tick, writes down what the work tells, and gives a lease up by its own clock
when Postgres stays silent.
"""

import enum
import functools
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction

from jobs import clock, progress
from jobs.claim import Claim
from jobs.models import Job
from jobs.outage import NO_DATABASE
from jobs.states import State
from jobs.telling import Told

# How late a cancel or a lost lease is noticed: the promise is 2 s until the kill.
TICK_SECONDS = 0.5
# Renewals per lease: two may fail before it is lost.
BEATS_PER_LEASE = 3

log = structlog.get_logger(__name__)


class StopReason(enum.Enum):
    """Why work is stopped before it has ended by itself."""

    CANCELLED = "cancelled"
    LOST = "lost"
    HARD_LIMIT = "hard_limit"
    MEMORY_LIMIT = "memory_limit"
    HANDED_BACK = "handed_back"


class Lease:
    """One attempt's lease in this process. The first reason to stop it counts."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.renewed_at = time.monotonic()
        self._lock = threading.Lock()
        self._reason: StopReason | None = None
        self._lost = threading.Event()
        self._kill: Callable[[], None] | None = None
        self._told: Told | None = None
        self._written: Told | None = None

    @property
    def unwritten(self) -> Told | None:
        """Return what the work told last, unless that is written down."""
        return None if self._told is self._written else self._told

    def tell(self, told: Told) -> None:
        """Keep what the work tells until somebody writes it down; from any thread."""
        with self._lock:
            self._told = told.after(self._told)

    def note_written(self, told: Told) -> None:
        """Say that what was told is written down."""
        self._written = told

    @property
    def reason(self) -> StopReason | None:
        """Return why the work was stopped, or ``None``."""
        return self._reason

    def stop(self, reason: StopReason) -> None:
        """Stop the work, from any thread. Safe to call twice."""
        with self._lock:
            self._reason = self._reason or reason
            if reason is StopReason.LOST:
                self._lost.set()
            if self._kill is not None:
                self._kill()

    def attach(self, kill: Callable[[], None]) -> None:
        """Say how to stop the work; called at once if it was stopped already."""
        with self._lock:
            self._kill = kill
            if self._reason is not None:
                kill()

    def detach(self) -> None:
        """Say that there is nothing left to stop."""
        with self._lock:
            self._kill = None

    def wait_lost(self, *, seconds: float) -> bool:
        """Return whether the lease is lost within ``seconds``."""
        return self._lost.wait(seconds)


class LeaseKeeper:
    """The thread that keeps every lease of this process."""

    def __init__(self) -> None:
        self._leases: set[Lease] = set()
        self._changed = threading.Condition()
        self._next_beat_at = 0.0
        threading.Thread(target=self._run, name="leases", daemon=True).start()

    def keep(self, claim: Claim) -> Lease:
        """Keep a lease that was just claimed until it is let go."""
        lease = Lease(claim)
        with self._changed:
            self._leases.add(lease)
            self._changed.notify()
        return lease

    def let_go(self, lease: Lease) -> None:
        """Stop keeping a lease: its job is settled."""
        with self._changed:
            self._leases.discard(lease)

    def leases(self) -> tuple[Lease, ...]:
        """Return the leases kept at this moment."""
        with self._changed:
            return tuple(self._leases)

    def _run(self) -> None:
        pause = threading.Event()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._leases))
            pause.wait(TICK_SECONDS)
            try:
                self._tick(self.leases())
            except NO_DATABASE as exc:
                log.warning("leases_not_renewed", error=type(exc).__name__)
                connection.close()
            give_up_silent(self.leases())

    def _tick(self, leases: tuple[Lease, ...]) -> None:
        if not leases:
            # An idle worker needs no connection for this.
            connection.close()
            return
        asked_at = time.monotonic()
        if asked_at >= self._next_beat_at:
            renew(leases)
            self._next_beat_at = asked_at + beat_seconds()
        stop_what_may_not_go_on(leases)
        progress.write(leases)


def renew(leases: tuple[Lease, ...]) -> None:
    """Prolong leases that are still held.

    A row that is locked is being committed or settled by ourselves at this moment;
    waiting for it would keep the others from being renewed.
    """
    asked_at = time.monotonic()
    tokens = {lease.claim.job_id: lease.claim.token for lease in leases}
    with transaction.atomic():
        rows = (
            Job.objects.select_for_update(skip_locked=True)
            .filter(pk__in=list(tokens), state=State.RUNNING)
            .values_list("pk", "token")
        )
        held = [pk for pk, token in rows if tokens[pk] == token]
        Job.objects.filter(pk__in=held).update(
            lease_expires_at=clock.after(_lease_time())
        )
    for lease in leases:
        if lease.claim.job_id in held:
            lease.renewed_at = asked_at


def stop_what_may_not_go_on(leases: tuple[Lease, ...]) -> None:
    """Stop the work of leases that another holds now, or that was cancelled."""
    rows = Job.objects.filter(pk__in=[lease.claim.job_id for lease in leases])
    found = {
        pk: (state, token, cancel_requested_at)
        for pk, state, token, cancel_requested_at in rows.values_list(
            "pk", "state", "token", "cancel_requested_at"
        )
    }
    for lease in leases:
        state, token, cancelled_at = found.get(lease.claim.job_id, ("", 0, None))
        if state != State.RUNNING or token != lease.claim.token:
            lease.stop(StopReason.LOST)
        elif cancelled_at is not None:
            lease.stop(StopReason.CANCELLED)


def give_up_silent(leases: tuple[Lease, ...]) -> None:
    """Stop the work whose lease has run out by our own clock: it is another's now."""
    now = time.monotonic()
    for lease in leases:
        if now - lease.renewed_at > settings.AYNI_JOBS_LEASE_SECONDS:
            lease.stop(StopReason.LOST)


def beat_seconds() -> float:
    """Return the time between two renewals."""
    lease: float = settings.AYNI_JOBS_LEASE_SECONDS
    return lease / BEATS_PER_LEASE


@functools.cache
def keeper() -> LeaseKeeper:
    """Return this process's keeper, starting it at the first call."""
    return LeaseKeeper()


def _lease_time() -> timedelta:
    return timedelta(seconds=settings.AYNI_JOBS_LEASE_SECONDS)
