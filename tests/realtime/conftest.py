"""Sockets that are opened for a test, and a channel layer of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping

import pytest
from channels.layers import channel_layers

from realtime.auth import PROTOCOL
from realtime.routing import socket_router
from realtime.watching import Watching
from tests.realtime.sockets import (
    TOKEN,
    UPLOAD,
    Socket,
    authenticate,
    may_watch,
    state_of,
)


@pytest.fixture
def watching() -> Watching:
    return Watching(
        authenticate_token=authenticate,
        can_watch=may_watch,
        state=state_of,
        per_second=4,
    )


@pytest.fixture
async def open_socket(
    watching: Watching,
) -> AsyncIterator[Callable[..., Socket]]:
    opened: list[Socket] = []

    def make(
        path: str = f"/ws/v1/uploads/{UPLOAD}/",
        *,
        headers: Mapping[str, str] | None = None,
        protocols: tuple[str, ...] = (PROTOCOL, f"jwt.{TOKEN}"),
        watching: Watching = watching,
    ) -> Socket:
        given = {"host": "testserver", **(headers or {})}
        scope = {
            "type": "websocket",
            "scheme": "ws",
            "path": path,
            "query_string": b"",
            "headers": [(k.encode(), v.encode()) for k, v in given.items()],
            "subprotocols": list(protocols),
        }
        router = socket_router(uploads=watching, companies=watching)
        opened.append(Socket(router, scope))
        return opened[-1]

    yield make
    await asyncio.gather(*(socket.drop() for socket in opened))


@pytest.fixture(autouse=True)
def fresh_channel_layer() -> Iterator[None]:
    """Give each test's event loop a channel layer of its own."""
    channel_layers.backends.clear()
    yield
    channel_layers.backends.clear()
