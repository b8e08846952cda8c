"""Proving who somebody is, by password. Wrong ones are counted and lock for a while.

Used by the API and by the login page alike, so that both count together.
"""

from typing import Any

import structlog
from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_cool_off
from django.contrib.auth import authenticate
from django.contrib.auth.models import update_last_login
from django.http import HttpRequest

from accounts.errors import SignInLockedError, WrongCredentialsError
from accounts.models import User

log = structlog.get_logger(__name__)


def prove(request: HttpRequest, *, email: str, password: str) -> User:
    """Return the active person with this address and password.

    Raises ``WrongCredentialsError``, or ``SignInLockedError`` after too many wrong
    passwords from one address. Neither tells whether the person exists, and both cost
    the same time: an unknown person's password is hashed as well.
    """
    user = authenticate(request=request, username=email, password=password)
    if isinstance(user, User):
        return user
    if getattr(request, "axes_locked_out", False):
        # Taken back, so that the middleware of axes leaves our answer as it is.
        request.axes_locked_out = False  # type: ignore[attr-defined]
        log.warning("sign_in_locked", email=email)
        raise SignInLockedError(retry_after_seconds=_cool_off_seconds(request))
    log.warning("sign_in_failed", email=email)
    raise WrongCredentialsError


def record_success(request: HttpRequest, user: User) -> None:
    """Note that somebody signed in without a session; wrong passwords are forgotten."""
    update_last_login(User, user)
    AxesProxyHandler.user_logged_in(sender=User, request=request, user=user)
    log.info("signed_in", user_id=str(user.pk))


def counted_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the name under which wrong passwords are counted.

    Addresses are compared without case, so the count is too: otherwise every way of
    writing one would have five tries of its own.
    """
    given = (credentials or {}).get("username") or request.POST.get("username") or ""
    return str(given).lower()


def _cool_off_seconds(request: HttpRequest) -> int:
    cool_off = get_cool_off(request)
    return round(cool_off.total_seconds()) if cool_off else 0
