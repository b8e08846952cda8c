"""Founding, changing and deleting companies."""

import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import rut
from accounts.access import require
from accounts.errors import RutTakenError
from accounts.models import Company, Membership, User
from accounts.roles import Permission, Role

log = structlog.get_logger(__name__)
CHANGEABLE = (
    "name",
    "industry",
    "size",
    "time_zone",
    "decimal_mark",
    "date_order",
    "currency",
    "quality_threshold",
)


def found(owner: User, values: Mapping[str, Any]) -> Company:
    """Found a company with ``owner`` as its owner.

    ``values`` hold ``rut`` and any of ``CHANGEABLE``. Raises ``InvalidRutError`` and
    ``RutTakenError``; a deleted company keeps its RUT.
    """
    number = rut.normalise(values["rut"])
    try:
        with transaction.atomic():
            company = Company.objects.create(rut=number, **_changeable(values))
            Membership.objects.create(user=owner, company=company, role=Role.OWNER)
    except IntegrityError as exc:
        raise RutTakenError(rut=number) from exc
    log.info("company_founded", user_id=str(owner.pk), company_id=str(company.pk))
    return company


def update(
    user_id: uuid.UUID, company_id: uuid.UUID, *, values: Mapping[str, Any]
) -> Company:
    """Change a company; needs ``MANAGE_COMPANY``. Only ``CHANGEABLE`` is changed."""
    changes = _changeable(values)
    with transaction.atomic():
        company = _locked(user_id, company_id)
        for name, value in changes.items():
            setattr(company, name, value)
        company.save(update_fields=list(changes))
    log.info(
        "company_changed",
        user_id=str(user_id),
        company_id=str(company_id),
        fields=sorted(changes),
    )
    return company


def delete(user_id: uuid.UUID, company_id: uuid.UUID) -> None:
    """Delete a company softly; needs ``MANAGE_COMPANY``.

    From then on it looks to everybody as if it did not exist.
    """
    with transaction.atomic():
        company = _locked(user_id, company_id)
        company.deleted_at = timezone.now()
        company.save(update_fields=["deleted_at"])
    log.info("company_deleted", user_id=str(user_id), company_id=str(company_id))


def _locked(user_id: uuid.UUID, company_id: uuid.UUID) -> Company:
    """Return the company under a lock, if the person may still manage it."""
    lock = Company.with_deleted.select_for_update(no_key=True).filter(pk=company_id)
    lock.first()
    return require(user_id, company_id, Permission.MANAGE_COMPANY).company


def _changeable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in CHANGEABLE if name in values}
