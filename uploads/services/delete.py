"""Deleting an upload: its file and its history go, the rows it landed stay."""

import functools
import uuid
from collections.abc import Sequence

import structlog
from django.db import transaction

from uploads import storage
from uploads.access import upload_of
from uploads.errors import UploadNotDeletableError
from uploads.models import (
    CorrectedRow,
    DataUpdate,
    IdempotencyKey,
    Reject,
    Upload,
    UploadPreview,
    UploadReview,
)
from uploads.services.outcomes import CLOCK
from uploads.states import TERMINAL

# What goes with an upload. What was learnt from it stays, as its rows do.
HISTORY = (
    Reject,
    CorrectedRow,
    DataUpdate,
    IdempotencyKey,
    UploadPreview,
    UploadReview,
)

log = structlog.get_logger(__name__)


def delete_upload(company_id: uuid.UUID, upload_id: uuid.UUID) -> None:
    """Delete an upload that has ended; nobody can reach it afterwards.

    The same content may then be sent again. Raises ``UploadNotFoundError``, also the
    second time, or ``UploadNotDeletableError`` while it is at work.
    """
    upload = upload_of(company_id, upload_id)
    if not forget([upload]):
        raise UploadNotDeletableError(status=str(upload.status))


@transaction.atomic
def forget(uploads: Sequence[Upload]) -> int:
    """Delete those of ``uploads`` that have ended; return how many.

    Their refused rows, data updates and idempotency keys go with them, their files
    right after commit. Landed rows stay and keep the upload's id.
    """
    ended = list(
        Upload.objects.across_tenants()
        .filter(
            pk__in=[upload.pk for upload in uploads],
            status__in=TERMINAL,
            deleted_at__isnull=True,
        )
        .select_for_update(of=("self",))
    )
    ids = [upload.pk for upload in ended]
    for history in HISTORY:
        history.objects.across_tenants().filter(upload_id__in=ids).delete()
    Upload.objects.across_tenants().filter(pk__in=ids).update(
        deleted_at=CLOCK, file_removed_at=CLOCK
    )
    for upload in ended:
        # A file that stays behind because of a crash is found by the next clean-up.
        removal = functools.partial(storage.remove, upload.stored_name)
        transaction.on_commit(removal, robust=True)
        log.info("upload_deleted", upload_id=str(upload.pk))
    return len(ended)
