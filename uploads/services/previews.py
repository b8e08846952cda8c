"""What is shown of a file before it lands: asked for here, made by a job, kept here."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from uploads import dispatch
from uploads.access import upload_of
from uploads.answers import Reading, fingerprint_of
from uploads.errors import PreviewRefusedError, PreviewUnavailableError
from uploads.models import Upload, UploadPreview
from uploads.services.outcomes import MESSAGE_CHARS
from uploads.services.preparing import work_of
from uploads.services.work import UploadWork

# Ways of reading that are kept of one upload; a person tries a handful.
MOST_KEPT = 20
# A preview that failed is made anew if somebody asks after this.
TRY_AGAIN_AFTER = dt.timedelta(seconds=60)

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PreviewMade:
    """A preview as JSON, or the code and message of the file's refusal."""

    content: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    error_code: str = ""
    error_message: str = ""


FAILED = PreviewMade(
    error_code="preview_failed",
    error_message="it could not be looked at; try again in a minute",
)


@transaction.atomic
def preview_of(
    company_id: uuid.UUID, upload_id: uuid.UUID, *, reading: Reading
) -> Mapping[str, Any] | None:
    """Return what the upload looks like read in this way; ``None`` if it is being made.

    Asking again is safe: one job makes it. Raises ``UploadNotFoundError``,
    ``PreviewUnavailableError`` or ``PreviewRefusedError``.
    """
    upload = upload_of(company_id, upload_id)
    kept = kept_preview(upload, reading)
    if kept is None or _is_worth_another_try(kept):
        if upload.file_removed_at is not None:
            raise PreviewUnavailableError
        dispatch.enqueue_preview(
            upload_id, company_id=company_id, reading=reading.given()
        )
        return None
    if kept.error_code:
        raise PreviewRefusedError(
            reason=kept.error_code, explanation=kept.error_message
        )
    content: Mapping[str, Any] = kept.content
    return content


def kept_preview(upload: Upload, reading: Reading) -> UploadPreview | None:
    """Return what was made of the upload read in this way, if it was."""
    previews = UploadPreview.objects.of(upload.company_id).filter(upload_id=upload.pk)
    return previews.filter(fingerprint=_fingerprint(upload, reading)).first()


def _is_worth_another_try(kept: UploadPreview) -> bool:
    is_old = kept.created_at < timezone.now() - TRY_AGAIN_AFTER
    return kept.error_code == FAILED.error_code and is_old


def begin_preview(upload_id: uuid.UUID) -> UploadWork | None:
    """Return what is needed to look at an upload; ``None`` if it was deleted."""
    upload = _upload(upload_id)
    return None if upload is None else work_of(upload)


def keep_preview(upload_id: uuid.UUID, reading: Reading, made: PreviewMade) -> None:
    """Keep what was made, in place of an older one; the oldest beyond a bound go.

    Runs in the caller's transaction. An upload that was deleted keeps none.
    """
    upload = _upload(upload_id)
    if upload is None:
        return
    previews = UploadPreview.objects.of(upload.company_id).filter(upload_id=upload_id)
    UploadPreview.objects.of(upload.company_id).update_or_create(
        upload_id=upload_id,
        fingerprint=_fingerprint(upload, reading),
        defaults={
            "company_id": upload.company_id,
            "content": dict(made.content),
            "error_code": made.error_code,
            "error_message": made.error_message[:MESSAGE_CHARS],
            "created_at": timezone.now(),
        },
    )
    newest = previews.order_by("-created_at", "-id").values("pk")[:MOST_KEPT]
    previews.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    log.info("preview_kept", upload_id=str(upload_id), code=made.error_code)


def _upload(upload_id: uuid.UUID) -> Upload | None:
    uploads = Upload.objects.across_tenants().filter(deleted_at__isnull=True)
    return uploads.select_related("company", "mapping").filter(pk=upload_id).first()


def _fingerprint(upload: Upload, reading: Reading) -> str:
    """Digest all that decides what is shown: the question, and what was said before."""
    return fingerprint_of(
        reading.given(), upload.answers, upload.mapping_used, str(upload.mapping_id)
    )
