"""Where an attempt stands, told at most a few times a second from its own thread.

Telling is best effort: it never holds the work up and never ends it. Absolute numbers
make a report that was skipped harmless.
"""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import structlog
from django.db import Error as DatabaseError
from django.db import connection

from uploads.services.work import Phase, ProgressReport

# The milestones of design.md; in between, progress follows bytes read and rows merged.
VALIDATED = 10
PARSING = 30
STAGED = 60
FINALISING = 90
# A tenth of a second of work says nothing about the rest of it.
SHORTEST_SECONDS = 0.1

log = structlog.get_logger(__name__)


class Meter:
    """Turn what was done so far into reports whose percentage never falls."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """Start counting; ``clock`` gives seconds from any fixed moment."""
        self._clock = clock
        self._started = clock()
        self._percent = 0
        self._read = self._accepted = self._rejected = 0

    def validated(self) -> ProgressReport:
        """Report that the file was understood."""
        return self._report(Phase.READING, VALIDATED)

    def counted(
        self, *, accepted: int, rejected: int, share: float, until: int = STAGED
    ) -> ProgressReport:
        """Report rows read so far; ``share`` of the file's bytes, 0 to 1.

        ``until`` is the milestone that is reached with the last of them.
        """
        # A file that is read a second time, to be merged, is not told from zero again.
        self._accepted = max(self._accepted, accepted)
        self._rejected = max(self._rejected, rejected)
        self._read = self._accepted + self._rejected
        return self._report(Phase.READING, PARSING + (until - PARSING) * share)

    def merged(self, share: float) -> ProgressReport:
        """Report the share of the staged rows that is in place, 0 to 1."""
        return self._report(Phase.MERGING, STAGED + (FINALISING - STAGED) * share)

    def finalising(self) -> ProgressReport:
        """Report that all rows are in place and the rest is book-keeping."""
        return self._report(Phase.FINALISING, FINALISING)

    def rows_per_second(self) -> float | None:
        """Return the speed since the start; ``None`` while it is too early to say."""
        elapsed = self._clock() - self._started
        return self._read / elapsed if elapsed >= SHORTEST_SECONDS else None

    def _report(self, phase: Phase, percent: float) -> ProgressReport:
        self._percent = max(self._percent, min(int(percent), FINALISING))
        elapsed = self._clock() - self._started
        return ProgressReport(
            phase=phase,
            percent=self._percent,
            rows_read=self._read,
            rows_accepted=self._accepted,
            rows_rejected=self._rejected,
            rows_per_second=self.rows_per_second(),
            # The percentages are spread so that they grow about evenly with time.
            seconds_left=elapsed * (100 - self._percent) / self._percent
            if self._percent and elapsed >= SHORTEST_SECONDS
            else None,
        )


class Reporter:
    """A thread that tells the newest report, at most ``per_second`` times a second.

    Use it as a context manager. When the block ends, a report that was not yet told is
    dropped: whatever settles the upload says more than it would.
    """

    def __init__(
        self, tell: Callable[[ProgressReport], object], *, per_second: float
    ) -> None:
        self._tell = tell
        self._pause_seconds = 1 / per_second
        self._newest: ProgressReport | None = None
        self._wake = threading.Condition()
        self._is_over = False
        self._thread = threading.Thread(target=self._run, name="progress", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()
        self._thread.join()

    def report(self, report: ProgressReport) -> None:
        """Make this the newest report and return at once."""
        with self._wake:
            self._newest = report
            self._wake.notify()

    def stop(self) -> None:
        """Tell nothing more. A report that is being told may still be under way."""
        with self._wake:
            self._is_over = True
            self._wake.notify()

    def _run(self) -> None:
        try:
            while (report := self._next()) is not None:
                self._tell_quietly(report)
                self._rest()
        finally:
            connection.close()

    def _next(self) -> ProgressReport | None:
        with self._wake:
            self._wake.wait_for(lambda: self._is_over or self._newest is not None)
            newest, self._newest = self._newest, None
            return None if self._is_over else newest

    def _rest(self) -> None:
        with self._wake:
            self._wake.wait_for(lambda: self._is_over, timeout=self._pause_seconds)

    def _tell_quietly(self, report: ProgressReport) -> None:
        try:
            self._tell(report)
        except DatabaseError as exc:
            connection.close()
            log.warning("progress_not_told", error=type(exc).__name__)
