"""Tokens: a short access token, and a refresh token that is used once.

Every sign-in starts a family: the refresh token and all that replace it, one after the
other. Their ``jti`` begins with the family's name, so that one indexed search finds
them. A refresh token that comes back after it was replaced was copied by somebody: the
whole family is revoked, and with it the access tokens it gave out. Other sign-ins of
the same person live on.
"""

import dataclasses
import secrets
import uuid

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.token_blacklist.models import (
    BlacklistedToken,
    OutstandingToken,
)
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken
from rest_framework_simplejwt.utils import get_md5_hash_password

from accounts.errors import InvalidTokenError
from accounts.models import User

log = structlog.get_logger(__name__)
FAMILY = "family"
# What changes with the password, so that a change revokes every token.
FINGERPRINT = "hash_password"
# Random bytes; 128 bits, as many as a UUIDv4 is said to have.
NAME_BYTES = 16


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TokenPair:
    """What a sign-in and a refresh give out."""

    access: str
    refresh: str


def issue(user: User) -> TokenPair:
    """Start a family of tokens for somebody who proved who they are."""
    return _next_of(user, secrets.token_hex(NAME_BYTES))


def user_id_of(raw_access_token: str) -> uuid.UUID:
    """Return whom an access token speaks for; see ``user_of``."""
    return user_of(raw_access_token).pk


def user_of(raw_access_token: str) -> User:
    """Return the active person an access token speaks for.

    Raises ``InvalidTokenError`` for a token that is not ours, expired, of another kind
    or revoked: by a sign-out, a reused refresh token or a new password.
    """
    try:
        token = AccessToken(raw_access_token)  # type: ignore[arg-type]
    except TokenError as exc:
        raise InvalidTokenError from exc
    user = _owner(token)
    family = token.get(FAMILY)
    # Without a family are only tokens our own programs made, outside any sign-in.
    if family and not _living(family).exists():
        raise InvalidTokenError
    return user


def rotate(raw_refresh_token: str) -> TokenPair:
    """Exchange a refresh token for a new pair; it can be used only once.

    Raises ``InvalidTokenError``; if the token had been used already, its family is
    revoked as well.
    """
    token = _parsed(raw_refresh_token)
    with transaction.atomic():
        user = _owner(token, lock=True)
        pair = _next_of(user, token[FAMILY]) if _retire(token["jti"]) else None
        if pair is None:
            _revoke(token[FAMILY])
    if pair is None:
        log.warning("refresh_token_reused", user_id=str(user.pk))
        raise InvalidTokenError
    return pair


def revoke(raw_refresh_token: str) -> None:
    """Sign one family out; its access tokens end at once. Safe to call twice."""
    token = _parsed(raw_refresh_token)
    with transaction.atomic():
        user = _owner(token, lock=True)
        _revoke(token[FAMILY])
    log.info("signed_out", user_id=str(user.pk))


def revoke_all(user: User) -> None:
    """Revoke every refresh token of a person. Runs in the caller's transaction."""
    living = OutstandingToken.objects.filter(user=user, blacklistedtoken__isnull=True)
    _blacklist(living)


def _parsed(raw_refresh_token: str) -> RefreshToken:
    """Return a refresh token of ours, used or not.

    ``verify`` of the library refuses a used one as if it were a forged one; here the
    signature, the dates and the kind are checked, and who used it is asked later.
    """
    try:
        token = _UsedOrNot(raw_refresh_token)  # type: ignore[arg-type]
    except TokenError as exc:
        raise InvalidTokenError from exc
    if FAMILY not in token:
        raise InvalidTokenError
    return token


class _UsedOrNot(RefreshToken):
    """A refresh token that is not refused for having been used."""

    def check_blacklist(self) -> None:
        """Leave the question to ``rotate``, which asks it under a lock."""


def _owner(token: AccessToken | RefreshToken, *, lock: bool = False) -> User:
    """Return the token's active owner; locked, two uses of one family take turns."""
    people = User.objects.select_for_update(no_key=True) if lock else User.objects.all()
    try:
        user = people.get(pk=uuid.UUID(str(token.get("sub"))), is_active=True)
    except (ValueError, User.DoesNotExist) as exc:
        raise InvalidTokenError from exc
    if token.get(FINGERPRINT) != get_md5_hash_password(user.password):
        raise InvalidTokenError
    return user


def _next_of(user: User, family: str) -> TokenPair:
    token = RefreshToken()
    token["sub"] = str(user.pk)
    token[FINGERPRINT] = get_md5_hash_password(user.password)
    token[FAMILY] = family
    token["jti"] = f"{family}.{secrets.token_hex(NAME_BYTES)}"
    token.outstand()
    return TokenPair(access=str(token.access_token), refresh=str(token))


def _retire(jti: str) -> bool:
    """Blacklist one token; return whether it was still good."""
    return _blacklist(OutstandingToken.objects.filter(jti=jti)) == 1


def _revoke(family: str) -> None:
    _blacklist(_living(family))


def _living(family: str) -> QuerySet[OutstandingToken]:
    return OutstandingToken.objects.filter(
        jti__startswith=f"{family}.",
        blacklistedtoken__isnull=True,
        expires_at__gt=timezone.now(),
    )


def _blacklist(tokens: QuerySet[OutstandingToken]) -> int:
    """Blacklist tokens; return how many of them were not before."""
    found = list(tokens.filter(blacklistedtoken__isnull=True))
    BlacklistedToken.objects.bulk_create(
        [BlacklistedToken(token=token) for token in found], ignore_conflicts=True
    )
    return len(found)
