"""Bodies are stopped at the limit of their address, however they come."""

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from pytest_django import Settings

from ayni.body_limit import limit_of, with_body_limits
from uploads.api.receiving import FORM_OVERHEAD_BYTES

UPLOADS = f"/api/v1/companies/{uuid.uuid4()}/uploads/"
LIMIT = 1_000
ALLOWED = LIMIT + FORM_OVERHEAD_BYTES


@pytest.fixture(autouse=True)
def small_files(settings: Settings) -> None:
    settings.AYNI_UPLOAD_MAX_BYTES = LIMIT
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 500


class Exchange:
    """One request to an application that reads the whole body, as Django does."""

    def __init__(self, path: str, chunks: Iterable[bytes], length: str = "") -> None:
        self.taken = 0
        self.asked = 0
        self.sent: list[dict[str, Any]] = []
        self.was_reached = False
        self._chunks = iter(chunks)
        self._scope = {
            "type": "http",
            "path": path,
            "headers": [(b"content-length", length.encode())] if length else [],
        }

    async def run(self) -> None:
        await with_body_limits(self._application)(
            self._scope, self._receive, self._send
        )

    @property
    def answer(self) -> tuple[int, dict[str, Any]]:
        body = b"".join(message.get("body", b"") for message in self.sent)
        return self.sent[0]["status"], json.loads(body)

    async def _application(self, _: Any, receive: Any, send: Any) -> None:
        self.was_reached = True
        while (message := await receive())["type"] == "http.request":
            self.taken += len(message["body"])
            if not message["more_body"]:
                await send({"type": "http.response.start", "status": 200})
                await send({"type": "http.response.body", "body": b"{}"})
                return

    async def _receive(self) -> dict[str, Any]:
        self.asked += 1
        chunk = next(self._chunks, b"")
        return {"type": "http.request", "body": chunk, "more_body": bool(chunk)}

    async def _send(self, message: dict[str, Any]) -> None:
        self.sent.append(message)


def chunks_of(size_bytes: int) -> Iterator[bytes]:
    whole, rest = divmod(size_bytes, 1_000)
    yield from [b"x" * 1_000] * whole
    yield b"x" * rest


async def test_a_body_within_its_limit_passes() -> None:
    exchange = Exchange(UPLOADS, chunks_of(ALLOWED), str(ALLOWED))

    await exchange.run()

    assert exchange.answer == (200, {})
    assert exchange.taken == ALLOWED


async def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    exchange = Exchange(UPLOADS, chunks_of(ALLOWED + 1), str(ALLOWED + 1))

    await exchange.run()

    status, problem = exchange.answer
    assert (status, problem["code"]) == (413, "upload_too_large")
    assert problem["details"] == {"limit_bytes": LIMIT}
    assert not exchange.was_reached


@pytest.mark.parametrize("length", ["", "7", "-1", "many"], ids=str)
async def test_a_body_that_lies_or_says_nothing_is_stopped(length: str) -> None:
    exchange = Exchange(UPLOADS, chunks_of(10 * ALLOWED), length)

    await exchange.run()

    status, problem = exchange.answer
    assert (status, problem["code"]) == (413, "upload_too_large")
    assert exchange.taken <= ALLOWED


async def test_a_client_that_never_stops_sending_is_answered_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1_000

    exchange = Exchange(UPLOADS, endless())
    monkeypatch.setattr("ayni.body_limit.LINGER_SECONDS", 0.05)

    await exchange.run()

    assert exchange.answer[0] == 413
    assert exchange.taken <= ALLOWED


@pytest.mark.parametrize(
    "path",
    ["/api/v1/auth/token/", f"{UPLOADS}{uuid.uuid4()}/retry/", "/login/"],
    ids=["token", "retry", "login"],
)
async def test_other_addresses_take_far_less(path: str) -> None:
    exchange = Exchange(path, chunks_of(2_000))

    await exchange.run()

    assert exchange.answer[0] == 413
    assert exchange.answer[1]["code"] == "body_too_large"
    assert limit_of(path) == 500


async def test_sockets_pass_untouched() -> None:
    seen: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    await with_body_limits(application)({"type": "websocket"}, None, None)

    assert seen == ["websocket"]
