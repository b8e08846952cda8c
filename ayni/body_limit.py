"""No request brings more bytes than its address takes, whatever it says about itself.

Django writes a whole body to disk before a view can refuse it, so the bytes are counted
here, as they come: at most the limit reaches the disk. A body without a stated length,
or with a wrong one, is stopped like any other.
"""

import asyncio
import contextlib
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

from accounts.api.errors import BY_STATUS
from uploads.api.receiving import FORM_OVERHEAD_BYTES
from uploads.errors import UploadTooLargeError

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

UPLOAD_PATH = re.compile(r"/api/v1/companies/[^/]+/uploads/\Z")
TOO_LARGE = 413
# A client that is still sending reads our answer only if we do not hang up at once.
LINGER_SECONDS = 2.0


def with_body_limits(application: Application) -> Application:
    """Answer 413 for a body over the limit of its address, in our shape of errors."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await application(scope, receive, send)
            return
        meter = Meter(receive, limit_bytes=limit_of(scope["path"]))
        if not meter.is_over(_stated_length(scope)):
            await application(scope, meter.receive, send)
        if meter.was_exceeded:
            await _refuse(scope["path"], receive, send)

    return limited


def limit_of(path: str) -> int:
    """Return how many bytes a body sent to ``path`` may have."""
    if UPLOAD_PATH.match(path):
        return int(settings.AYNI_UPLOAD_MAX_BYTES) + FORM_OVERHEAD_BYTES
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


class Meter:
    """Counts the bytes of a body, and hangs up on the application at the limit."""

    def __init__(self, receive: Receive, *, limit_bytes: int) -> None:
        self.was_exceeded = False
        self._receive = receive
        self._limit_bytes = limit_bytes
        self._count = 0

    def is_over(self, size_bytes: int) -> bool:
        """Say whether so many bytes are too many, and remember it if they are."""
        self.was_exceeded = self.was_exceeded or size_bytes > self._limit_bytes
        return self.was_exceeded

    async def receive(self) -> Any:
        """Hand the next message on; beyond the limit, as if the client had left."""
        message = await self._receive()
        self._count += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.is_over(self._count) else message


def _stated_length(scope: Scope) -> int:
    stated = dict(scope["headers"]).get(b"content-length", b"0")
    return int(stated) if stated.isdigit() else 0


async def _refuse(path: str, receive: Receive, send: Send) -> None:
    body = json.dumps(_problem(path)).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    start = {"type": "http.response.start", "status": TOO_LARGE, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": body, "more_body": True})
    await _linger(receive)
    await send({"type": "http.response.body", "body": b""})


async def _linger(receive: Receive) -> None:
    now = asyncio.get_running_loop().time
    deadline = now() + LINGER_SECONDS
    # Bytes that are there already are handed over without waiting: both must end it.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout_at(deadline):
            while (await receive()).get("more_body", False) and now() < deadline:
                pass


def _problem(path: str) -> dict[str, Any]:
    if UPLOAD_PATH.match(path):
        error = UploadTooLargeError(limit_bytes=settings.AYNI_UPLOAD_MAX_BYTES)
        return {"code": error.code, "message": str(error), "details": error.facts}
    code, message = BY_STATUS[TOO_LARGE]
    return {"code": code, "message": message, "details": {}}
