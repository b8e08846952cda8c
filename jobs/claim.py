"""Take a job: one statement, by the database's clock. No claim, no work."""

import dataclasses
import json
import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import connection

from jobs.fence import CurrentJob
from jobs.workers import Identity

# Counting the attempt here makes a crash count. The new token takes the right to
# commit from whoever had it before.
CLAIM = """
WITH claimed AS (
    UPDATE jobs_job SET
        state = 'running',
        attempts = attempts + 1,
        max_attempts = forgiven + %(max_attempts)s,
        token = token + 1,
        worker_id = %(worker_id)s,
        started_at = clock_timestamp(),
        lease_expires_at = clock_timestamp() + make_interval(secs => %(lease)s),
        sent_at = coalesce(sent_at, clock_timestamp())
    WHERE id = %(job_id)s AND actor = %(actor)s AND state = 'queued'
        AND queue NOT IN (SELECT name FROM jobs_queue WHERE paused_at IS NOT NULL)
    RETURNING id, args, tenant_id, attempts, token, started_at
), noted AS (
    INSERT INTO jobs_attempt (job_id, number, worker, started_at)
    SELECT id, attempts, %(worker)s, started_at FROM claimed
)
SELECT args, tenant_id, attempts, token FROM claimed
"""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The right to make one attempt, as long as its lease is kept."""

    job_id: uuid.UUID
    actor: str
    args: Mapping[str, Any]
    tenant_id: uuid.UUID | None
    attempt: int
    token: int

    @property
    def current_job(self) -> CurrentJob:
        """Return what the work is given."""
        return CurrentJob(job_id=self.job_id, attempt=self.attempt, token=self.token)


def claim_job(
    job_id: uuid.UUID, *, actor: str, max_attempts: int, worker: Identity
) -> Claim | None:
    """Claim a waiting job and open its attempt; ``None`` if there is nothing to do.

    Losing the race is normal: a second delivery finds the job running or ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {
                "job_id": job_id,
                "actor": actor,
                "max_attempts": max_attempts,
                "worker_id": worker.id,
                "worker": worker.place,
                "lease": settings.AYNI_JOBS_LEASE_SECONDS,
            },
        )
        row = cursor.fetchone()
    if row is None:
        return None
    args, tenant_id, attempt, token = row
    return Claim(
        job_id=job_id,
        actor=actor,
        args=json.loads(args),
        tenant_id=tenant_id,
        attempt=attempt,
        token=token,
    )
