"""An idle consumer wakes when something is sent, and holds no more than it may."""

import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

import dramatiq
import pytest
from django.conf import settings

from jobs.broker import HintBroker
from jobs.slots import Slots
from jobs.wakeup import LISTEN_SECONDS


@pytest.fixture
def broker() -> Iterator[HintBroker]:
    broker = HintBroker(
        url=settings.BROKER_URL, namespace=f"test-{uuid.uuid4().hex}", middleware=[]
    )
    broker.slots = Slots(1)
    yield broker
    broker.close()


def message() -> "dramatiq.Message[Any]":
    return dramatiq.Message(
        queue_name="scales", actor_name="weigh", args=(), kwargs={}, options={}
    )


def test_a_sleeping_consumer_is_woken(broker: HintBroker) -> None:
    consumer = broker.consume("scales")
    assert next(consumer) is None
    threading.Timer(0.1, broker.enqueue, [message()]).start()

    started = time.monotonic()
    assert next(consumer) is None
    woken_after = time.monotonic() - started

    assert woken_after < LISTEN_SECONDS / 2
    assert next(consumer) is not None


def test_without_a_free_thread_nothing_is_fetched(broker: HintBroker) -> None:
    broker.enqueue(message())
    broker.enqueue(message())
    consumer = broker.consume("scales")

    first = next(consumer)
    assert first is not None
    assert next(consumer) is None
    assert broker.messages_in("scales") == 1

    consumer.ack(first)
    assert next(consumer) is not None


def test_messages_that_were_found_in_vain_are_forgotten(broker: HintBroker) -> None:
    for _ in range(3):
        broker.enqueue(message())
    looked = broker.fetch("scales")
    broker.enqueue(message())
    assert looked is not None

    broker.forget("scales", up_to=looked.kwargs["heard"])

    assert broker.messages_in("scales") == 1
    latest = broker.fetch("scales")
    assert latest is not None
    assert latest.kwargs["heard"] == looked.kwargs["heard"] + 1


def test_what_was_fetched_and_not_read_can_be_read_by_others(
    broker: HintBroker,
) -> None:
    broker.enqueue(message())
    consumer = broker.consume("scales")
    fetched = next(consumer)
    assert fetched is not None

    consumer.requeue([fetched])

    assert broker.messages_in("scales") == 1


def test_no_queue_for_delayed_messages_is_declared(broker: HintBroker) -> None:
    broker.declare_queue("scales")

    assert broker.get_declared_queues() == {"scales"}
    assert broker.get_declared_delay_queues() == set()


def test_the_client_neither_retries_nor_waits_for_ever(broker: HintBroker) -> None:
    connection: Any = broker.client.connection_pool.make_connection()

    assert connection.retry.get_retries() == 0
    assert 0 < connection.socket_timeout < 10
    assert 0 < connection.socket_connect_timeout < 10
