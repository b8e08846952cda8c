"""The story of one upload: open, understand, read, land, settle.

Every decision has a name elsewhere. A failed, cancelled or superseded attempt leaves
no row: rows and status change in one transaction whose last act checks the fence.
"""

import functools
import time
import uuid
from typing import Protocol

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from processing import terms, verdict
from processing.attempt import Attempt, Hold
from processing.copy.staging import staged
from processing.direct import Landing, land_file
from processing.errors import (
    PermanentError,
    StoredFileMissingError,
    StoreUnavailableError,
    SupersededError,
    TooManyBadRowsError,
)
from processing.merging import merge_file, stage_file
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Understanding
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import understand
from processing.progress import Meter, Reporter
from uploads.services import lifecycle
from uploads.services.work import Reason, Tally, UploadWork
from uploads.states import Status

NOT_TRIED = Landing(is_landed=False)


class Settle(Protocol):
    """A change of status that ends the attempt without a row."""

    def __call__(
        self, work: UploadWork, reason: Reason, *, tally: Tally | None
    ) -> bool: ...


log = structlog.get_logger(__name__)


def ingest(upload_id: uuid.UUID, *, hold: Hold) -> Status | None:
    """Process an upload and return how it ended; ``None`` if it was not waiting.

    ``hold`` is called as the last act of every transaction that settles the upload: it
    must lock the job and raise if this attempt may not commit any more.

    Raises ``PermanentError`` or ``FileError`` after the upload was settled as failed,
    ``TransientError`` with nothing settled. Calling it twice is safe: rows of an upload
    that has ended are not touched.
    """
    try:
        work = lifecycle.begin(upload_id)
        if work is None:
            log.info("upload_not_waiting", upload_id=str(upload_id))
            return None
        return _settle_failures(work, hold)
    except (OperationalError, InterfaceError) as exc:
        raise StoreUnavailableError(sqlstate=type(exc).__name__) from exc


def _settle_failures(work: UploadWork, hold: Hold) -> Status:
    try:
        return _attempt(work, hold)
    except (FileError, PermanentError) as exc:
        reason = Reason(code=exc.code, message=str(exc), details=dict(exc.facts))
        with lifecycle.one_transaction():
            if lifecycle.fail(work, reason):
                hold()
        log.info("upload_failed", upload_id=str(work.upload_id), code=exc.code)
        raise


def _attempt(work: UploadWork, hold: Hold) -> Status:
    with (
        _reporter(work) as reporter,
        lifecycle.open_cursor() as cursor,
        staged(cursor),
    ):
        attempt = Attempt(
            work=work,
            cursor=cursor,
            meter=Meter(time.monotonic),
            tell=reporter.report,
            hold=hold,
        )
        understanding = _understand(attempt)
        if reason := verdict.review_reason(work, understanding.questions):
            return _ask(attempt, reason, tally=None)
        return _load(attempt, understanding)


def _load(attempt: Attempt, understanding: Understanding) -> Status:
    """Land the rows directly if all are new, else by a merge; or settle without any."""
    landing = NOT_TRIED
    if settings.AYNI_DIRECT_LANDING:
        landing = land_file(attempt, understanding)
    if not landing.is_landed:
        tally = landing.tally or stage_file(attempt, understanding)
        _refuse_bad_rows(attempt, tally)
        if reason := verdict.quality_reason(attempt.work, tally):
            return _ask(attempt, reason, tally=tally)
        merge_file(attempt, tally)
    log.info(
        "upload_loaded",
        upload_id=str(attempt.work.upload_id),
        is_direct=landing.is_landed,
    )
    return Status.COMPLETED


def _reporter(work: UploadWork) -> Reporter:
    return Reporter(
        functools.partial(lifecycle.record_progress, work),
        per_second=settings.AYNI_PROGRESS_PER_SECOND,
    )


def _understand(attempt: Attempt) -> Understanding:
    work = attempt.work
    if not work.path.is_file():
        raise StoredFileMissingError
    hints = terms.hints_of(work, now=timezone.now())
    understanding = understand(work.path, hints, DEFAULT_LIMITS)
    if not lifecycle.record_detection(work, terms.detection_of(understanding)):
        raise SupersededError
    attempt.tell(attempt.meter.validated())
    return understanding


def _refuse_bad_rows(attempt: Attempt, tally: Tally) -> None:
    try:
        verdict.check_bad_rows(attempt.work, tally)
    except TooManyBadRowsError as exc:
        reason = Reason(code=exc.code, message=str(exc), details=dict(exc.facts))
        _settle_without_rows(attempt, lifecycle.fail, reason=reason, tally=tally)
        raise


def _ask(attempt: Attempt, reason: Reason, *, tally: Tally | None) -> Status:
    _settle_without_rows(attempt, lifecycle.request_review, reason=reason, tally=tally)
    log.info(
        "upload_needs_review",
        upload_id=str(attempt.work.upload_id),
        code=reason.code,
    )
    return Status.NEEDS_REVIEW


def _settle_without_rows(
    attempt: Attempt, settle: Settle, *, reason: Reason, tally: Tally | None
) -> None:
    """Keep the refused rows and the reason, and none of the good rows."""
    with lifecycle.one_transaction() as cursor:
        attempt.keep_rejects(cursor)
        if not settle(attempt.work, reason, tally=tally):
            raise SupersededError
        attempt.hold()
