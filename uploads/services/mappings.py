"""Saving, changing and deleting mappings; at most one of a company is its default."""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import Company
from uploads.access import mapping_of
from uploads.errors import MappingNameTakenError
from uploads.models import ColumnMapping


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MappingDraft:
    """What a mapping is to say. ``None`` leaves a thing as it is."""

    name: str | None = None
    columns: Mapping[str, str] | None = None
    formats: Mapping[str, str] | None = None
    defaults: Mapping[str, str] | None = None
    is_default: bool | None = None

    def values(self) -> dict[str, Any]:
        """Return what was given, by column."""
        given = dataclasses.asdict(self).items()
        return {name: value for name, value in given if value is not None}


def create_mapping(company_id: uuid.UUID, draft: MappingDraft) -> uuid.UUID:
    """Save a new mapping and return its id. Raises ``MappingNameTakenError``."""
    mapping = ColumnMapping(company_id=company_id)
    return _save(mapping, draft)


def change_mapping(
    company_id: uuid.UUID, mapping_id: uuid.UUID, *, draft: MappingDraft
) -> None:
    """Change a mapping; uploads that used it keep the columns they used.

    Raises ``MappingNotFoundError`` or ``MappingNameTakenError``.
    """
    _save(mapping_of(company_id, mapping_id), draft)


def delete_mapping(company_id: uuid.UUID, mapping_id: uuid.UUID) -> None:
    """Delete a mapping. Raises ``MappingNotFoundError``, also the second time."""
    mapping_of(company_id, mapping_id).delete()


def _save(mapping: ColumnMapping, draft: MappingDraft) -> uuid.UUID:
    for name, value in draft.values().items():
        setattr(mapping, name, value)
    try:
        with transaction.atomic():
            if mapping.is_default:
                _yield_default_to(mapping)
            mapping.save()
    except IntegrityError as exc:
        raise MappingNameTakenError(name=mapping.name) from exc
    return mapping.pk


def _yield_default_to(mapping: ColumnMapping) -> None:
    # Two at once would both find no default: the company's row makes them take turns.
    Company.objects.select_for_update().get(pk=mapping.company_id)
    others = ColumnMapping.objects.of(mapping.company_id).exclude(pk=mapping.pk)
    others.filter(is_default=True).update(is_default=False)
