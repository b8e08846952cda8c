"""Whether this process lives and can serve, for supervisors and load balancers.

Answered before Django: a health check comes by address, without TLS and without a host
name that ``ALLOWED_HOSTS`` knows.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import redis
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

LIVE_PATH = "/healthz"
READY_PATH = "/readyz"
# A check that waits longer than its caller tells nothing.
PATIENCE_SECONDS = 2.0


def with_health_checks(application: Application) -> Application:
    """Answer ``/healthz`` (alive) and ``/readyz`` (database and Valkey answer)."""

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == LIVE_PATH:
            await _answer(send, {"process": True})
        elif scope["type"] == "http" and scope["path"] == READY_PATH:
            await _answer(send, await sync_to_async(services)())
        else:
            await application(scope, receive, send)

    return checked


def services() -> dict[str, bool]:
    """Return which of the services this process needs answer right now."""
    return {"database": _database_answers(), "valkey": _valkey_answers()}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _valkey_answers() -> bool:
    with redis.Redis.from_url(
        settings.BROKER_URL,
        socket_timeout=PATIENCE_SECONDS,
        socket_connect_timeout=PATIENCE_SECONDS,
        retry=None,
    ) as client:
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False


async def _answer(send: Send, checks: Mapping[str, bool]) -> None:
    body = json.dumps(dict(checks)).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
    ]
    status = 200 if all(checks.values()) else 503
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
