"""Waiting for a condition with a deadline; nothing sleeps."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from jobs import sweep

Found = TypeVar("Found")
POLL_SECONDS = 0.03


def until(condition: Callable[[], Found], *, seconds: float = 10.0) -> Found:
    """Return the first true answer; fail when the deadline is past."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not happen in time"
        pause.wait(POLL_SECONDS)
    return found


def until_swept(condition: Callable[[], Found], *, seconds: float = 10.0) -> Found:
    """Do what a scheduler does while waiting."""

    def sweep_and_ask() -> Found:
        sweep.sweep()
        return condition()

    return until(sweep_and_ask, seconds=seconds)
