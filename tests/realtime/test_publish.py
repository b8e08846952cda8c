"""Publishing to a layer that works, one that is gone and one that hangs."""

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from threading import Thread

import redis
from channels_redis.core import RedisChannelLayer
from django.conf import settings

from realtime.publish import PATIENCE_SECONDS, Publisher, deliveries, publish
from tests.realtime.sockets import progressed


@contextlib.contextmanager
def layer_that_hangs() -> Iterator[str]:
    """Accept connections and never answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def layer_at(address: str) -> RedisChannelLayer:
    return RedisChannelLayer(
        hosts=[{"address": address, "socket_timeout": None}], prefix="test"
    )


def unused_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def eventually(condition: Callable[[], bool], *, seconds: float = 5.0) -> bool:
    """Poll ``condition`` until it holds or the deadline is past."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
    return True


def publish_many() -> None:
    for sequence in range(25):
        publish(progressed(sequence))


def test_an_event_is_delivered_when_publish_returns() -> None:
    before = deliveries().delivered

    publish(progressed(1))

    assert deliveries().delivered == before + 1


def test_many_threads_publish_over_one_connection() -> None:
    publish(progressed(1))
    before = deliveries()
    threads = [Thread(target=publish_many) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert eventually(lambda: deliveries().delivered == before.delivered + 200)
    assert deliveries().lost == before.lost


def test_a_layer_that_is_gone_costs_no_error_and_no_time() -> None:
    publisher = Publisher(layer_at(unused_address()))

    started = time.monotonic()
    for sequence in range(20):
        publisher.publish(progressed(sequence))

    assert time.monotonic() - started < 2 * PATIENCE_SECONDS
    assert eventually(lambda: publisher.lost == 20)
    publisher.stop()


def test_a_layer_that_hangs_delays_only_the_first_caller() -> None:
    with layer_that_hangs() as address:
        publisher = Publisher(layer_at(address))

        started = time.monotonic()
        for sequence in range(20):
            publisher.publish(progressed(sequence))

        assert time.monotonic() - started < 2 * PATIENCE_SECONDS
        publisher.stop()


def test_a_connection_that_broke_costs_no_event() -> None:
    publisher = Publisher(
        layer_at(settings.CHANNELS_URL + "?client_name=publisher-under-test")
    )
    publisher.publish(progressed(1))
    assert publisher.delivered == 1

    with redis.Redis.from_url(settings.CHANNELS_URL) as admin:
        for client in admin.client_list():
            if client["name"] == "publisher-under-test":
                admin.client_kill_filter(_id=client["id"])
    publisher.publish(progressed(2))

    assert eventually(lambda: publisher.delivered == 2)
    assert publisher.lost == 0
    publisher.stop()
