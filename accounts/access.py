"""Who may reach a company. Every request for company data passes through here.

No membership, a deleted company and a company that never existed look the same.
"""

import uuid

import structlog
from django.db.models import QuerySet

from accounts.errors import CompanyNotFoundError, PermissionDeniedError
from accounts.models import Membership
from accounts.roles import Permission, may

log = structlog.get_logger(__name__)


def is_member(user_id: uuid.UUID, company_id: uuid.UUID) -> bool:
    """Return whether an active person belongs to a living company."""
    return _living(user_id).filter(company_id=company_id).exists()


def require(
    user_id: uuid.UUID, company_id: uuid.UUID, permission: Permission
) -> Membership:
    """Return the membership, with ``company``, that allows ``permission``.

    Raises ``CompanyNotFoundError`` for whoever is not a member, and
    ``PermissionDeniedError`` when the member's role lacks the permission.
    """
    membership = _living(user_id).filter(company_id=company_id).first()
    if membership is None:
        _log_denial(user_id, company_id, reason="no_membership")
        raise CompanyNotFoundError
    if not may(membership.role, permission):
        _log_denial(user_id, company_id, reason=permission.value)
        raise PermissionDeniedError(role=membership.role, permission=permission.value)
    return membership


def companies_of(user_id: uuid.UUID) -> tuple[Membership, ...]:
    """Return the memberships in living companies, by the company's name."""
    return tuple(_living(user_id).order_by("company__name", "company_id"))


def _living(user_id: uuid.UUID) -> QuerySet[Membership]:
    return Membership.objects.select_related("company").filter(
        user_id=user_id, user__is_active=True, company__deleted_at__isnull=True
    )


def _log_denial(user_id: uuid.UUID, company_id: uuid.UUID, *, reason: str) -> None:
    log.warning(
        "access_denied",
        user_id=str(user_id),
        company_id=str(company_id),
        reason=reason,
    )
