"""Letting people into a company, changing their role, and letting them go.

Every change locks the company's row first and looks at permissions and owners only
then: two owners who remove each other at once must leave one.
"""

import dataclasses
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import transaction

from accounts.access import require
from accounts.errors import (
    AlreadyMemberError,
    LastOwnerError,
    MemberNotFoundError,
    PersonNotFoundError,
    RoleTooHighError,
)
from accounts.models import Company, Membership, User
from accounts.roles import Permission, Role

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changes the members of which company; needs ``MANAGE_USERS`` there."""

    user_id: uuid.UUID
    company_id: uuid.UUID


def add(change: Change, *, email: str, role: Role) -> Membership:
    """Let a registered person in.

    Raises ``PersonNotFoundError``, ``AlreadyMemberError`` and ``RoleTooHighError``.
    """
    with _locked(change) as actor:
        _check_rank(actor, role)
        person = User.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise PersonNotFoundError
        if actor.company.memberships.filter(user=person).exists():
            raise AlreadyMemberError
        member = actor.company.memberships.create(user=person, role=role)
    _log("member_added", change, member)
    return member


def change_role(change: Change, membership_id: uuid.UUID, *, role: Role) -> Membership:
    """Give a member another role.

    Raises ``MemberNotFoundError``, ``RoleTooHighError`` and ``LastOwnerError``.
    """
    with _locked(change) as actor:
        member = _member(actor, membership_id)
        _check_rank(actor, role, member.role)
        if role is not Role.OWNER:
            _check_not_last_owner(member)
        member.role = role
        member.save(update_fields=["role"])
    _log("member_role_changed", change, member)
    return member


def remove(change: Change, membership_id: uuid.UUID) -> None:
    """Let a member go; raises what ``change_role`` does."""
    with _locked(change) as actor:
        member = _member(actor, membership_id)
        _check_rank(actor, member.role)
        _check_not_last_owner(member)
        member.delete()
    _log("member_removed", change, member)


@contextmanager
def _locked(change: Change) -> Iterator[Membership]:
    """Yield the actor's membership while nobody else changes this company's members."""
    with transaction.atomic():
        rows = Company.with_deleted.select_for_update(no_key=True)
        rows.filter(pk=change.company_id).first()
        yield require(change.user_id, change.company_id, Permission.MANAGE_USERS)


def _member(actor: Membership, membership_id: uuid.UUID) -> Membership:
    members = actor.company.memberships.select_related("user")
    member = members.filter(pk=membership_id).first()
    if member is None:
        raise MemberNotFoundError
    return member


def _check_rank(actor: Membership, *roles: str) -> None:
    if Role.OWNER in roles and actor.role != Role.OWNER:
        raise RoleTooHighError


def _check_not_last_owner(member: Membership) -> None:
    owners = Membership.objects.filter(
        company=member.company_id, role=Role.OWNER, user__is_active=True
    )
    if member.role == Role.OWNER and not owners.exclude(user=member.user_id).exists():
        raise LastOwnerError


def _log(event: str, change: Change, member: Membership) -> None:
    log.info(
        event,
        user_id=str(change.user_id),
        company_id=str(change.company_id),
        member_id=str(member.user_id),
        role=str(member.role),
    )
