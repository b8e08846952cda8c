"""What the no-op of every contender does: it notes in Valkey when it started.

Peers' processes import this, so it must know neither Django nor Dramatiq nor Celery.
"""

import functools
import os
import time

import redis

# Beyond the databases that the stack and the two peers take.
TALLY_DATABASE, CELERY_DATABASE, DRAMATIQ_DATABASE = 13, 14, 15
KEY = "bench:starts"
# Longer than any job here waits; then the run is broken.
MOST_SECONDS = 60.0


def note_start() -> None:
    """Note that a job has started now."""
    client().rpush(KEY, time.time())


def next_start() -> float:
    """Wait for the next start that nobody has read yet; return when it was."""
    found = client().blpop([KEY], timeout=MOST_SECONDS)
    if found is None:
        raise TimeoutError(f"no job has started within {MOST_SECONDS:g} s")
    return float(found[1])


def address(database: int) -> str:
    """Return the address of another database of the stack's Valkey."""
    # Peers know none of our settings; the stack puts it into the environment.
    base = os.environ["REDIS_URL"]  # noqa: TID251 - see above
    return f"{base.rpartition('/')[0]}/{database}"


@functools.cache
def client() -> "redis.Redis":
    """Return this process's client."""
    return redis.Redis.from_url(address(TALLY_DATABASE), socket_timeout=None)
