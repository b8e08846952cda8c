"""Figures that only rise, though the tables they are counted from forget.

The scheduler counts what has ended into ``jobs_total`` and moves a mark on, now and
then; whoever reads adds what has ended since the mark. A job pays nothing for it.
"""

import dataclasses
import uuid
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from jobs.errors import WorkerLostError
from jobs.models import Attempt, TotalMark

# Upper bounds in seconds: from what an idle worker needs to the hard limit of a job.
BOUNDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0)
THE_MARK = 1
BEGINNING, END = datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
KINDS = "queue, actor, outcome, is_lost, wait_le, run_le"
FIGURES = f"{KINDS}, attempts, wait_seconds, run_seconds"
# Attempts from before ``due_at`` was kept are left out, as by any counter that is new.
COUNTED = f"""
SELECT queue, actor, outcome, is_lost,
    (%(bounds)s)[width_bucket(wait, %(lowest)s) + 1] AS wait_le,
    (%(bounds)s)[width_bucket(run, %(lowest)s) + 1] AS run_le,
    count(*), sum(wait), sum(run)
FROM (
    SELECT job.queue, job.actor, attempt.outcome,
        attempt.error_code = '{WorkerLostError.code}' AS is_lost,
        greatest(0, extract(epoch FROM attempt.started_at
            - attempt.due_at))::float8 AS wait,
        greatest(0, extract(epoch FROM attempt.ended_at
            - attempt.started_at))::float8 AS run
    FROM jobs_attempt AS attempt JOIN jobs_job AS job ON job.id = attempt.job_id
    WHERE attempt.ended_at > %(after)s AND attempt.ended_at <= %(until)s
        AND attempt.due_at IS NOT NULL
) AS ended
GROUP BY 1, 2, 3, 4, 5, 6
"""  # noqa: S608 - what is put in is a constant
ADD = f"""
INSERT INTO jobs_total ({FIGURES}) {COUNTED}
ON CONFLICT ({KINDS}) DO UPDATE SET
    attempts = jobs_total.attempts + excluded.attempts,
    wait_seconds = jobs_total.wait_seconds + excluded.wait_seconds,
    run_seconds = jobs_total.run_seconds + excluded.run_seconds
"""
READ = f"""
SELECT {FIGURES}, (SELECT max(until) FROM jobs_totalmark) FROM (
    SELECT {FIGURES} FROM jobs_total UNION ALL ({COUNTED})
) AS figures
"""  # noqa: S608 - likewise
# Nothing that ended earlier is still to be committed: a transaction that writes stamps
# nothing with a time before its own first. What commits after this was read is later.
SETTLED = """
SELECT least(clock_timestamp(), min(xact_start)) FROM pg_stat_activity
WHERE datname = current_database() AND backend_xid IS NOT NULL
    AND pid <> pg_backend_pid()
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Attempts that are alike; the bounds are those of their buckets, in seconds."""

    queue: str
    actor: str
    outcome: str
    is_lost: bool
    wait_le: float
    run_le: float
    attempts: int
    wait_seconds: float
    run_seconds: float


@transaction.atomic
def count_ended() -> None:
    """Add what has ended since the mark to the totals, and move the mark on.

    Safe in two processes at once: the second one finds less to count, or nothing.
    """
    TotalMark.objects.get_or_create(pk=THE_MARK, defaults={"until": BEGINNING})
    mark = TotalMark.objects.select_for_update().get(pk=THE_MARK)
    with connection.cursor() as cursor:
        # Before the count, which then sees everything that was committed by then.
        cursor.execute(SETTLED)
        until = max(mark.until, cursor.fetchone()[0])
        cursor.execute(ADD, _limits(mark.until, until))
    mark.until = until
    mark.save(update_fields=["until"])


def figures() -> tuple[Figure, ...]:
    """Return how many attempts have ever ended, by all that is told apart."""
    mark, found = counted_until(), None
    while found is None:
        found, seen = _read(mark)
        if seen != mark:
            # The scheduler moved it on just now, and counted some of these twice.
            mark, found = seen, None
    return found


def counted_until() -> datetime:
    """Return the mark: what ended by then is in the totals."""
    mark = TotalMark.objects.filter(pk=THE_MARK).first()
    return BEGINNING if mark is None else mark.until


def not_counted(job_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the jobs that must not be forgotten yet."""
    ended = Attempt.objects.filter(job_id__in=job_ids, ended_at__gt=counted_until())
    return set(ended.values_list("job_id", flat=True))


def _read(mark: datetime) -> tuple[tuple[Figure, ...], datetime]:
    """Return the figures, and the mark as it was in the same instant."""
    with connection.cursor() as cursor:
        cursor.execute(READ, _limits(mark, END))
        rows = cursor.fetchall()
    names = [field.name for field in dataclasses.fields(Figure)]
    found = [Figure(**dict(zip(names, row, strict=False))) for row in rows]
    seen = rows[0][-1] if rows else mark
    return tuple(found), seen or BEGINNING


def _limits(after: datetime, until: datetime) -> dict[str, Any]:
    return {
        "after": after,
        "until": until,
        "lowest": list(BOUNDS),
        "bounds": [*BOUNDS, float("inf")],
    }
