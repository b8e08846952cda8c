"""Reads of companies and members, for lists."""

import uuid

from django.db.models import F, QuerySet

from accounts.models import Company, Membership


def companies(user_id: uuid.UUID) -> QuerySet[Company]:
    """Return the living companies of a person, each with the person's ``role``."""
    mine = Company.objects.filter(
        memberships__user_id=user_id, memberships__user__is_active=True
    )
    return mine.annotate(role=F("memberships__role"))


def members(company_id: uuid.UUID) -> QuerySet[Membership]:
    """Return the members of a company, each with its ``user``."""
    return Membership.objects.select_related("user").filter(company_id=company_id)
