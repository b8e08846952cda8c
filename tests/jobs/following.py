"""A job from outside: start it, follow it to a state, read what the work wrote."""

import uuid
from pathlib import Path
from typing import Any

from jobs.enqueue import enqueue
from jobs.selectors import JobView, job_detail
from tests.jobs.waiting import until_swept

# Starting the workers takes the first test that needs them a few seconds.
START_SECONDS = 60.0


def start(actor: str, *, queue: str = "quick", **args: Any) -> uuid.UUID:
    return enqueue(actor, args=args, queue=queue)


def view(job_id: uuid.UUID) -> JobView:
    detail = job_detail(job_id)
    assert detail is not None
    return detail.job


def reach(job_id: uuid.UUID, state: str, *, seconds: float = START_SECONDS) -> JobView:
    """Sweep until the job is in the state."""
    until_swept(lambda: view(job_id).state == state, seconds=seconds)
    return view(job_id)


def lines(page: Path) -> list[str]:
    return page.read_text(encoding="utf-8").splitlines()


def first_line(page: Path) -> list[str]:
    """Wait until the work has written something, and return its words."""
    until_swept(lambda: page.exists() and lines(page), seconds=START_SECONDS)
    return lines(page)[0].split()
