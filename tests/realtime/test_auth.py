"""Which pages may open a socket, and for whom the session speaks."""

import io

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.asgi import ASGIRequest
from pytest_django import Settings

from accounts.models import User
from realtime.auth import Visitor, identify, is_own_origin, offered_token
from realtime.errors import SignInNeededError
from tests.realtime.sockets import TOKEN, authenticate


def request_to(host: str, *, scheme: str = "https") -> ASGIRequest:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "scheme": scheme,
        "headers": [(b"host", host.encode())],
    }
    return ASGIRequest(scope, io.BytesIO())


@pytest.mark.parametrize(
    ("origin", "is_own"),
    [
        ("https://testserver", True),
        ("https://ventas.example", True),
        ("https://shop.ventas.example", False),
        ("https://a.tiendas.example", True),
        ("http://a.tiendas.example", False),
        ("https://tiendas.example.evil", False),
        ("http://testserver", False),
        ("https://testserver:8443", False),
        ("https://testserver.evil.example", False),
        ("https://evil.example", False),
        ("null", False),
        ("", False),
    ],
)
def test_only_our_pages_may_open_a_socket(
    settings: Settings, *, origin: str, is_own: bool
) -> None:
    settings.CSRF_TRUSTED_ORIGINS = [
        "https://ventas.example",
        "https://*.tiendas.example",
    ]

    assert is_own_origin(request_to("testserver"), origin) is is_own


def test_a_host_that_is_not_ours_has_no_own_origin() -> None:
    assert not is_own_origin(request_to("evil.example"), "https://evil.example")


@pytest.mark.parametrize(
    ("protocols", "token"),
    [
        (["ayni.v1", f"jwt.{TOKEN}"], TOKEN),
        ([f"jwt.{TOKEN}", "ayni.v1"], TOKEN),
        (["ayni.v1"], None),
        ([], None),
    ],
)
def test_a_token_is_found_among_the_protocols(
    protocols: list[str], token: str | None
) -> None:
    assert offered_token(protocols) == token


def handshake(session_key: str | None) -> dict[str, object]:
    cookie = f"{settings.SESSION_COOKIE_NAME}={session_key}".encode()
    return {
        "type": "websocket",
        "scheme": "ws",
        "path": "/",
        "headers": [
            (b"host", b"testserver"),
            (b"origin", b"http://testserver"),
            *([(b"cookie", cookie)] if session_key else []),
        ],
        "subprotocols": ["ayni.v1"],
    }


@pytest.fixture
def person(db: None) -> User:
    return User.objects.create_user("ana@example.com", "correct horse battery")


@pytest.fixture
def session(person: User) -> SessionStore:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session


def test_a_session_speaks_for_its_person(person: User, session: SessionStore) -> None:
    visitor = identify(handshake(session.session_key), authenticate)

    assert visitor == Visitor(user_id=person.pk)


@pytest.mark.parametrize("key", [None, "forged0123456789forged0123456789"])
@pytest.mark.django_db
def test_without_a_session_nobody_is_signed_in(key: str | None) -> None:
    with pytest.raises(SignInNeededError):
        identify(handshake(key), authenticate)


def test_a_changed_password_ends_the_session(
    person: User, session: SessionStore
) -> None:
    person.set_password("another horse battery")
    person.save()

    with pytest.raises(SignInNeededError):
        identify(handshake(session.session_key), authenticate)


def test_somebody_deactivated_is_not_signed_in(
    person: User, session: SessionStore
) -> None:
    person.is_active = False
    person.save()

    with pytest.raises(SignInNeededError):
        identify(handshake(session.session_key), authenticate)
