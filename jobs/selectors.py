"""Everything operators may ask about jobs, read from the tables alone."""

import json
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Min

from jobs import clock
from jobs.fairness import WaitReason
from jobs.models import Attempt, Job, Progress, Result, Worker
from jobs.pages import (
    AttemptView,
    FailureGroup,
    JobDetail,
    JobFilter,
    JobsPage,
    JobView,
    ProgressView,
    QueueSummary,
    ResultView,
    WaitView,
    WorkerView,
)
from jobs.paging import newest_first
from jobs.queues import paused_queues
from jobs.standing import standings_of
from jobs.states import WAITING, State
from jobs.tallies import tallies

__all__ = [
    "AttemptView",
    "FailureGroup",
    "JobDetail",
    "JobFilter",
    "JobView",
    "JobsPage",
    "ProgressView",
    "QueueSummary",
    "ResultView",
    "WaitReason",
    "WaitView",
    "WorkerView",
    "failures",
    "job_detail",
    "jobs_page",
    "queue_summaries",
    "wait_of",
    "waits_of",
    "workers",
]


def queue_summaries() -> tuple[QueueSummary, ...]:
    """Return every queue that has jobs or living workers or is paused, by name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    oldest: dict[str, datetime] = {}
    for tally in tallies():
        counts[tally.queue][tally.state] += tally.count
        if tally.state is State.QUEUED and tally.oldest is not None:
            since = oldest.setdefault(tally.queue, tally.oldest)
            oldest[tally.queue] = min(since, tally.oldest)
    takers = Counter(
        queue for worker in workers() if worker.is_alive for queue in worker.queues
    )
    paused = paused_queues()
    now = clock.read()
    return tuple(
        QueueSummary(
            name=queue,
            waiting=counts[queue][State.QUEUED],
            scheduled=counts[queue][State.SCHEDULED],
            running=counts[queue][State.RUNNING],
            failed=counts[queue][State.FAILED],
            oldest_waiting_seconds=_seconds(oldest.get(queue), now),
            workers=takers[queue],
            is_paused=queue in paused,
        )
        for queue in sorted({*counts, *takers, *paused})
    )


def workers() -> tuple[WorkerView, ...]:
    """Return workers that have not stopped, the ones that fell silent included."""
    current: dict[uuid.UUID | None, list[uuid.UUID]] = defaultdict(list)
    running = Job.objects.filter(state=State.RUNNING).order_by("pk")
    for worker_id, job_id in running.values_list("worker_id", "pk"):
        current[worker_id].append(job_id)
    now = clock.read()
    living = Worker.objects.filter(stopped_at=None).order_by("host", "pk")
    return tuple(_worker_view(row, now, tuple(current[row.pk])) for row in living)


def jobs_page(filter: JobFilter, *, cursor: str = "", size: int = 50) -> JobsPage:  # noqa: A002 - the word that operators use
    """Return one page of jobs, newest first.

    A cursor that is not one of ours starts from the beginning.
    """
    wanted = {
        name: value
        for name, value in (
            ("state", filter.state),
            ("actor", filter.actor),
            ("queue", filter.queue),
            ("error_fingerprint", filter.fingerprint),
        )
        if value
    }
    rows, after = newest_first(Job.objects.filter(**wanted), cursor=cursor, size=size)
    return JobsPage(jobs=tuple(_job_view(row) for row in rows), next_cursor=after)


def job_detail(job_id: uuid.UUID) -> JobDetail | None:
    """Return a job with its history, or ``None`` if there is no such job."""
    row = (
        Job.objects.filter(pk=job_id).select_related("kept_result", "progress").first()
    )
    if row is None:
        return None
    attempts = Attempt.objects.filter(job_id=job_id).order_by("number")
    return JobDetail(
        job=_job_view(row),
        attempts=tuple(_attempt_view(each) for each in attempts),
        result=_result_view(row),
        progress=_progress_view(row),
    )


def failures() -> tuple[FailureGroup, ...]:
    """Return the jobs that failed and were not discarded, grouped by what they died of.

    The most recent kind comes first.
    """
    # As in the index ``job_failed_alike``, which is all that is read of most of them.
    kinds = ("error_fingerprint", "actor")
    failed = Job.objects.filter(state=State.FAILED)
    newest = failed.order_by(*kinds, "-finished_at", "-pk").distinct(*kinds)
    latest = Job.objects.filter(pk__in=newest.values("pk"), state=State.FAILED)
    counts = {
        (actor, fingerprint): rest
        for fingerprint, actor, *rest in failed.values_list(*kinds).annotate(
            count=Count("*"), first=Min("finished_at")
        )
    }
    # What failed between the two statements is shown the next time.
    groups = [
        _group(row, *counts[kind])
        for row in latest
        if (kind := (row.actor, row.error_fingerprint)) in counts
    ]
    return tuple(sorted(groups, key=lambda group: group.last_at, reverse=True))


def wait_of(job_id: uuid.UUID) -> WaitView | None:
    """Return why a job waits and its place in the line; ``None`` if it does not."""
    row = Job.objects.filter(pk=job_id).first()
    return None if row is None else waits_of([_job_view(row)]).get(job_id)


def waits_of(jobs: Iterable[JobView]) -> dict[uuid.UUID, WaitView]:
    """Return why each of some jobs waits and its place; those that do not are left out.

    What it costs depends on the queues that are waited in, not on how many jobs ask.
    """
    waiting = [job for job in jobs if State(job.state) in WAITING]
    if not waiting:
        return {}
    living = (worker.queues for worker in workers() if worker.is_alive)
    return standings_of(waiting, served=frozenset().union(*living))


def _seconds(start: datetime | None, end: datetime | None) -> float | None:
    if start is None or end is None:
        return None
    return max(0.0, (end - start).total_seconds())


def _group(row: Job, count: int, first_at: datetime | None) -> FailureGroup:
    ended_at = row.finished_at or row.created_at
    return FailureGroup(
        actor=row.actor,
        fingerprint=row.error_fingerprint,
        count=count,
        first_at=first_at or ended_at,
        last_at=ended_at,
        latest_job_id=row.pk,
        error_code=row.error_code,
        error_message=row.error_message,
    )


def _worker_view(
    row: Worker, now: datetime, current: tuple[uuid.UUID, ...]
) -> WorkerView:
    silence = now - row.last_seen_at
    return WorkerView(
        id=row.pk,
        host=row.host,
        pid=row.pid,
        queues=tuple(row.queues),
        threads=row.threads,
        rss_bytes=row.rss_bytes,
        started_at=row.started_at,
        last_seen_at=row.last_seen_at,
        seconds_since_seen=max(0.0, silence.total_seconds()),
        is_alive=silence <= timedelta(seconds=settings.AYNI_JOBS_LEASE_SECONDS),
        current_job_ids=current,
    )


def _job_view(row: Job) -> JobView:
    return JobView(
        id=row.pk,
        actor=row.actor,
        queue=row.queue,
        tenant_id=row.tenant_id,
        args=row.args,
        state=row.state,
        attempts=row.attempts,
        max_attempts=row.max_attempts,
        created_at=row.created_at,
        run_at=row.run_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        wait_seconds=_seconds(row.run_at, row.started_at),
        run_seconds=_seconds(row.started_at, row.finished_at),
        error_code=row.error_code,
        error_message=row.error_message,
        error_fingerprint=row.error_fingerprint,
        discard_reason=row.discard_reason,
        cancel_requested_at=row.cancel_requested_at,
        worker_id=row.worker_id,
        waits_for=row.waits_for,
    )


def _result_view(row: Job) -> ResultView | None:
    kept: Result | None = getattr(row, "kept_result", None)
    if kept is None:
        return None
    return ResultView(value=json.loads(kept.value), expires_at=kept.expires_at)


def _progress_view(row: Job) -> ProgressView | None:
    told: Progress | None = getattr(row, "progress", None)
    if told is None or told.attempt != row.attempts:
        # It belongs to an attempt before this one, which has told nothing yet.
        return None
    return ProgressView(
        done=told.done,
        total=told.total,
        share=told.share,
        note=told.note,
        told_at=told.told_at,
    )


def _attempt_view(row: Attempt) -> AttemptView:
    return AttemptView(
        number=row.number,
        worker=row.worker,
        started_at=row.started_at,
        ended_at=row.ended_at,
        outcome=row.outcome,
        error_code=row.error_code,
        error_message=row.error_message,
        traceback=row.traceback,
    )
