"""How long a job waits before its next attempt. Pure: chance is handed in."""

import random

# The numbers of the system this one replaces: from 5 s, doubling, at most 10 minutes.
BASE_MS = 5_000
CEILING_MS = 600_000


def next_delay_ms(
    attempt: int,
    *,
    base_ms: int = BASE_MS,
    ceiling_ms: int = CEILING_MS,
    rng: random.Random,
) -> int:
    """Return how long to wait before attempt ``attempt + 1``, in milliseconds.

    The wait doubles with each attempt, starting at ``base_ms``, and never exceeds
    ``ceiling_ms``. The upper half of the wait is random, so that jobs which failed
    together do not come back together.

    ``attempt`` counts attempts already made and starts at 1.

    Raises ``ValueError`` if ``attempt`` is below 1: a first attempt does not wait, so
    asking is a bug in the caller.
    """
    if attempt < 1:
        raise ValueError(f"attempt is {attempt}; attempts already made start at 1")
    # Beyond this exponent any base of at least 1 ms has passed any sane ceiling.
    whole = min(ceiling_ms, base_ms << min(attempt - 1, 32))
    return whole - rng.randint(0, whole // 2)
