"""The first page: sums, workers that fell silent, and what to do without any."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ops.board import board_now
from tests.ops.places import a_failed_job, a_job, a_worker, an_operator

pytestmark = pytest.mark.django_db

# Who asks (3), queues (7), workers of the page (3), the latest jobs (1).
BOARD_QUERIES = 14


def test_figures_are_sums_over_all_queues() -> None:
    a_job()
    a_job(queue="post", run_at=timezone.now() - dt.timedelta(minutes=5))
    a_job(state="running")
    a_job(state="scheduled")
    a_failed_job()
    a_worker()
    a_worker(silent_seconds=3_600)

    figures = board_now().figures

    assert (figures.waiting, figures.running, figures.scheduled) == (2, 1, 1)
    assert (figures.failed, figures.living_workers, figures.silent_workers) == (1, 1, 1)
    assert figures.oldest_waiting_seconds == pytest.approx(300, abs=30)


def test_nothing_waiting_has_no_age() -> None:
    assert board_now().figures.oldest_waiting_seconds is None


def test_without_workers_the_page_says_how_to_start_them() -> None:
    a_job(queue="reports")

    page = an_operator().get("/ops/").content.decode()

    assert "No hay workers" in page
    assert (
        "python manage.py run_workers --processes 2 --threads 2"
        " --queues processing,default,reports</code>"
    ) in page


def test_a_queue_nobody_takes_from_is_told_with_the_command_for_it() -> None:
    a_job(queue="reports")
    a_worker(queues=["chores"])

    assert board_now().start_command.endswith(" --queues reports")


def test_where_everything_is_taken_there_is_nothing_to_start() -> None:
    a_job()
    a_worker()

    assert board_now().start_command == ""


def test_a_silent_worker_takes_nothing_and_is_marked() -> None:
    a_job()
    a_worker(silent_seconds=3_600)

    page = an_operator().get("/ops/").content.decode()

    assert board_now().start_command
    assert '<tr class="silent">' in page
    assert "En silencio" in page


def test_a_worker_is_shown_with_what_it_does() -> None:
    worker = a_worker()
    job = a_job(state="running", worker_id=worker.pk)

    page = an_operator().get("/ops/").content.decode()

    assert "till-7:4100" in page
    assert "150\N{NO-BREAK SPACE}MB" in page
    assert f'href="/ops/jobs/{job.pk}/"' in page


def test_a_script_gets_the_parts_and_not_the_frame() -> None:
    part = an_operator().get("/ops/", headers={"HX-Request": "true"})

    assert 'id="queues" data-part' in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part["Vary"]


def test_more_jobs_and_workers_cost_no_more_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = an_operator()
    for number in range(20):
        worker = a_worker(pid=number, queues=[f"queue{number}"])
        a_job(queue=f"queue{number}")
        a_job(state="running", worker_id=worker.pk)

    with django_assert_num_queries(BOARD_QUERIES):
        client.get("/ops/")
