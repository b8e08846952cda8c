"""How long a job waits for an idle worker: from its row's creation to its claim."""

import functools
import uuid
from collections.abc import Iterator

from ayni.demo.errors import DemoError
from ayni.localstack.waiting import wait_until
from jobs.enqueue import enqueue
from jobs.models import Job

JOBS = 300
ACTOR, QUEUE = "health_check", "default"
# An idle worker needs milliseconds.
MOST_SECONDS = 30.0


def start_latencies_ms() -> tuple[float, ...]:
    """Enqueue jobs one after the other, each to idle workers; return their waits."""
    return tuple(_waits())


def _waits() -> Iterator[float]:
    for _ in range(JOBS):
        job_id = enqueue(ACTOR, args={}, queue=QUEUE)
        if not wait_until(functools.partial(_has_ended, job_id), seconds=MOST_SECONDS):
            raise DemoError(f"a job has not ended within {MOST_SECONDS:g} s")
        yield _wait_ms(job_id)


def _has_ended(job_id: uuid.UUID) -> bool:
    return Job.objects.filter(pk=job_id, finished_at__isnull=False).exists()


def _wait_ms(job_id: uuid.UUID) -> float:
    job = Job.objects.get(pk=job_id)
    assert job.started_at is not None  # noqa: S101 - it has ended
    return (job.started_at - job.created_at).total_seconds() * 1000
