"""Tell browsers what happened, from any thread of any process, as best we can.

One event loop in one thread serves the whole process and keeps its connection to the
channel layer: ``async_to_sync`` would open a connection per event. A browser that
misses an event reads the same state by GET, so trouble here is counted and logged and
never reaches the caller.
"""

import asyncio
import concurrent.futures
import dataclasses
import functools
import os
import threading

import structlog
from channels.layers import BaseChannelLayer, get_channel_layer
from django.core.exceptions import ImproperlyConfigured
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError

from realtime.events import UploadEvent
from realtime.groups import company_group, upload_group

# How long a caller waits for its event to be delivered. A delivery takes about 1 ms;
# beyond this the channel layer is in trouble and the caller has better things to do.
PATIENCE_SECONDS = 0.25
# How long one delivery may take before it is given up.
DELIVERY_SECONDS = 2.0
# Events under way at once; more than that means nobody is taking them.
BACKLOG_EVENTS = 1_000

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """How many events this process delivered, and how many it had to drop."""

    delivered: int
    lost: int


def publish(event: UploadEvent) -> None:
    """Tell everybody who watches the event's upload or its company.

    Call it after commit. It never raises because of the channel layer and returns
    within ``PATIENCE_SECONDS``; while the layer is in trouble, at once. Events of one
    thread arrive in the order in which they were published. Publishing one twice is
    harmless: browsers drop a sequence number they have seen.
    """
    _publisher().publish(event)


def deliveries() -> Deliveries:
    """Return this process's counts since it started."""
    publisher = _publisher()
    return Deliveries(delivered=publisher.delivered, lost=publisher.lost)


class Publisher:
    """The event loop, its thread and its connection to the channel layer."""

    def __init__(self, layer: BaseChannelLayer) -> None:
        self.delivered = 0
        self.lost = 0
        self._layer = layer
        self._is_in_trouble = False
        self._room = threading.BoundedSemaphore(BACKLOG_EVENTS)
        self._turn = asyncio.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="publish", daemon=True)
        self._thread.start()

    def publish(self, event: UploadEvent) -> None:
        """Deliver ``event``, waiting for it only while deliveries are going well."""
        if not self._room.acquire(blocking=False):
            self.lost += 1
            return
        delivery = asyncio.run_coroutine_threadsafe(self._deliver(event), self._loop)
        if self._is_in_trouble:
            return
        done, _ = concurrent.futures.wait([delivery], timeout=PATIENCE_SECONDS)
        if not done:
            self._notice_trouble("slow")

    def stop(self) -> None:
        """End the thread and close the connection; what is under way is dropped."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        # The layer hooks into this and closes its connections first.
        self._loop.close()

    async def _deliver(self, event: UploadEvent) -> None:
        try:
            # The lock wakes waiters in the order they came, so events keep theirs.
            async with self._turn, asyncio.timeout(DELIVERY_SECONDS):
                await self._send(event)
        except (RedisError, OSError) as exc:
            self._count_loss(exc)
        else:
            self._count_delivery()
        finally:
            self._room.release()

    async def _send(self, event: UploadEvent) -> None:
        message = event.as_message()
        # One after the other, so that one connection is all this process needs.
        for group in (upload_group(event.upload_id), company_group(event.company_id)):
            try:
                await self._layer.group_send(group, message)
            except RedisConnectionError:
                # A connection from before the layer restarted fails once.
                await self._layer.group_send(group, message)

    def _count_loss(self, exc: Exception) -> None:
        self.lost += 1
        self._notice_trouble(type(exc).__name__)

    def _notice_trouble(self, error: str) -> None:
        if not self._is_in_trouble:
            self._is_in_trouble = True
            log.warning("events_not_delivered", error=error)

    def _count_delivery(self) -> None:
        self.delivered += 1
        if self._is_in_trouble:
            self._is_in_trouble = False
            log.info("events_delivered_again", lost=self.lost)


def _publisher() -> Publisher:
    # functools.cache alone would let two threads make one each.
    with _making:
        return _make_publisher()


@functools.cache
def _make_publisher() -> Publisher:
    layer = get_channel_layer()
    if layer is None:
        raise ImproperlyConfigured("CHANNEL_LAYERS has no default; events need one")
    return Publisher(layer)


_making = threading.Lock()
# A forked child has the object but not its thread.
os.register_at_fork(after_in_child=_make_publisher.cache_clear)
