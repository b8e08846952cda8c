"""Every change of an upload's status while it is worked on.

Each is one conditional update from named states that raises the sequence number, with
its event published after commit. Losing such a race is normal: the function returns
``False`` or ``None``, and nothing has changed.
"""

import dataclasses
import functools
import uuid
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import F

from realtime.publish import publish
from uploads import dispatch, events
from uploads.models import (
    CorrectedRow,
    DataUpdate,
    DayCount,
    RawTransaction,
    Reject,
    Upload,
)
from uploads.services.learning import learn_from
from uploads.services.outcomes import CLOCK, FRESH, ended, tally_values
from uploads.services.preparing import sources_of, work_of
from uploads.services.work import (
    Detection,
    LandingTables,
    Outcome,
    PeriodChange,
    Phase,
    ProgressReport,
    Reason,
    Tally,
    UploadWork,
)
from uploads.states import RETRYABLE, UNFINISHED, Status

# A claimed job is the permission to work. A failed or cancelled upload meets a claimed
# job only after somebody retried that job, so it starts again as well.
STARTABLE = UNFINISHED | {Status.FAILED, Status.CANCELLED}
AT_WORK = frozenset({Status.VALIDATING, Status.PROCESSING})
TABLES = LandingTables(
    transactions=RawTransaction._meta.db_table,  # noqa: SLF001 - Django's public _meta
    rejects=Reject._meta.db_table,  # noqa: SLF001 - likewise
    corrected=CorrectedRow._meta.db_table,  # noqa: SLF001 - likewise
    day_counts=DayCount._meta.db_table,  # noqa: SLF001 - likewise
)
NOTHING_ELSE: Mapping[str, Any] = {}


@contextmanager
def one_transaction() -> Iterator[psycopg.Cursor[Any]]:
    """Open the transaction in which rows and status change together.

    Yields psycopg's own cursor of that transaction, for COPY. An exception rolls
    everything back, and no event is published.
    """
    with transaction.atomic(), open_cursor() as cursor:
        yield cursor


@contextmanager
def open_cursor() -> Iterator[psycopg.Cursor[Any]]:
    """Yield psycopg's own cursor on this thread's connection."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        yield cursor


def begin(upload_id: uuid.UUID) -> UploadWork | None:
    """Start a new attempt and return what it needs; ``None`` if there is nothing to do.

    Everything an earlier attempt wrote about itself is reset, progress included. From
    here on only this attempt's progress and outcome are accepted.
    """
    values = {
        **FRESH,
        "status": Status.VALIDATING,
        "attempts": F("attempts") + 1,
        "started_at": CLOCK,
    }
    with transaction.atomic():
        upload = _change(upload_id, values, sources=STARTABLE)
        if upload is None:
            return None
        Reject.objects.of(upload.company_id).filter(upload_id=upload_id).delete()
    return work_of(upload)


def record_detection(work: UploadWork, detection: Detection) -> bool:
    """Keep how the file was understood; the upload is being processed from here on."""
    kept = dataclasses.asdict(detection)
    values = {
        "status": Status.PROCESSING,
        "assumptions": kept.pop("assumptions"),
        "dialect": {**kept, "sources": sources_of(work)},
    }
    return _happened(work, values, sources={Status.VALIDATING})


def record_progress(work: UploadWork, report: ProgressReport) -> int | None:
    """Write absolute progress; return the new sequence number.

    Returns ``None``, having written nothing, when the attempt is no longer the current
    one or its progress would fall. Runs in any thread, in a transaction of its own.
    """
    values = dataclasses.asdict(report)
    percent = values.pop("percent")
    upload = _change(
        work.upload_id,
        {**values, "progress_percent": percent},
        sources=AT_WORK,
        attempts=work.attempt,
        progress_percent__lte=percent,
    )
    return None if upload is None else upload.sequence


def complete(work: UploadWork, outcome: Outcome) -> bool:
    """Settle the upload as completed, in the transaction that merged its rows.

    Returns ``False`` if the upload is no longer this attempt's to complete: the caller
    must then roll its transaction back.
    """
    values = {
        **tally_values(outcome.tally),
        **{f"rows_{k}": n for k, n in dataclasses.asdict(outcome.landed).items()},
        "status": Status.COMPLETED,
        "phase": Phase.FINISHED,
        "progress_percent": 100,
        "rows_per_second": outcome.rows_per_second,
        "seconds_left": 0,
        "finished_at": CLOCK,
    }
    upload = _change(
        work.upload_id, values, sources={Status.PROCESSING}, attempts=work.attempt
    )
    if upload is None:
        return False
    learn_from(upload)
    DataUpdate.objects.bulk_create(
        (_data_update(work, change) for change in outcome.changes), batch_size=1000
    )
    return True


def fail(work: UploadWork, reason: Reason, *, tally: Tally | None = None) -> bool:
    """Settle this attempt's upload as failed, with what was counted so far."""
    values = {**ended(Status.FAILED, reason), **tally_values(tally)}
    return _happened(work, values, sources=AT_WORK)


def request_review(
    work: UploadWork, reason: Reason, *, tally: Tally | None = None
) -> bool:
    """Settle this attempt's upload as one that waits for a person. No row landed.

    What that person will want to see is made right after.
    """
    values = {**ended(Status.NEEDS_REVIEW, reason), **tally_values(tally)}
    if not _happened(work, values, sources=AT_WORK):
        return False
    dispatch.enqueue_preview(work.upload_id, company_id=work.company_id, reading={})
    return True


def mark_failed(upload_id: uuid.UUID, reason: Reason) -> bool:
    """Fail an upload whose job was given up from outside the attempt."""
    values = ended(Status.FAILED, reason)
    return _change(upload_id, values, sources=UNFINISHED) is not None


def mark_cancelled(upload_id: uuid.UUID) -> bool:
    """Cancel an upload whose job was cancelled. A finished one stays as it is."""
    values = ended(Status.CANCELLED, Reason(code="", message=""))
    return _change(upload_id, values, sources=UNFINISHED) is not None


def mark_retrying(upload_id: uuid.UUID) -> bool:
    """Say that the attempt came to nothing and another one will be made."""
    values = {"status": Status.PENDING, "phase": Phase.RETRYING, "seconds_left": None}
    return _change(upload_id, values, sources=AT_WORK) is not None


def mark_waiting(
    upload_id: uuid.UUID, *, values: Mapping[str, Any] = NOTHING_ELSE
) -> bool:
    """Let an upload that did not complete start again; ``values`` change with it."""
    fresh = {**FRESH, "status": Status.PENDING, "phase": Phase.WAITING}
    return _change(upload_id, {**fresh, **values}, sources=RETRYABLE) is not None


def mark_answered(
    upload_id: uuid.UUID, *, attempt: int, values: Mapping[str, Any]
) -> bool:
    """Let an upload go on that attempt ``attempt`` asked about; one answer wins."""
    fresh = {**FRESH, "status": Status.PENDING, "phase": Phase.WAITING}
    return _is_answered(upload_id, attempt, {**fresh, **values})


def mark_given_up(upload_id: uuid.UUID, *, attempt: int, reason: Reason) -> bool:
    """End an upload that attempt ``attempt`` asked about without landing a row."""
    return _is_answered(upload_id, attempt, ended(Status.CANCELLED, reason))


def _is_answered(upload_id: uuid.UUID, attempt: int, values: Mapping[str, Any]) -> bool:
    asked = {Status.NEEDS_REVIEW}
    return _change(upload_id, values, sources=asked, attempts=attempt) is not None


def _happened(
    work: UploadWork, values: Mapping[str, Any], *, sources: Collection[Status]
) -> bool:
    upload = _change(work.upload_id, values, sources=sources, attempts=work.attempt)
    return upload is not None


@transaction.atomic
def _change(
    upload_id: uuid.UUID,
    values: Mapping[str, Any],
    *,
    sources: Collection[Status],
    **conditions: int,
) -> Upload | None:
    uploads = Upload.objects.across_tenants().filter(pk=upload_id)
    changed = uploads.filter(
        status__in=sources, deleted_at__isnull=True, **conditions
    ).update(sequence=F("sequence") + 1, **values)
    if not changed:
        return None
    upload = uploads.select_related("company", "mapping").get()
    transaction.on_commit(functools.partial(publish, events.event_of(upload)))
    return upload


def _data_update(work: UploadWork, change: PeriodChange) -> DataUpdate:
    return DataUpdate(
        company_id=work.company_id,
        upload_id=work.upload_id,
        period=change.period,
        starts_on=change.starts_on,
        rows_before=change.before,
        rows_after=change.after,
        rows_added=change.added,
        rows_updated=change.updated,
        rows_unchanged=change.unchanged,
        rows_deleted=change.deleted,
    )
