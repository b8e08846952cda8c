"""Registering, and changing what people may change about themselves."""

import dataclasses

import structlog
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts import tokens
from accounts.errors import EmailTakenError, WeakPasswordError
from accounts.models import User

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What somebody says when registering; the password is in clear."""

    email: str
    password: str = dataclasses.field(repr=False)
    full_name: str = ""


def register(person: NewPerson) -> User:
    """Register somebody. Raises ``WeakPasswordError`` and ``EmailTakenError``."""
    _check_strength(
        person.password, User(email=person.email, full_name=person.full_name)
    )
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                person.email, person.password, full_name=person.full_name
            )
    except IntegrityError as exc:
        raise EmailTakenError from exc
    log.info("person_registered", user_id=str(user.pk))
    return user


def rename(user: User, full_name: str) -> User:
    """Change somebody's name."""
    user.full_name = full_name
    user.save(update_fields=["full_name"])
    return user


def change_password(user: User, new_password: str) -> None:
    """Set a new password; every session and every token of the person ends.

    The caller has proven the current one, and keeps its own session if it wants to.
    Raises ``WeakPasswordError``; nothing has changed then.
    """
    _check_strength(new_password, user)
    with transaction.atomic():
        user.set_password(new_password)
        user.save(update_fields=["password"])
        tokens.revoke_all(user)
    log.info("password_changed", user_id=str(user.pk))


def _check_strength(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as exc:
        raise WeakPasswordError(reasons=exc.messages) from exc
