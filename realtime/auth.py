"""Who opens a socket: a browser session, or a JWT in the list of subprotocols.

A browser cannot set headers on a socket, and an address ends in logs; the list of
subprotocols is the one place left for a token.
"""

import dataclasses
import importlib
import io
import math
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest
from django.utils.http import is_same_domain

from realtime.errors import OriginRefusedError, SignInNeededError

PROTOCOL = "ayni.v1"
TOKEN_PREFIX = "jwt."  # noqa: S105 - what announces a token, not one
HTTP_SCHEMES = {"ws": "http", "wss": "https"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """The person at the other end, until ``expires_at`` (seconds since the epoch)."""

    user_id: uuid.UUID
    expires_at: float = math.inf


def identify(
    scope: Mapping[str, Any], authenticate_token: Callable[[str], Visitor]
) -> Visitor:
    """Return who opened the socket; reads the session from the database.

    A token wins over a session. Raises ``SignInNeededError``, and
    ``OriginRefusedError`` when somebody else's page opened it: a browser sends the
    session cookie along no matter who asks.
    """
    request = _request_of(scope)
    token = offered_token(scope.get("subprotocols", ()))
    origin = request.headers.get("origin")
    if origin is None and token is None:
        raise OriginRefusedError
    if origin is not None and not is_own_origin(request, origin):
        raise OriginRefusedError
    return _visitor_of_session(request) if token is None else authenticate_token(token)


def offered_token(protocols: Iterable[str]) -> str | None:
    """Return the raw token among the offered subprotocols."""
    for protocol in protocols:
        if protocol.startswith(TOKEN_PREFIX):
            return protocol.removeprefix(TOKEN_PREFIX)
    return None


def is_own_origin(request: HttpRequest, origin: str) -> bool:
    """Return whether ``origin`` is this host, or one of ``CSRF_TRUSTED_ORIGINS``."""
    try:
        own = f"{request.scheme}://{request.get_host()}"
    except DisallowedHost:
        return False
    return origin == own or any(
        _matches(origin, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS
    )


def _matches(origin: str, trusted: str) -> bool:
    if "*" not in trusted:
        return origin == trusted
    given, pattern = urlsplit(origin), urlsplit(trusted)
    return given.scheme == pattern.scheme and is_same_domain(
        given.netloc, pattern.netloc.removeprefix("*")
    )


def _request_of(scope: Mapping[str, Any]) -> ASGIRequest:
    """Return the opening handshake as the GET request that it is."""
    scheme = HTTP_SCHEMES.get(scope.get("scheme", "ws"), "http")
    as_http = {**scope, "type": "http", "method": "GET", "scheme": scheme}
    return ASGIRequest(as_http, io.BytesIO())


def _visitor_of_session(request: ASGIRequest) -> Visitor:
    engine = importlib.import_module(settings.SESSION_ENGINE)
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    request.session = engine.SessionStore(key)
    user = get_user(request)
    if not user.is_authenticated:
        raise SignInNeededError
    return Visitor(user_id=user.pk)
