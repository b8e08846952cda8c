"""Trying an upload again, as it was or with what a person decided about it."""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

import structlog
from django.db import transaction

from jobs.by import PROGRAM, By
from jobs.requeue import requeue
from uploads import dispatch
from uploads.access import upload_of
from uploads.errors import UploadNotRetryableError
from uploads.models import Upload, UploadReview
from uploads.services import lifecycle
from uploads.services.options import choose_mapping
from uploads.states import RETRYABLE, Status

RETRY = "retry"

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RetryChanges:
    """What is to be different this time; ``None`` leaves a thing as it was."""

    quality_threshold: int | None = None
    mapping_id: uuid.UUID | None = None
    mapping: Mapping[str, str] | None = None


AS_IT_WAS = RetryChanges()


@transaction.atomic
def retry_upload(
    company_id: uuid.UUID,
    upload_id: uuid.UUID,
    user_id: uuid.UUID,
    *,
    changes: RetryChanges = AS_IT_WAS,
    by: By = PROGRAM,
) -> None:
    """Let an upload that failed, was cancelled or needs review start again.

    Retrying one for which review was asked is the person's consent. Its job is queued
    again with a fresh allowance of attempts. Raises ``UploadNotFoundError``,
    ``MappingNotFoundError``, or ``UploadNotRetryableError`` with nothing changed.
    """
    upload = upload_of(company_id, upload_id)
    _check(upload)
    asked = upload.status == Status.NEEDS_REVIEW
    if not lifecycle.mark_waiting(upload_id, values=_values(upload, changes)):
        upload.refresh_from_db(fields=["status"])
        raise _refusal(upload, reason="somebody was quicker")
    if asked:
        # Going on without another word is an answer, too.
        UploadReview.objects.of(company_id).create(
            company_id=company_id,
            upload_id=upload_id,
            user_id=user_id,
            attempt=upload.attempts,
            question=upload.error_code,
            decision=RETRY,
        )
    queue_again(upload, by=by)
    log.info("upload_retried", upload_id=str(upload_id), user_id=str(user_id))


def queue_again(upload: Upload, *, by: By) -> None:
    """Let the upload's job run again, in the transaction that lets the upload."""
    if upload.job_id is None or not requeue(upload.job_id, by=by):
        # The job of an upload that asked a question has succeeded: it needs another.
        uploads = Upload.objects.of(upload.company_id).filter(pk=upload.pk)
        uploads.update(job_id=dispatch.enqueue_processing(upload))


def _check(upload: Upload) -> None:
    if upload.status not in RETRYABLE:
        raise _refusal(upload, reason="nothing to retry")
    if upload.file_removed_at is not None:
        raise _refusal(upload, reason="its file is no longer kept")


def _refusal(upload: Upload, *, reason: str) -> UploadNotRetryableError:
    return UploadNotRetryableError(status=str(upload.status), reason=reason)


def _values(upload: Upload, changes: RetryChanges) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if upload.status == Status.NEEDS_REVIEW:
        values["review_requested"] = False
    if changes.quality_threshold is not None:
        values["quality_threshold"] = changes.quality_threshold
    if changes.mapping_id is not None or changes.mapping is not None:
        chosen = choose_mapping(
            upload.company_id,
            mapping_id=changes.mapping_id or upload.mapping_id,
            inline=changes.mapping,
        )
        values |= {"mapping": chosen.saved, "mapping_used": dict(chosen.columns)}
    return values
