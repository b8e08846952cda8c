"""Totals never fall: not by counting, not by forgetting, not while others write."""

import threading

import psycopg
import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from jobs import sweep, totals
from jobs.models import Attempt, Job, Total
from jobs.states import State

pytestmark = pytest.mark.django_db(transaction=True)

END_ATTEMPT = "UPDATE jobs_attempt SET ended_at = clock_timestamp() WHERE id = %s"


def an_attempt(*, is_ended: bool) -> Attempt:
    now = timezone.now()
    job = Job.objects.create(
        actor="weigh", queue="scales", state=State.SUCCEEDED, finished_at=now
    )
    return Attempt.objects.create(
        job=job,
        number=1,
        worker="shop:1",
        due_at=now,
        started_at=now,
        ended_at=now if is_ended else None,
        outcome="succeeded",
    )


def total() -> int:
    return sum(figure.attempts for figure in totals.figures())


def test_counting_changes_no_total() -> None:
    an_attempt(is_ended=True)
    an_attempt(is_ended=True)
    before = total()

    totals.count_ended()
    totals.count_ended()

    assert (before, total()) == (2, 2)
    assert [row.attempts for row in Total.objects.all()] == [2]


def test_what_ends_after_the_mark_is_added_to_what_was_counted() -> None:
    an_attempt(is_ended=True)
    totals.count_ended()
    an_attempt(is_ended=True)

    assert total() == 2
    totals.count_ended()
    assert total() == 2
    assert [row.attempts for row in Total.objects.all()] == [2]


def test_forgetting_a_job_takes_nothing_from_the_totals(settings: Settings) -> None:
    settings.AYNI_JOBS_HISTORY_DAYS = 0
    an_attempt(is_ended=True)

    sweep.forget_old()

    assert (Job.objects.count(), total()) == (0, 1)


def test_a_job_that_is_not_counted_yet_is_not_forgotten(settings: Settings) -> None:
    settings.AYNI_JOBS_HISTORY_DAYS = 0
    with psycopg.connect(**connection.get_connection_params()) as other:
        # It writes, and might yet write that an attempt ended before this one did.
        other.execute("SELECT pg_current_xact_id()")
        kept = an_attempt(is_ended=True)

        sweep.forget_old()

        assert Job.objects.filter(pk=kept.job_id).exists()
        other.rollback()
    sweep.forget_old()
    assert (Job.objects.count(), total()) == (0, 1)


def test_an_attempt_that_is_committed_late_is_counted_once() -> None:
    late = an_attempt(is_ended=False)
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(END_ATTEMPT, [late.pk])
        an_attempt(is_ended=True)

        totals.count_ended()
        while_open = total()
        other.commit()

    assert (while_open, total()) == (1, 2)
    totals.count_ended()
    assert total() == 2


def test_whoever_reads_while_others_count_sees_no_total_fall() -> None:
    for _ in range(50):
        an_attempt(is_ended=True)
    is_over, trouble = threading.Event(), []

    def count() -> None:
        while not is_over.is_set():
            an_attempt(is_ended=True)
            totals.count_ended()
        connection.close()

    counting = threading.Thread(target=count)
    counting.start()
    last = 0
    for _ in range(100):
        seen = total()
        if seen < last:
            trouble.append((last, seen))
        last = seen
    is_over.set()
    counting.join()

    assert trouble == []
    assert total() == Attempt.objects.count()
