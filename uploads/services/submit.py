"""Accepting a file: one transaction writes the upload, its job and its key.

When ``submit`` returns, the upload survives the death of any process. The same content
or the same key at the same time is settled by unique constraints, not by looking first.
"""

import dataclasses
import functools
import uuid

import structlog
from django.db import IntegrityError, transaction

from accounts.ids import new_id
from realtime.publish import publish
from uploads import dispatch, events, storage
from uploads.errors import (
    DuplicateUploadError,
    EmptyUploadError,
    IdempotencyKeyInvalidError,
    IdempotencyKeyReusedError,
)
from uploads.models import IdempotencyKey, Upload
from uploads.names import displayable
from uploads.services.correcting import corrected_by, values_of_correction
from uploads.services.options import ChosenMapping, UploadOptions, choose_mapping
from uploads.storage import StoredFile

# As long as the column that keeps it.
LONGEST_KEY_CHARS = 255
# Losing a race to an upload that is then deleted is rare; three times in a row, never.
ATTEMPTS = 3

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A file that has arrived, who sent it and what is to be done with it.

    ``idempotency_key`` is empty where the client gave none.
    """

    company_id: uuid.UUID
    user_id: uuid.UUID
    original_name: str
    file: StoredFile
    options: UploadOptions
    idempotency_key: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The upload that stands for a submission; ``is_replay`` if it did already."""

    upload_id: uuid.UUID
    is_replay: bool


def submit(submission: Submission) -> Receipt:
    """Accept the file, or return the upload its idempotency key made before.

    Owns the stored file from here on: unless it became a new upload, it is removed.
    Raises ``EmptyUploadError``, ``DuplicateUploadError``, ``MappingNotFoundError``,
    ``UploadNotFoundError`` or ``UploadNotCorrectableError`` for what is corrected,
    ``IdempotencyKeyInvalidError`` or ``IdempotencyKeyReusedError`` with nothing kept.
    """
    receipt: Receipt | None = None
    try:
        _check(submission)
        receipt = _accept_once(submission)
    finally:
        if receipt is None or receipt.is_replay:
            storage.remove(submission.file.stored_name)
    return receipt


def _check(submission: Submission) -> None:
    key = submission.idempotency_key
    if len(key) > LONGEST_KEY_CHARS or not (key.isascii() and key.isprintable()):
        raise IdempotencyKeyInvalidError(length=len(key), longest=LONGEST_KEY_CHARS)
    if submission.file.size_bytes == 0:
        raise EmptyUploadError


def _accept_once(submission: Submission) -> Receipt:
    for attempt in range(1, ATTEMPTS + 1):
        if (upload_id := _replayed(submission)) is not None:
            return Receipt(upload_id=upload_id, is_replay=True)
        _refuse_duplicate(submission)
        try:
            return Receipt(upload_id=_accept(submission), is_replay=False)
        except IntegrityError:
            # Somebody was quicker with the same key or content: look again.
            if attempt == ATTEMPTS:
                raise
    raise AssertionError


def _replayed(submission: Submission) -> uuid.UUID | None:
    if not submission.idempotency_key:
        return None
    kept = (
        IdempotencyKey.objects.of(submission.company_id)
        .filter(key=submission.idempotency_key)
        .first()
    )
    if kept is None:
        return None
    if kept.fingerprint != _fingerprint(submission):
        raise IdempotencyKeyReusedError
    return kept.upload_id


def _refuse_duplicate(submission: Submission) -> None:
    if submission.options.force:
        return
    first = (
        Upload.objects.of(submission.company_id)
        .filter(sha256=submission.file.sha256, deleted_at__isnull=True)
        .order_by("created_at")
        .first()
    )
    if first is not None:
        raise DuplicateUploadError(
            upload_id=str(first.pk),
            original_name=first.original_name,
            status=str(first.status),
            created_at=first.created_at.isoformat(),
        )


@transaction.atomic
def _accept(submission: Submission) -> uuid.UUID:
    upload = _upload_of(submission)
    if submission.idempotency_key:
        # First, so that those with the same key wait here and not behind a second job.
        IdempotencyKey.objects.create(
            company_id=submission.company_id,
            key=submission.idempotency_key,
            fingerprint=_fingerprint(submission),
            upload_id=upload.pk,
        )
    upload.job_id = dispatch.enqueue_processing(upload)
    upload.save(force_insert=True)
    transaction.on_commit(functools.partial(publish, events.event_of(upload)))
    log.info("upload_accepted", upload_id=str(upload.pk), job_id=str(upload.job_id))
    return upload.pk


def _upload_of(submission: Submission) -> Upload:
    options = submission.options
    values = options.columns()
    if options.corrects is not None:
        original = corrected_by(submission.company_id, options.corrects)
        values |= values_of_correction(original)
        mapping = ChosenMapping(saved=None, columns={})
    else:
        mapping = _mapping_of(submission)
    return Upload(
        id=new_id(),
        company_id=submission.company_id,
        user_id=submission.user_id,
        original_name=displayable(submission.original_name),
        mapping=mapping.saved,
        mapping_used=dict(mapping.columns),
        sequence=1,
        **dataclasses.asdict(submission.file),
        **values,
    )


def _mapping_of(submission: Submission) -> ChosenMapping:
    options = submission.options
    return choose_mapping(
        submission.company_id, mapping_id=options.mapping_id, inline=options.mapping
    )


def _fingerprint(submission: Submission) -> str:
    return submission.options.fingerprint(submission.file.sha256)
