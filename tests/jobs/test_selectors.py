"""What operators are told equals what the tables say."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from jobs import selectors, settle
from jobs.failures import Failure
from jobs.models import Job, Worker
from jobs.selectors import JobFilter
from jobs.states import State
from tests.jobs.conftest import MakeClaim

pytestmark = pytest.mark.django_db

BROKEN = Failure(
    code="scale_broken", message="broken", is_permanent=True, traceback="line 1"
)


def job(**values: Any) -> Job:
    return Job.objects.create(**{"actor": "weigh", "queue": "scales", **values})


def worker(**values: Any) -> Worker:
    base = {
        "id": uuid.uuid4(),
        "host": "shop",
        "pid": 7,
        "queues": ["scales", "till"],
        "threads": 2,
    }
    return Worker.objects.create(**{**base, **values})


def test_a_queue_is_counted_by_state() -> None:
    job(run_at=timezone.now() - timedelta(seconds=40))
    job()
    job(state=State.SCHEDULED)
    job(state=State.FAILED)
    job(state=State.SUCCEEDED)
    job(queue="till", state=State.RUNNING)
    worker()

    scales, till = selectors.queue_summaries()

    assert (scales.name, scales.waiting, scales.scheduled) == ("scales", 2, 1)
    assert (scales.running, scales.failed, scales.workers) == (0, 1, 1)
    assert scales.oldest_waiting_seconds == pytest.approx(40, abs=5)
    assert (till.running, till.oldest_waiting_seconds, till.workers) == (1, None, 1)


def test_a_queue_with_a_worker_and_no_job_is_listed() -> None:
    worker(queues=["till"])

    (till,) = selectors.queue_summaries()

    assert (till.name, till.waiting, till.workers) == ("till", 0, 1)


def test_a_silent_worker_is_shown_as_such_and_a_stopped_one_is_not() -> None:
    alive = worker(host="a")
    silent = worker(host="b", last_seen_at=timezone.now() - timedelta(minutes=5))
    worker(host="c", stopped_at=timezone.now())
    running = job(state=State.RUNNING, worker_id=alive.pk)

    first, second = selectors.workers()

    assert (first.id, first.is_alive, first.queues) == (
        alive.pk,
        True,
        ("scales", "till"),
    )
    assert first.current_job_ids == (running.pk,)
    assert (second.id, second.is_alive) == (silent.pk, False)
    assert second.seconds_since_seen == pytest.approx(300, abs=5)


def test_pages_turn_from_the_newest_to_the_oldest() -> None:
    ids = [job().pk for _ in range(5)]

    seen: list[uuid.UUID] = []
    cursor: str | None = ""
    while cursor is not None:
        page = selectors.jobs_page(JobFilter(), cursor=cursor, size=2)
        seen += [each.id for each in page.jobs]
        cursor = page.next_cursor

    assert seen == ids[::-1]


def test_a_page_shows_only_what_was_asked_for() -> None:
    wanted = job(actor="sell", queue="till", state=State.FAILED)
    job(actor="sell", queue="till")
    job(actor="sell", state=State.FAILED)
    job(queue="till", state=State.FAILED)

    page = selectors.jobs_page(JobFilter(state="failed", actor="sell", queue="till"))

    assert [each.id for each in page.jobs] == [wanted.pk]


def test_a_cursor_that_is_not_ours_starts_from_the_beginning() -> None:
    newest = job()

    page = selectors.jobs_page(JobFilter(), cursor="'; drop table jobs_job")

    assert page.jobs[0].id == newest.pk


def test_a_job_is_shown_with_its_attempts(make_claim: MakeClaim) -> None:
    claim = make_claim()
    settle.fail(claim.job_id, token=claim.token, failure=BROKEN)

    detail = selectors.job_detail(claim.job_id)

    assert detail is not None
    assert (detail.job.state, detail.job.error_code) == ("failed", "scale_broken")
    assert detail.job.wait_seconds is not None
    assert detail.job.run_seconds is not None
    (attempt,) = detail.attempts
    assert (attempt.number, attempt.outcome) == (1, "failed")
    assert (attempt.error_message, attempt.traceback) == ("broken", "line 1")


def test_a_job_that_never_was_has_no_detail() -> None:
    assert selectors.job_detail(uuid.uuid4()) is None
