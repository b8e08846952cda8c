"""Write down how far the work of a worker process is, for its pages and askers.

One statement for all jobs of the process, by the thread that keeps their leases and in
no transaction of theirs: it is seen while the work's own is open, and never waits.
"""

import dataclasses
import json
from collections.abc import Iterable
from typing import Protocol

from django.db import connection

from jobs.claim import Claim
from jobs.telling import Told

# The token lets no attempt speak for a job that is another's now. Within an attempt
# the share never falls, whichever of two threads comes last.
WRITE = """
INSERT INTO jobs_progress AS kept
    (job_id, attempt, token, done, total, share, note, told_at)
SELECT job.id, job.attempts, news.token, news.done, news.total, news.share, news.note,
    clock_timestamp()
FROM jsonb_to_recordset(%s::jsonb) AS news
    (job_id uuid, token bigint, done float8, total float8, share float8, note text)
JOIN jobs_job AS job
    ON job.id = news.job_id AND job.token = news.token AND job.state = 'running'
ORDER BY job.id
ON CONFLICT (job_id) DO UPDATE SET attempt = excluded.attempt, token = excluded.token,
    done = excluded.done, total = excluded.total, share = excluded.share,
    note = excluded.note, told_at = excluded.told_at
WHERE kept.token < excluded.token OR (kept.token = excluded.token
    AND kept.share <= excluded.share)
"""


class Speaker(Protocol):
    """An attempt of this process, and what its work told: a lease is one."""

    @property
    def claim(self) -> Claim: ...
    @property
    def unwritten(self) -> Told | None: ...
    def note_written(self, told: Told) -> None: ...


def write(leases: Iterable[Speaker]) -> int:
    """Write what the work of these leases told since the last time.

    Returns how many rows were written. Safe to repeat; news of an attempt that is no
    longer the current one is dropped.
    """
    news = [(lease, told) for lease in leases if (told := lease.unwritten) is not None]
    if not news:
        return 0
    rows = [
        {
            "job_id": str(lease.claim.job_id),
            "token": lease.claim.token,
            **dataclasses.asdict(told),
            "share": told.share,
        }
        for lease, told in news
    ]
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [json.dumps(rows)])
        written: int = cursor.rowcount
    for lease, told in news:
        lease.note_written(told)
    return written
