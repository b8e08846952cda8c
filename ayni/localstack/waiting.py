"""Waiting for a condition with a deadline: the only way anything here waits."""

import threading
import time
from collections.abc import Callable

# Ten looks in the time a person calls instant; a look costs microseconds.
LOOK_EVERY_SECONDS = 0.02


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Return whether ``condition`` came true within ``seconds``.

    It is asked at once and at least twice, so a deadline of 0 still means a look.
    """
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not condition():
        if time.monotonic() >= deadline:
            return condition()
        pause.wait(LOOK_EVERY_SECONDS)
    return True
