"""How long a job waits before its next attempt. Pure: chance is handed in."""

import dataclasses
import random

# Beyond this many steps any wait has passed any sane cap; it keeps the power finite.
LAST_STEP = 64
STEEPEST_FACTOR = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """The waits between the attempts of one job, in seconds.

    ``base_seconds`` after the first attempt, ``factor`` times as long after each
    further one, never more than ``cap_seconds``. ``jitter`` is the share of each wait
    that is left to chance: 0 waits exactly so long, 1 anything from nothing to that.
    The defaults are the numbers of the system this one replaces; half the wait is
    random, so that jobs which failed together do not come back together.

    Raises ``ValueError`` for numbers that make no sense.
    """

    base_seconds: float = 5.0
    factor: float = 2.0
    cap_seconds: float = 600.0
    jitter: float = 0.5

    def __post_init__(self) -> None:
        if not 0 <= self.base_seconds <= self.cap_seconds:
            raise ValueError(
                f"base_seconds is {self.base_seconds}; allowed: 0 to cap_seconds,"
                f" which is {self.cap_seconds}"
            )
        if not 1 <= self.factor <= STEEPEST_FACTOR:
            raise ValueError(
                f"factor is {self.factor}; allowed: 1 to {STEEPEST_FACTOR}"
            )
        if not 0 <= self.jitter <= 1:
            raise ValueError(f"jitter is {self.jitter}; allowed: 0 to 1")

    def delay_ms(self, attempt: int, *, rng: random.Random) -> int:
        """Return how long to wait before attempt ``attempt + 1``, in milliseconds.

        ``attempt`` counts attempts already made and starts at 1.

        Raises ``ValueError`` if ``attempt`` is below 1: a first attempt does not wait,
        so asking is a bug in the caller.
        """
        if attempt < 1:
            raise ValueError(f"attempt is {attempt}; attempts already made start at 1")
        grown = self.base_seconds * self.factor ** min(attempt - 1, LAST_STEP)
        whole = min(self.cap_seconds, grown)
        return round(1_000 * (whole - rng.uniform(0, whole * self.jitter)))
