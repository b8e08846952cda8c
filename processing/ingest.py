"""The story of one upload: open, understand, read, stage, merge, settle.

Every decision has a name elsewhere. A failed, cancelled or superseded attempt leaves
no row: rows and status change in one transaction whose last act checks the fence.
"""

import contextlib
import dataclasses
import functools
import time
import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol

import psycopg
import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from processing import terms, verdict
from processing.copy.merge import Merged, Mode, merge_rows
from processing.copy.staging import (
    keep_rejects,
    stage_rejects,
    stage_repeats,
    stage_rows,
    staged,
)
from processing.errors import (
    PermanentError,
    RowsNotConservedError,
    StoredFileMissingError,
    StoreUnavailableError,
    SupersededError,
    TooManyBadRowsError,
)
from processing.pipeline.batches import Batch
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Understanding
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.quality import BatchStats, add_stats
from processing.pipeline.reader import read_batches, understand
from processing.pipeline.repeats import Repeats
from processing.progress import Meter, Reporter
from processing.readahead import read_ahead
from uploads.services import lifecycle
from uploads.services.work import Outcome, ProgressReport, Reason, Tally, UploadWork
from uploads.states import Status

# One batch being parsed and one waiting while the present one is copied; each more
# costs the memory of a batch and gains nothing measurable.
BATCHES_AHEAD = 2

Hold = Callable[[], None]


class Settle(Protocol):
    """A change of status that ends the attempt without a row."""

    def __call__(
        self, work: UploadWork, reason: Reason, *, tally: Tally | None
    ) -> bool: ...


log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What the steps of one attempt share. ``hold`` raises if its lease is lost."""

    work: UploadWork
    cursor: psycopg.Cursor[Any]
    meter: Meter
    tell: Callable[[ProgressReport], None]
    hold: Hold


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
        tally = _read(attempt, understanding)
        _refuse_bad_rows(attempt, tally)
        if reason := verdict.quality_reason(work, tally):
            return _ask(attempt, reason, tally=tally)
        return _land(attempt, tally)


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


def _read(attempt: Attempt, understanding: Understanding) -> Tally:
    """Stage the whole file and count it.

    Once too many rows were refused none is staged any more, but the rest is still
    read: whoever repairs the file wants to know all that is wrong with it.
    """
    stats, reject_counts, repeats = BatchStats(), Counter[str](), Repeats()
    work = attempt.work
    batches = read_batches(work.path, understanding, terms.options_of(work))
    with contextlib.closing(read_ahead(batches, depth=BATCHES_AHEAD)) as coming:
        for batch in coming:
            reject_counts.update(reject.code for reject in batch.rejects)
            if not verdict.is_over_count(work, reject_counts.total()):
                _stage(attempt, batch)
            repeats.add(batch.keys)
            if batch.rejects:
                stage_rejects(attempt.cursor, batch.rejects)
            stats = add_stats(stats, batch.stats)
            attempt.tell(
                attempt.meter.counted(
                    accepted=stats.accepted,
                    rejected=reject_counts.total(),
                    share=_share(batch.bytes_done, understanding.total_bytes),
                )
            )
    stage_repeats(attempt.cursor, repeats.records())
    return terms.tally_of(stats, reject_counts=reject_counts)


def _stage(attempt: Attempt, batch: Batch) -> None:
    staged_rows = stage_rows(attempt.cursor, batch.copy_csv)
    if staged_rows != batch.accepted:
        raise RowsNotConservedError(read=batch.accepted, accounted=staged_rows)


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
        _keep_rejects(attempt, cursor)
        if not settle(attempt.work, reason, tally=tally):
            raise SupersededError
        attempt.hold()


def _land(attempt: Attempt, tally: Tally) -> Status:
    """Merge, book and settle in one transaction; checking the fence is its last act.

    The check locks the job's row, which its heartbeat writes too: done earlier, a long
    merge would cost the lease it proves.
    """
    work, meter = attempt.work, attempt.meter
    with lifecycle.one_transaction() as cursor:
        merged = merge_rows(
            cursor,
            terms.target_of(work, table=lifecycle.TABLES.transactions),
            mode=Mode(work.load_mode),
            on_slice=lambda share: attempt.tell(meter.merged(share)),
        )
        attempt.tell(meter.finalising())
        _keep_rejects(attempt, cursor)
        _check_conservation(tally, merged)
        outcome = Outcome(
            tally=tally,
            landed=terms.landed_of(merged),
            changes=terms.changes_of(merged),
            rows_per_second=meter.rows_per_second(),
        )
        if not lifecycle.complete(work, outcome):
            raise SupersededError
        attempt.hold()
    log.info("upload_loaded", upload_id=str(work.upload_id), rows=tally.accepted)
    return Status.COMPLETED


def _keep_rejects(attempt: Attempt, cursor: psycopg.Cursor[Any]) -> None:
    keep_rejects(
        cursor,
        table=lifecycle.TABLES.rejects,
        company_id=str(attempt.work.company_id),
        upload_id=str(attempt.work.upload_id),
    )


def _check_conservation(tally: Tally, merged: Merged) -> None:
    landed = merged.inserted + merged.updated + merged.unchanged + merged.duplicate
    accounted = landed + tally.rejected
    if tally.read != accounted or tally.accepted != landed:
        raise RowsNotConservedError(read=tally.read, accounted=accounted)


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total else 1.0
