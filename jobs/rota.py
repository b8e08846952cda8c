"""Which of a worker's queues gets the next free thread. Pure.

The first one that has a message, in the order the worker was given them. One that was
passed over ``PATIENCE`` times while it had a message comes before all others once, so
that a busy queue makes the ones behind it slow and never stops them.
"""

import threading
from collections.abc import Mapping

# One thread in ten for the queues behind a busy one: enough that they move on.
PATIENCE = 9


class Rota:
    """The queues of one worker process in their order; any thread may ask."""

    def __init__(self, queues: tuple[str, ...] = ()) -> None:
        self.queues = queues
        self._lock = threading.Lock()
        self._passed_over = dict.fromkeys(queues, 0)
        self._last_served = queues[0] if queues else ""

    @property
    def is_needed(self) -> bool:
        """Return whether there is anything to choose between."""
        return len(self.queues) > 1

    @property
    def last_served(self) -> str:
        """Return the queue that gave the latest message: likely the next one too."""
        return self._last_served

    def choose(self, messages: Mapping[str, int]) -> str | None:
        """Return the queue whose turn it is, ``None`` if none has a message."""
        waiting = [queue for queue in self.queues if messages.get(queue)]
        with self._lock:
            for queue in waiting:
                if self._passed_over[queue] >= PATIENCE:
                    return queue
        return waiting[0] if waiting else None

    def note_served(self, served: str, messages: Mapping[str, int]) -> None:
        """Count that ``served`` gave a message while others had ``messages``."""
        with self._lock:
            self._last_served = served
            for queue in self.queues:
                if queue == served or not messages.get(queue):
                    self._passed_over[queue] = 0
                else:
                    self._passed_over[queue] += 1
