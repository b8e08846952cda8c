"""A company with one of everything an address of the API can name."""

import uuid
from typing import Any

from django.utils import timezone

from accounts.models import Company, Membership
from accounts.roles import Role
from tests.accounts.people import a_company, a_member
from uploads import storage
from uploads.models import ColumnMapping, LearntHeader, Upload

# What each id in an address may name. A new kind of id fails every sweep until it is
# made here.
KINDS = ("company_id", "membership_id", "upload_id", "mapping_id", "learnt_id")


def an_upload(company: Company) -> Upload:
    stored = storage.save_stream([uuid.uuid4().bytes], limit_bytes=100)
    return Upload.objects.create(
        company=company,
        original_name="ventas.csv",
        stored_name=stored.stored_name,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
    )


def ids_of(company: Company) -> dict[str, uuid.UUID]:
    """Make one of everything in the company; return the ids by name."""
    mapping = ColumnMapping.objects.create(
        company=company, name=f"Caja {uuid.uuid4()}", columns={"Fecha": "occurred_at"}
    )
    learnt = LearntHeader.objects.create(
        company=company,
        key="ref.",
        header="Ref.",
        field="product_id",
        source="review",
        learnt_at=timezone.now(),
    )
    made: dict[str, Any] = {
        "company_id": company,
        "membership_id": a_member(company, Role.VIEWER),
        "upload_id": an_upload(company),
        "mapping_id": mapping,
        "learnt_id": learnt,
    }
    return {name: instance.pk for name, instance in made.items()}


def a_world() -> tuple[Membership, dict[str, uuid.UUID]]:
    """Return the owner of a company, and the ids of everything in it."""
    owner = a_member(a_company())
    return owner, ids_of(owner.company)
