"""Why an idle worker starts a job within milliseconds without asking all the time.

Whoever enqueues says so on a Valkey channel; one thread of each worker process listens
and wakes the consumer of that queue. What it misses, the next poll finds.
"""

import threading
from collections import defaultdict
from collections.abc import Callable

import redis
import structlog
from redis.exceptions import RedisError

# How long one wait for news lasts; it bounds how late a closed worker is noticed.
LISTEN_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Wakeups:
    """Events by queue, set by news from Valkey or from within the process."""

    def __init__(self, open_client: Callable[[], "redis.Redis"], channel: str) -> None:
        self._open_client = open_client
        self._channel = channel
        self._events: defaultdict[str, threading.Event] = defaultdict(threading.Event)
        self._stopping = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def clear(self, queue: str) -> None:
        """Forget news of ``queue``; call it before looking, so that none is missed."""
        self._ensure_listening()
        self._events[queue].clear()

    def wait(self, queue: str, *, seconds: float) -> None:
        """Return at news of ``queue`` since ``clear``, or when time has passed."""
        self._events[queue].wait(seconds)

    def wake(self, queue: str) -> None:
        """Let the consumer of ``queue`` look at once."""
        self._events[queue].set()

    def wake_all(self) -> None:
        """Let every consumer look at once."""
        for event in tuple(self._events.values()):
            event.set()

    def stop(self) -> None:
        """End the thread within ``LISTEN_SECONDS``."""
        self._stopping.set()
        self.wake_all()

    def _ensure_listening(self) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(
                    target=self._listen, name="wakeups", daemon=True
                )
                self._thread.start()

    def _listen(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen_once()
            except (RedisError, OSError) as exc:
                log.info("wakeups_interrupted", error=type(exc).__name__)
                self._stopping.wait(LISTEN_SECONDS)

    def _listen_once(self) -> None:
        with (
            self._open_client() as client,
            client.pubsub(ignore_subscribe_messages=True) as news,
        ):
            news.subscribe(self._channel)
            # What was sent while nobody listened.
            self.wake_all()
            while not self._stopping.is_set():
                message = news.get_message(timeout=LISTEN_SECONDS)
                if message is not None:
                    self._events[message["data"].decode()].set()
