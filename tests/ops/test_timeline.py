"""The moments of a job's life, in order, each once."""

import datetime as dt

import pytest
from django.utils import timezone

from jobs.by import By
from jobs.cancel import cancel
from jobs.deadletters import discard
from jobs.models import Attempt, Job
from jobs.requeue import requeue
from jobs.selectors import job_detail
from jobs.trail import actions_on
from ops.timeline import timeline_of
from tests.ops.places import a_failed_job, a_job

pytestmark = pytest.mark.django_db


def kinds(job: Job) -> list[str]:
    detail = job_detail(job.pk)
    assert detail
    return [moment.kind for moment in timeline_of(detail, actions_on(job.pk))]


def test_a_job_that_waits_has_only_been_created() -> None:
    assert kinds(a_job()) == ["created"]


def test_a_scheduled_job_says_when_it_may_start() -> None:
    job = a_job(state="scheduled", run_at=timezone.now() + dt.timedelta(minutes=5))

    assert kinds(job) == ["created", "due"]


def test_the_last_attempt_says_how_the_job_ended() -> None:
    assert kinds(a_failed_job()) == ["created", "started", "attempt_failed"]


def test_a_job_cancelled_while_it_waited_ended_by_itself() -> None:
    now = timezone.now() + dt.timedelta(seconds=1)
    job = a_job(state="cancelled", cancel_requested_at=now, finished_at=now)

    assert kinds(job) == ["created", "cancel_requested", "cancelled"]


def test_attempts_stand_where_they_happened() -> None:
    job = a_failed_job(created_at=timezone.now() - dt.timedelta(hours=1))
    early = timezone.now() - dt.timedelta(minutes=30)
    Attempt.objects.create(
        job=job,
        number=0,
        worker="till-6:1",
        started_at=early,
        ended_at=early + dt.timedelta(seconds=1),
        outcome="retried",
    )

    assert kinds(job) == [
        "created",
        "started",
        "attempt_retried",
        "started",
        "attempt_failed",
    ]


def test_what_people_did_stands_where_they_did_it() -> None:
    job = a_failed_job()

    discard(job.pk, reason="a test")
    requeue(job.pk)
    cancel(job.pk)

    assert kinds(job) == [
        "created",
        "started",
        "attempt_failed",
        "discard_action",
        "retry_action",
        "cancel_action",
        "cancelled",
    ]


def test_a_moment_says_who_and_why() -> None:
    job = a_failed_job()
    discard(job.pk, reason="a test", by=By(id="7", name="rosa@example.com"))
    detail = job_detail(job.pk)
    assert detail

    last = timeline_of(detail, actions_on(job.pk))[-1]

    assert (last.by, last.reason) == ("rosa@example.com", "a test")
