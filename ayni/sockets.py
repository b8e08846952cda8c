"""What the sockets need from accounts and uploads, which ``realtime`` must not know."""

import uuid
from collections.abc import Mapping
from typing import Any

from channels.routing import URLRouter
from django.conf import settings
from rest_framework_simplejwt.tokens import AccessToken

from accounts.access import is_member
from accounts.errors import InvalidTokenError
from accounts.tokens import user_id_of
from realtime.auth import Visitor
from realtime.errors import SignInNeededError
from realtime.routing import socket_router
from realtime.watching import Watching
from uploads.access import can_watch_upload
from uploads.selectors import progress_of


def socket_application() -> URLRouter:
    """Return the application that serves every socket."""
    return socket_router(
        uploads=Watching(
            authenticate_token=visitor_of_token,
            can_watch=can_watch_upload,
            state=progress_of,
            per_second=settings.AYNI_PROGRESS_PER_SECOND,
        ),
        companies=Watching(
            authenticate_token=visitor_of_token,
            can_watch=is_member,
            state=company_state,
            per_second=settings.AYNI_PROGRESS_PER_SECOND,
        ),
    )


def visitor_of_token(raw: str) -> Visitor:
    """Return who an access token speaks for, and until when."""
    try:
        user_id = user_id_of(raw)
    except InvalidTokenError as exc:
        raise SignInNeededError from exc
    # Its signature was just checked; this only reads what it says.
    token = AccessToken(raw, verify=False)  # type: ignore[arg-type]
    return Visitor(user_id=user_id, expires_at=float(token["exp"]))


def company_state(company_id: uuid.UUID) -> Mapping[str, Any]:
    """Return what a socket on a company starts with."""
    return {"company_id": str(company_id)}
