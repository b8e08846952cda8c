"""Dramatiq's Redis broker as a carrier of hints: awake at once, never patient.

Dramatiq's own retries, delays, time limits and age limits are off; all of that lives in
the job's row. So do acknowledgements: a hint is gone once it was fetched, and what a
worker took with it when it died the sweep finds in the table.

This module is imported before the apps are ready: no models here.
"""

import contextlib
from collections.abc import Iterable
from typing import Any, cast

import redis
from dramatiq import Message, MessageProxy
from dramatiq.broker import Consumer
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.retry import Retry

from jobs.rota import Rota
from jobs.slots import Slots
from jobs.wakeup import LISTEN_SECONDS, Wakeups

# A web request waits this long at worst when Valkey hangs; commands take under 1 ms.
SOCKET_SECONDS = 3.0
CONNECT_SECONDS = 1.0
# A process that runs no worker fetches nothing.
NO_SLOTS = Slots(0)

# Hints are numbered in the order they were sent. Whoever found a queue of jobs empty
# knows that no hint from before it looked is worth reading. Where hints wait already,
# every thread is busy or was told: one that is free fetches all there are.
SEND = """
local number = redis.call("INCR", KEYS[2])
if redis.call("RPUSH", KEYS[1], number .. ":" .. ARGV[1]) == 1 then
    redis.call("PUBLISH", KEYS[3], ARGV[2])
end
"""
FETCH = """
return {redis.call("LPOP", KEYS[1]), redis.call("GET", KEYS[2])}
"""
FORGET = """
local first = redis.call("LINDEX", KEYS[1], 0)
while first and tonumber(first:match("^%d+")) <= tonumber(ARGV[1]) do
    redis.call("LPOP", KEYS[1])
    first = redis.call("LINDEX", KEYS[1], 0)
end
"""


class HintBroker(RedisBroker):
    """Sends and fetches hints.

    An idle consumer sleeps until ``enqueue`` anywhere wakes it. Fetching is bounded by
    ``slots``, which a worker sets to its threads before it starts, and follows its
    ``rota`` of queues.
    """

    def __init__(
        self, *, url: str, namespace: str, middleware: list[Any] | None = None
    ) -> None:
        self.url = url
        self.slots = NO_SLOTS
        self.rota = Rota()
        self.wakeups = Wakeups(lambda: open_client(url), f"{namespace}:wakeups")
        super().__init__(  # type: ignore[no-untyped-call]
            client=open_client(url), namespace=namespace, middleware=middleware
        )
        self._send = self.client.register_script(SEND)
        self._fetch = self.client.register_script(FETCH)
        self._forget = self.client.register_script(FORGET)

    @property
    def consumer_class(self) -> type[Consumer]:
        """Return the class that Dramatiq makes a consumer of for each queue."""
        return HintConsumer

    def declare_queue(self, queue_name: str) -> None:
        """Declare a queue without the one Dramatiq would keep delayed messages in."""
        if queue_name not in self.queues:
            self.emit_before("declare_queue", queue_name)
            self.queues.add(queue_name)
            self.emit_after("declare_queue", queue_name)

    def enqueue(
        self, message: "Message[Any]", *, delay: int | None = None
    ) -> "Message[Any]":
        """Send a message and wake whoever waits for its queue.

        A connection from before Valkey restarted fails once, so a broken one is tried
        again: a hint that arrives twice is harmless. ``delay`` is not for hints.
        """
        self.emit_before("enqueue", message, delay)
        try:
            self._send_and_wake(message)
        except RedisConnectionError:
            self._send_and_wake(message)
        self.emit_after("enqueue", message, delay)
        return message

    def fetch(self, queue_name: str) -> "Message[Any] | None":
        """Take the oldest message out of a queue.

        It tells the actor by ``heard`` which number was the latest that was sent.
        """
        data, latest = self._fetch(keys=self._keys(queue_name)[:2])
        if data is None:
            return None
        message = Message.decode(data.partition(b":")[2])
        return message.copy(kwargs={**message.kwargs, "heard": int(latest or 0)})

    def forget(self, queue_name: str, *, up_to: int) -> None:
        """Drop the messages up to a number, which somebody found to be in vain.

        Trouble with Valkey is of no consequence: each of them will be found in vain.
        """
        with contextlib.suppress(RedisError, OSError):
            self._forget(keys=self._keys(queue_name)[:1], args=[up_to])

    def messages_in(self, queue_name: str) -> int:
        """Return how many messages wait to be fetched from a queue."""
        return cast("int", self.client.llen(f"{self.namespace}:{queue_name}"))

    def waiting_messages(self) -> dict[str, int]:
        """Return how many messages wait in each queue of the rota, in one go."""
        queues = self.rota.queues
        with self.client.pipeline(transaction=False) as pipeline:
            for queue in queues:
                pipeline.llen(f"{self.namespace}:{queue}")
            return dict(zip(queues, pipeline.execute(), strict=True))

    def wake_for_free_thread(self) -> None:
        """Let one consumer look; it wakes the one whose turn it is, likely itself."""
        if self.rota.is_needed:
            self.wakeups.wake(self.rota.last_served)
        else:
            self.wakeups.wake_all()

    def may_serve_again(self, queue_name: str) -> bool:
        """Return whether a thread may do another job of a queue; count it if so.

        It may not while it is another queue's turn, or when nobody can tell.
        """
        if not self.rota.is_needed:
            return True
        try:
            waiting = self.waiting_messages()
        except (RedisError, OSError):
            return False
        if self.rota.choose(waiting) != queue_name:
            return False
        self.rota.note_served(queue_name, waiting)
        return True

    def close(self) -> None:
        """Stop listening for news and close the connections."""
        self.wakeups.stop()
        self.client.close()

    def _send_and_wake(self, message: "Message[Any]") -> None:
        name = message.queue_name
        self._send(keys=self._keys(name), args=[message.encode(), name])

    def _keys(self, queue_name: str) -> list[str]:
        """Return the list of a queue, the number of its latest, and the news."""
        name = f"{self.namespace}:{queue_name}"
        return [name, f"{name}.latest", f"{self.namespace}:wakeups"]


class HintConsumer(_RedisConsumer):
    """Fetches one message whenever a thread is free, and waits for news otherwise."""

    broker: HintBroker

    def __next__(self) -> MessageProxy | None:
        """Return a message, or ``None`` after some time without one."""
        wakeups = self.broker.wakeups
        wakeups.clear(self.queue_name)
        message = self._fetch_one()
        if message is None:
            wakeups.wait(self.queue_name, seconds=LISTEN_SECONDS)
        return message

    def ack(self, message: MessageProxy) -> None:
        """Note that the thread of the message is free again."""
        self.queued_message_ids.discard(message.message_id)
        self.broker.slots.vacate(message.message_id)
        self.broker.wake_for_free_thread()

    def nack(self, message: MessageProxy) -> None:
        """Note that the thread is free again: a hint is not put away."""
        self.ack(message)

    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        """Send hints again that were fetched and will not be read here."""
        for message in messages:
            self.broker.enqueue(message.copy(kwargs={}))

    def _fetch_one(self) -> MessageProxy | None:
        broker, rota = self.broker, self.broker.rota
        if not rota.is_needed:
            return self._fetch_into_slot()
        if not broker.slots.is_any_free:
            return None
        waiting = broker.waiting_messages()
        chosen = rota.choose(waiting)
        if chosen not in {None, self.queue_name}:
            broker.wakeups.wake(chosen)
            return None
        message = self._fetch_into_slot()
        if message is not None:
            rota.note_served(self.queue_name, waiting)
        elif chosen is not None and broker.slots.is_any_free:
            # Another worker was faster: what is behind this queue may have its turn.
            broker.wakeups.wake_all()
        return message

    def _fetch_into_slot(self) -> MessageProxy | None:
        slots = self.broker.slots
        if not slots.take():
            return None
        fetched = False
        try:
            message = self.broker.fetch(self.queue_name)
            if message is None:
                return None
            slots.occupy(message.message_id)
            self.queued_message_ids.add(message.message_id)
            fetched = True
            return MessageProxy(message)
        finally:
            if not fetched:
                slots.give_back()


def open_client(url: str) -> "redis.Redis":
    """Return a client that neither retries nor waits for ever."""
    return redis.Redis.from_url(
        url,
        socket_timeout=SOCKET_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
