"""Dramatiq's Redis broker as a carrier of hints: awake at once, never patient.

Dramatiq's own retries, delays, time limits and age limits are off; all of that lives in
the job's row. This module is imported before the apps are ready: no models here.
"""

from typing import Any, cast

import redis
from dramatiq import Message, MessageProxy
from dramatiq.broker import Consumer
from dramatiq.brokers.redis import RedisBroker, _RedisConsumer
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from jobs.rota import Rota
from jobs.slots import Slots
from jobs.wakeup import LISTEN_SECONDS, Wakeups

# A web request waits this long at worst when Valkey hangs; commands take under 1 ms.
SOCKET_SECONDS = 3.0
CONNECT_SECONDS = 1.0
# A process that runs no worker fetches nothing.
NO_SLOTS = Slots(0)


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
        again: a hint that arrives twice is harmless.
        """
        try:
            return self._enqueue_and_wake(message, delay)
        except RedisConnectionError:
            return self._enqueue_and_wake(message, delay)

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
        """Let the first consumer look; it wakes the one whose turn it is."""
        if self.rota.is_needed:
            self.wakeups.wake(self.rota.queues[0])
        else:
            self.wakeups.wake_all()

    def close(self) -> None:
        """Stop listening for news and close the connections."""
        self.wakeups.stop()
        self.client.close()

    def _enqueue_and_wake(
        self, message: "Message[Any]", delay: int | None
    ) -> "Message[Any]":
        sent = super().enqueue(message.copy(), delay=delay)
        self.client.publish(f"{self.namespace}:wakeups", message.queue_name)
        return sent


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
        """Tell Valkey that the message is done with; its thread is free again."""
        self._vacate(message)
        super().ack(message)  # type: ignore[no-untyped-call]

    def nack(self, message: MessageProxy) -> None:
        """Put the message away as undeliverable; its thread is free again."""
        self._vacate(message)
        super().nack(message)  # type: ignore[no-untyped-call]

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
            found = self.broker.do_fetch(self.queue_name, 1)
            if not found or found[0] is None:
                return None
            message = MessageProxy(Message.decode(found[0]))
            slots.occupy(message.message_id)
            self.queued_message_ids.add(message.message_id)
            fetched = True
            return message
        finally:
            if not fetched:
                slots.give_back()

    def _vacate(self, message: MessageProxy) -> None:
        self.broker.slots.vacate(message.message_id)
        self.broker.wake_for_free_thread()


def open_client(url: str) -> "redis.Redis":
    """Return a client that neither retries nor waits for ever."""
    return redis.Redis.from_url(
        url,
        socket_timeout=SOCKET_SECONDS,
        socket_connect_timeout=CONNECT_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
