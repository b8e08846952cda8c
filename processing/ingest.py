"""The story of one upload: open, understand, read, land, settle.

Every decision has a name elsewhere. A failed, cancelled or superseded attempt leaves
no row: rows and status change in one transaction whose last act checks the fence.
"""

import dataclasses
import functools
import time
import uuid
from typing import Protocol

import structlog
from django.conf import settings
from django.utils import timezone

from jobs.outage import NO_DATABASE
from processing import terms, verdict
from processing.attempt import Attempt, Hold
from processing.copy.staging import staged
from processing.correcting import correct_file
from processing.direct import Landing, land_file
from processing.errors import (
    PermanentError,
    StoredFileMissingError,
    StoreUnavailableError,
    SupersededError,
    TooManyBadRowsError,
)
from processing.guess import (
    MisreadError,
    Survey,
    Surveying,
    guess_file,
    survey_file,
    surveying,
)
from processing.merging import merge_file, stage_file
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints, Understanding
from processing.progress import Meter, Reporter
from uploads.services import lifecycle
from uploads.services.work import ProgressReport, Reason, Tally, UploadWork
from uploads.states import Status

# Some 18,000 rows of a usual sales file say how the rest is written; the first row
# lands a third of a second sooner than after a whole block (8 MB).
GUESS_BYTES = 2 << 20
NOT_TRIED = Landing(is_landed=False)


class Settle(Protocol):
    """A change of status that ends the attempt without a row."""

    def __call__(
        self, work: UploadWork, reason: Reason, *, tally: Tally | None
    ) -> bool: ...


log = structlog.get_logger(__name__)


def ingest(
    upload_id: uuid.UUID, *, hold: Hold, guess_bytes: int = GUESS_BYTES
) -> Status | None:
    """Process an upload and return how it ended; ``None`` if it was not waiting.

    ``hold`` is called as the last act of every transaction that settles the upload: it
    must lock the job and raise if this attempt may not commit any more. A file of more
    than ``guess_bytes`` is begun by a guess from so many of them.

    Raises ``PermanentError`` or ``FileError`` after the upload was settled as failed,
    ``TransientError`` with nothing settled. Calling it twice is safe: rows of an upload
    that has ended are not touched.
    """
    try:
        work = lifecycle.begin(upload_id)
        if work is None:
            log.info("upload_not_waiting", upload_id=str(upload_id))
            return None
        return _settle_failures(work, hold, guess_bytes=guess_bytes)
    except NO_DATABASE as exc:
        raise StoreUnavailableError(sqlstate=type(exc).__name__) from exc


def _settle_failures(work: UploadWork, hold: Hold, *, guess_bytes: int) -> Status:
    try:
        return _attempt(work, hold, guess_bytes=guess_bytes)
    except (FileError, PermanentError) as exc:
        reason = Reason(code=exc.code, message=str(exc), details=dict(exc.facts))
        with lifecycle.one_transaction():
            if lifecycle.fail(work, reason):
                hold()
        log.info("upload_failed", upload_id=str(work.upload_id), code=exc.code)
        raise


def _attempt(work: UploadWork, hold: Hold, *, guess_bytes: int) -> Status:
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
        if not work.path.is_file():
            raise StoredFileMissingError
        hints = terms.hints_of(work, now=timezone.now())
        if work.corrects is not None:
            return _correct(attempt, hints)
        if not _is_worth_a_guess(work, guess_bytes):
            return _go_on(attempt, survey_file(work, hints))
        with surveying(work, hints) as full:
            landing = _land_by_guess(attempt, hints, full, guess_bytes=guess_bytes)
            understanding = full.result()
        return _go_on(attempt, understanding, landing=landing)


def _correct(attempt: Attempt, hints: Hints) -> Status:
    understanding = survey_file(attempt.work, hints)
    attempt.tell(attempt.meter.validated())
    if reason := verdict.review_reason(attempt.work, understanding.questions):
        return _ask(attempt, reason, tally=None)
    correct_file(attempt, understanding, hints)
    log.info("upload_corrected", upload_id=str(attempt.work.upload_id))
    return Status.COMPLETED


def _is_worth_a_guess(work: UploadWork, guess_bytes: int) -> bool:
    is_long = work.path.stat().st_size > guess_bytes
    return settings.AYNI_DIRECT_LANDING and is_long and not work.review_requested


def _land_by_guess(
    attempt: Attempt, hints: Hints, full: Surveying, *, guess_bytes: int
) -> Landing:
    """Land the rows as the file's beginning is understood, if the survey agrees."""

    def tell(report: ProgressReport) -> None:
        # Until the file is understood nothing is said to be done.
        if full.is_done():
            attempt.tell(report)

    try:
        guess = guess_file(attempt.work, hints, within=guess_bytes)
        if guess.questions:
            return NOT_TRIED
        return land_file(
            dataclasses.replace(attempt, tell=tell),
            guess,
            assurance=Survey(full, guess),
        )
    except MisreadError:
        return NOT_TRIED
    except FileError:
        # The survey knows better than a guess what is wrong with a file, if anything.
        full.result()
        raise


def _go_on(
    attempt: Attempt, understanding: Understanding, *, landing: Landing = NOT_TRIED
) -> Status:
    """Settle an upload that is understood, and may have landed already."""
    if landing.tally is None:
        attempt.tell(attempt.meter.validated())
        if reason := verdict.review_reason(attempt.work, understanding.questions):
            return _ask(attempt, reason, tally=None)
        if landing is NOT_TRIED and settings.AYNI_DIRECT_LANDING:
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
