"""Who sends a request: a token in the header, or the session of one of our pages."""

from typing import cast

from django.http import HttpRequest
from rest_framework import authentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from accounts.errors import CsrfFailedError, InvalidTokenError
from accounts.models import User
from accounts.tokens import user_of

SCHEME = "Bearer"


def person_of(request: Request) -> User:
    """Return who sends a request; only for views that need somebody signed in."""
    return cast("User", request.user)


class TokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer <access>``. With it, cookies are not looked at."""

    def authenticate(self, request: Request) -> tuple[User, str] | None:
        scheme, _, raw = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME.lower():
            return None
        if not raw.isascii():
            raise InvalidTokenError
        return user_of(raw.strip()), raw

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's hook
        return f'{SCHEME} realm="api"'


class PageAuthentication(authentication.SessionAuthentication):
    """The session cookie; whatever changes something needs the CSRF token too."""

    def enforce_csrf(self, request: Request | HttpRequest) -> None:
        try:
            super().enforce_csrf(request)  # type: ignore[arg-type]
        except PermissionDenied as exc:
            raise CsrfFailedError from exc
