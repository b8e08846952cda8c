"""One open job for a key, an actor and a tenant, whoever asks at the same moment.

The index ``job_unique_while_open`` decides; what is here finds out what it decided.
"""

import uuid

from jobs.models import Job
from jobs.states import OPEN

# Between being refused and looking, the other job may end, each time anew. Nobody ends
# jobs that fast for long.
TRIES = 5


def write_once(job: Job) -> uuid.UUID:
    """Write a new job, or return the id of the open one that has its key.

    Runs in the caller's transaction. It waits for another transaction that has written
    the same key, until that one is committed or rolled back.

    Raises ``RuntimeError`` if jobs with the key ended as fast as they were looked for.
    """
    if not job.dedupe_key:
        job.save(force_insert=True)
        return job.pk
    for _ in range(TRIES):
        Job.objects.bulk_create([job], ignore_conflicts=True)
        if (job_id := _open_with_key_of(job)) is not None:
            return job_id
    raise RuntimeError(f"jobs of {job.actor} with this key end faster than they start")


def _open_with_key_of(job: Job) -> uuid.UUID | None:
    same = Job.objects.filter(
        dedupe_key=job.dedupe_key,
        actor=job.actor,
        tenant_id=job.tenant_id,
        state__in=sorted(OPEN),
    )
    return same.values_list("pk", flat=True).first()
