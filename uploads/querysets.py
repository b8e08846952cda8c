"""Querysets that start with the company. The other way is called across_tenants."""

import uuid
from typing import Any, Self, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class TenantQuerySet(models.QuerySet[M]):
    """Rows of one company."""

    def of(self, company_id: uuid.UUID) -> Self:
        return self.filter(company_id=company_id)


class TenantManager(models.Manager[M]):
    """Give no row before a company is named.

    ``Model.objects.of(company_id)`` is the way in; ``across_tenants()`` is the only
    other one, so that a search for its name finds every use.
    """

    def of(self, company_id: uuid.UUID) -> TenantQuerySet[M]:
        return self._all().of(company_id)

    def across_tenants(self) -> TenantQuerySet[M]:
        return self._all()

    def get_queryset(self) -> models.QuerySet[M]:
        return self._all()

    def _all(self) -> TenantQuerySet[M]:
        return TenantQuerySet(self.model, using=self._db)

    def __getattribute__(self, name: str) -> Any:
        if name in {"all", "filter", "exclude", "get", "values", "values_list"}:
            raise AttributeError(f"start with of(company_id), not {name}()")
        return super().__getattribute__(name)
