"""How far work says it is, on its way to whoever writes it down.

Pure but for the clock that keeps a child from saying more than anybody reads.
"""

import dataclasses
import math
import threading
import time
from collections.abc import Callable
from typing import Any, Self

from jobs.keeping import keepable

# As long as the column that keeps it.
NOTE_CHARS = 100
# A child says at most so often how far it is; its worker writes twice a second.
PAUSE_SECONDS = 0.25


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """``done`` of ``total``, in whatever unit the work counts, and what it is at."""

    done: float
    total: float
    note: str = ""

    @classmethod
    def of(cls, done: float, total: float, note: str) -> Self:
        """Return what was told, within what can be kept.

        Estimates may be wrong, so more than everything is everything, and of nothing
        everything is done. Raises ``ValueError`` for what is no number.
        """
        if not (math.isfinite(done) and math.isfinite(total)):
            raise ValueError(f"progress is {done} of {total}; allowed: numbers")
        whole = max(total, 0)
        note = keepable(note)[:NOTE_CHARS]
        return cls(done=min(max(done, 0), whole), total=whole, note=note)

    @property
    def share(self) -> float:
        """Return how much of the work is done, from 0 to 1."""
        return self.done / self.total if self.total else 1.0

    def after(self, known: "Told | None") -> "Told":
        """Return what is known now: a share never falls within an attempt."""
        if known is None or self.share >= known.share:
            return self
        return dataclasses.replace(known, note=self.note)


class Teller:
    """Passes on what work tells: at once if that is seldom, else the latest of it."""

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send
        self._lock = threading.Lock()
        self._known: Told | None = None
        self._held: Told | None = None
        self._next_at = 0.0

    def tell(self, told: Told) -> None:
        """Pass on or hold; may be called by any thread, as often as it likes."""
        with self._lock:
            self._held = self._known = told.after(self._known)
            if time.monotonic() >= self._next_at:
                self._pass_on()

    def finish(self) -> None:
        """Pass on what is held. Whatever a thread that was left behind tells is not."""
        with self._lock:
            self._pass_on()
            self._next_at = math.inf

    def _pass_on(self) -> None:
        if self._held is not None:
            self._send({"told": dataclasses.asdict(self._held)})
            self._held = None
            self._next_at = time.monotonic() + PAUSE_SECONDS
