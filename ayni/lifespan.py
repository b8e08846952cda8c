"""The start and end of the web process, as the server announces them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any


async def lifespan(
    _scope: Mapping[str, Any],
    receive: Callable[[], Awaitable[Any]],
    send: Callable[[dict[str, Any]], Awaitable[None]],
) -> None:
    """Say that nothing needs preparing, so that the server logs no unknown protocol."""
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})
