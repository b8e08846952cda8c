"""What the operators' pages are shown about jobs: values, no models."""

import dataclasses
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jobs.fairness import WaitReason


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueueSummary:
    """One queue now. ``waiting`` could start at once, ``scheduled`` waits for its time.

    ``oldest_waiting_seconds`` is ``None`` when nothing waits; ``workers`` counts living
    worker processes that take from the queue. Nothing of a paused queue starts.
    """

    name: str
    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_waiting_seconds: float | None
    workers: int
    is_paused: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WorkerView:
    """One worker process and its last sign of life, by the database's clock."""

    id: uuid.UUID
    host: str
    pid: int
    queues: tuple[str, ...]
    threads: int
    rss_bytes: int
    started_at: datetime
    last_seen_at: datetime
    seconds_since_seen: float
    is_alive: bool
    current_job_ids: tuple[uuid.UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobFilter:
    """Which jobs to list; an empty string means any."""

    state: str = ""
    actor: str = ""
    queue: str = ""
    fingerprint: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """One job. The times of its latest attempt; ``None`` where there was none yet."""

    id: uuid.UUID
    actor: str
    queue: str
    tenant_id: uuid.UUID | None
    args: Mapping[str, Any]
    state: str
    attempts: int
    max_attempts: int
    created_at: datetime
    run_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    wait_seconds: float | None
    run_seconds: float | None
    error_code: str
    error_message: str
    error_fingerprint: str
    discard_reason: str
    cancel_requested_at: datetime | None
    worker_id: uuid.UUID | None
    # How many other jobs have to end first.
    waits_for: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class WaitView:
    """Why a job has not started, and its place in the line of its queue.

    ``position`` is 1 for the next one; ``None`` while the job is not in a line that
    moves, or in one too long to be counted. It counts turns, not limits: what a limit
    holds back lets others pass.
    """

    reason: WaitReason
    position: int | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobsPage:
    """Jobs newest first; ``next_cursor`` is ``None`` on the last page."""

    jobs: tuple[JobView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One attempt. ``outcome`` is empty while it runs; the traceback is for staff."""

    number: int
    worker: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str
    error_code: str
    error_message: str
    traceback: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ResultView:
    """What the work returned, until its time is over."""

    value: Any
    expires_at: datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProgressView:
    """How far the latest attempt is, or came: ``done`` of ``total``, a share of 0 to 1.

    The unit is the work's own.
    """

    done: float
    total: float
    share: float
    note: str
    told_at: datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobDetail:
    """One job and the history of its attempts, oldest first."""

    job: JobView
    attempts: tuple[AttemptView, ...]
    result: ResultView | None = None
    progress: ProgressView | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FailureGroup:
    """Failed jobs of one actor that died alike. Code and message are the latest's."""

    actor: str
    fingerprint: str
    count: int
    first_at: datetime
    last_at: datetime
    latest_job_id: uuid.UUID
    error_code: str
    error_message: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActionFilter:
    """Which actions to list; an empty string means any."""

    kind: str = ""
    by_name: str = ""
    queue: str = ""
    actor: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActionView:
    """What somebody did. ``job_id`` is ``None`` for a queue and for many jobs.

    ``fingerprint`` is set where everything of one kind of failure was meant.
    """

    id: uuid.UUID
    at: datetime
    kind: str
    by_id: str
    by_name: str
    reason: str
    jobs: int
    job_id: uuid.UUID | None
    actor: str
    queue: str
    fingerprint: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ActionsPage:
    """Actions newest first; ``next_cursor`` is ``None`` on the last page."""

    actions: tuple[ActionView, ...]
    next_cursor: str | None
