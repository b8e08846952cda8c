"""Jobs and workers as an operator meets them, written straight into the tables."""

import datetime as dt
import uuid
from typing import Any

from django.test import Client
from django.utils import timezone

from jobs.models import Attempt, Job, Worker
from tests.accounts.people import a_company, a_member, a_person

TRACEBACK = """Traceback (most recent call last):
  File "shop.py", line 7, in open_door
ShopClosedError: redis://:hunter2@10.0.0.1:6379/0 is closed
"""


def an_operator() -> Client:
    client = Client()
    client.force_login(a_person(is_staff=True))
    return client


def a_tenant() -> Client:
    client = Client()
    client.force_login(a_member(a_company()).user)
    return client


def a_job(**values: Any) -> Job:
    """Return a job that waits, unless ``values`` say otherwise."""
    defaults: dict[str, Any] = {"actor": "sweep_floor", "queue": "chores"}
    job = Job.objects.create(**{**defaults, **values})
    job.refresh_from_db()
    return job


def a_failed_job(**values: Any) -> Job:
    now = timezone.now()
    values = {"created_at": now - dt.timedelta(seconds=10), **values}
    job = a_job(
        state="failed",
        attempts=1,
        started_at=now - dt.timedelta(seconds=9),
        finished_at=now,
        error_code="shop_closed",
        error_message="come back tomorrow",
        **values,
    )
    Attempt.objects.create(
        job=job,
        number=1,
        worker="till-7:4100",
        started_at=now - dt.timedelta(seconds=9),
        ended_at=now,
        outcome="failed",
        error_code="shop_closed",
        error_message="come back tomorrow",
        traceback=TRACEBACK,
    )
    return job


def a_worker(*, silent_seconds: float = 0, **values: Any) -> Worker:
    defaults: dict[str, Any] = {
        "id": uuid.uuid4(),
        "host": "till-7",
        "pid": 4100,
        "queues": ["chores"],
        "threads": 2,
        "rss_bytes": 150 * 1024**2,
        "last_seen_at": timezone.now() - dt.timedelta(seconds=silent_seconds),
    }
    return Worker.objects.create(**{**defaults, **values})
