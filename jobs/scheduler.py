"""The scheduler process: while it leads it sweeps and fires schedules."""

import signal
import sys
import threading
import time
from types import FrameType

import structlog
from django.conf import settings
from django.db import close_old_connections

from jobs import actorchecks, leader, loading, schedule, sweep
from jobs.leader import Leadership
from jobs.outage import NO_DATABASE

# Forgetting what is old is not urgent.
FORGET_SECONDS = 60.0

log = structlog.get_logger(__name__)


def run_until_stopped() -> None:
    """Lead or stand by until SIGTERM or SIGINT. Runs in the main thread.

    Loads the actors: whoever ends the attempts of a lost worker runs their hooks.
    """
    stopping = threading.Event()

    def stop(_signum: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    loading.load_actors()
    if actorchecks.are_refused():
        sys.exit(actorchecks.EXIT_REFUSED)
    leader.end_stalled_transactions()
    scheduler = Scheduler()
    while not stopping.is_set():
        scheduler.make_pass()
        stopping.wait(settings.AYNI_JOBS_SWEEP_SECONDS)
    scheduler.stop()


class Scheduler:
    """One scheduler; ``make_pass`` does nothing while another one leads."""

    def __init__(self) -> None:
        self._leadership = Leadership()
        # Nothing is known before the first pass.
        self._leads: bool | None = None
        self._forget_at = 0.0

    def make_pass(self) -> bool:
        """Do what is due if this scheduler leads; return whether it does.

        Database trouble ends the pass: the next one starts from what is there.
        """
        close_old_connections()
        try:
            if not self._take_lead():
                return False
            schedule.fire_due()
            sweep.sweep()
            if time.monotonic() >= self._forget_at:
                forgotten = sweep.forget_old()
                # After a full batch there is more: the next pass goes on, or more jobs
                # than 8 a second would never be forgotten.
                if forgotten < sweep.BATCH_ROWS:
                    self._forget_at = time.monotonic() + FORGET_SECONDS
        except NO_DATABASE as exc:
            log.warning("scheduler_pass_broken_off", error=type(exc).__name__)
        return True

    def stop(self) -> None:
        """Let another one lead."""
        self._leadership.give_up()

    def _take_lead(self) -> bool:
        led = self._leads
        self._leads = self._leadership.is_held()
        if self._leads and not led:
            log.info("scheduler_leads")
            schedule.write_schedules()
        if not self._leads and led is not False:
            log.info("scheduler_stands_by")
        return self._leads
