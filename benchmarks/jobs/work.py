"""The work of our own workers in the benchmark: the no-op, and something longer."""

import threading

from benchmarks.jobs import tally
from jobs.actors import job_actor
from jobs.fence import CurrentJob

QUEUE = "bench"


@job_actor(queue=QUEUE)
def tick(_job: CurrentJob) -> None:
    """Start, and be done."""
    tally.note_start()


@job_actor(queue=QUEUE)
def dwell(_job: CurrentJob, *, seconds: float) -> None:
    """Take some time, and nothing else."""
    threading.Event().wait(seconds)
