"""One job of a tenant beside a thousand of another that came before it."""

import functools
import uuid
from collections.abc import Callable

from ayni.demo.errors import DemoError
from ayni.localstack.waiting import wait_until
from jobs.enqueue import enqueue, enqueue_many
from jobs.models import Job
from jobs.states import State
from jobs.steps import Step

CROWD = 1_000
JOB_SECONDS = 0.25
TIMES = 5
QUEUE, ACTOR = "bench", "dwell"
MOST_SECONDS = 120.0


def single_waits() -> tuple[float, ...]:
    """Return how long single jobs waited behind a crowd of another tenant, in seconds.

    What is left of the crowd is cancelled afterwards.
    """
    many = uuid.uuid4()
    enqueue_many([_step(many) for _ in range(CROWD)])
    running = Job.objects.filter(tenant_id=many, state=State.RUNNING)
    _wait_for(running.exists)
    waits = tuple(_single_wait() for _ in range(TIMES))
    waiting = Job.objects.filter(tenant_id=many, state=State.QUEUED)
    waiting.update(state=State.CANCELLED)
    _wait_for(lambda: not running.exists())
    return waits


def _single_wait() -> float:
    job_id = enqueue(
        ACTOR, args={"seconds": JOB_SECONDS}, queue=QUEUE, tenant_id=uuid.uuid4()
    )
    _wait_for(functools.partial(_has_started, job_id))
    job = Job.objects.get(pk=job_id)
    assert job.started_at is not None  # noqa: S101 - it has started
    return (job.started_at - job.created_at).total_seconds()


def _step(tenant_id: uuid.UUID) -> Step:
    return Step(
        actor=ACTOR, args={"seconds": JOB_SECONDS}, queue=QUEUE, tenant_id=tenant_id
    )


def _has_started(job_id: uuid.UUID) -> bool:
    return Job.objects.filter(pk=job_id, started_at__isnull=False).exists()


def _wait_for(condition: Callable[[], bool]) -> None:
    if not wait_until(condition, seconds=MOST_SECONDS):
        raise DemoError(f"it did not happen within {MOST_SECONDS:g} s")
