"""A standby leads within 10 s of whatever happens to the leader."""

import signal
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from jobs.leader import silence_seconds
from jobs.models import Job, Schedule, ScheduleSlot
from jobs.states import State
from tests.jobs.schedulers import SchedulerProcess, cut, leading_session
from tests.jobs.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("takeover"),
]

PROMISE_SECONDS = 10.0
SCHEDULE = "clean up old uploads"
WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
Pair = tuple[SchedulerProcess, SchedulerProcess]


@pytest.fixture
def pair(db: None, tmp_path: Path) -> Iterator[Pair]:
    """A scheduler that leads, and one that stands by."""
    with SchedulerProcess(tmp_path, "first") as leader:
        leader.wait_for("scheduler_leads")
        with SchedulerProcess(tmp_path, "second") as standby:
            standby.wait_for("scheduler_stands_by")
            yield leader, standby


def a_due_job() -> uuid.UUID:
    return Job.objects.create(
        actor="weigh",
        queue="scales",
        state=State.SCHEDULED,
        run_at="2020-01-01T00:00:00Z",
    ).pk


def is_sent(job_id: uuid.UUID) -> bool:
    return Job.objects.get(pk=job_id).sent_at is not None


def test_the_promise_leaves_the_standby_time_to_look() -> None:
    assert silence_seconds() + settings.AYNI_JOBS_SWEEP_SECONDS < PROMISE_SECONDS


def test_of_two_only_one_leads(pair: Pair) -> None:
    leader, standby = pair
    job_id = a_due_job()

    until(lambda: is_sent(job_id))

    assert leader.has_said("scheduler_leads")
    assert not standby.has_said("scheduler_leads")


def test_a_leader_that_is_killed_is_followed(pair: Pair) -> None:
    leader, standby = pair

    leader.signal(signal.SIGKILL)
    job_id = a_due_job()

    standby.wait_for("scheduler_leads", seconds=PROMISE_SECONDS)
    until(lambda: is_sent(job_id))


def test_a_leader_that_stands_still_is_followed_and_stands_by_afterwards(
    pair: Pair,
) -> None:
    leader, standby = pair

    leader.signal(signal.SIGSTOP)
    job_id = a_due_job()
    standby.wait_for("scheduler_leads", seconds=PROMISE_SECONDS)
    until(lambda: is_sent(job_id))
    followed_by = leading_session()
    leader.signal(signal.SIGCONT)

    leader.wait_for("scheduler_stands_by")
    assert leading_session() == followed_by
    assert leader.process.poll() is None


def test_a_leader_that_stands_still_in_a_transaction_keeps_nothing_locked(
    pair: Pair,
) -> None:
    leader, standby = pair

    slot_at = stop_while_it_fires(leader)

    standby.wait_for("scheduler_leads", seconds=PROMISE_SECONDS)
    until(lambda: ScheduleSlot.objects.filter(slot_at=slot_at, job_id__isnull=False))
    leader.signal(signal.SIGCONT)

    leader.wait_for("scheduler_stands_by")
    assert leader.process.poll() is None


def stop_while_it_fires(leader: SchedulerProcess) -> datetime:
    """Stop the leader between its lock of a schedule and its commit; return the slot.

    Another session writes the same slot, so that the leader waits for it in the middle
    of its transaction, and takes it back once the leader stands still.
    """
    slot_at = timezone.now()
    slot = {"schedule_id": SCHEDULE, "slot_at": slot_at}
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute(
            "INSERT INTO jobs_scheduleslot (schedule_id, slot_at)"
            " VALUES (%(schedule_id)s, %(slot_at)s)",
            slot,
        )
        Schedule.objects.filter(pk=SCHEDULE).update(next_at=slot_at)
        until(someone_waits)
        leader.signal(signal.SIGSTOP)
        other.rollback()
    return slot_at


def someone_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def test_a_leader_whose_session_is_cut_is_followed_or_leads_again(pair: Pair) -> None:
    was_leading = leading_session()
    assert was_leading is not None

    cut(was_leading)
    job_id = a_due_job()

    until(lambda: leading_session() not in {None, was_leading}, seconds=PROMISE_SECONDS)
    until(lambda: is_sent(job_id))
