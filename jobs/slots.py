"""How many messages a worker process may hold: one for each thread that is free.

Dramatiq prefetches per queue, so that a message can sit behind a long job while other
workers are idle. With slots shared by all queues nothing is fetched before a thread can
start it.
"""

import threading


class Slots:
    """Free threads of this process, and which messages occupy the others."""

    def __init__(self, threads: int) -> None:
        self._lock = threading.Lock()
        self._free = threads
        self._holders: set[str] = set()
        self.is_closed = False

    @property
    def is_any_free(self) -> bool:
        """Return whether a slot could be taken at this moment."""
        return self._free > 0

    def take(self) -> bool:
        """Take a slot if one is free."""
        with self._lock:
            if self._free < 1:
                return False
            self._free -= 1
            return True

    def give_back(self) -> None:
        """Return a slot that was taken in vain."""
        with self._lock:
            self._free += 1

    def occupy(self, message_id: str) -> None:
        """Say which message the slot was taken for."""
        with self._lock:
            self._holders.add(message_id)

    def vacate(self, message_id: str) -> None:
        """Return the message's slot; a second call does nothing."""
        with self._lock:
            if message_id in self._holders:
                self._holders.remove(message_id)
                self._free += 1

    def close(self) -> None:
        """Let no further slot be taken: the worker is stopping."""
        with self._lock:
            # More than any number of threads can give back.
            self._free = -(10**6)
            self.is_closed = True
