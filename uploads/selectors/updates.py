"""Reads of what an upload changed, period by period."""

import uuid

from uploads.access import upload_of
from uploads.models import DataUpdate
from uploads.selectors.shaping import shape
from uploads.selectors.views import UpdateView
from uploads.states import Period


def updates_of(
    company_id: uuid.UUID, upload_id: uuid.UUID, *, period: str = Period.MONTHLY
) -> tuple[UpdateView, ...]:
    """Return what the upload changed in each period of a kind, oldest first.

    Raises ``UploadNotFoundError``.
    """
    upload = upload_of(company_id, upload_id)
    updates = (
        DataUpdate.objects.of(company_id)
        .filter(upload_id=upload.pk, period=period)
        .order_by("starts_on")
    )
    return tuple(shape(update, UpdateView) for update in updates)
