"""A slot is fired once, by whichever scheduler comes first; a missed one is seen."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from jobs import schedule, sweep
from jobs.models import Job, Schedule, ScheduleSlot
from jobs.scheduler import Scheduler
from jobs.states import State

EVERY_MINUTE: dict[str, Any] = {
    "actor": "weigh",
    "cron": "* * * * *",
    "zone": "America/Santiago",
    "queue": "scales",
    "args": {"kilos": 1},
}


@pytest.fixture
def every_minute(settings: Settings) -> None:
    settings.AYNI_JOBS_SCHEDULES = {"weigh often": EVERY_MINUTE}


@pytest.fixture
def schedulers() -> Iterator[tuple[Scheduler, Scheduler]]:
    pair = (Scheduler(), Scheduler())
    yield pair
    for each in pair:
        each.stop()


def minutes_ago(count: int) -> None:
    """Let the next slot have come ``count`` whole minutes ago."""
    slot = timezone.now().replace(second=0, microsecond=0)
    Schedule.objects.update(next_at=slot - timedelta(minutes=count))


@pytest.mark.django_db
def test_nothing_is_fired_before_its_time(every_minute: None) -> None:
    schedule.write_schedules()
    # Far enough away that no minute can begin in the middle of the test.
    soon = timezone.now() + timedelta(minutes=2)
    Schedule.objects.update(next_at=soon)

    assert schedule.fire_due() == 0
    assert Schedule.objects.get().next_at == soon


@pytest.mark.django_db
def test_a_slot_is_fired_once_and_the_next_one_waits(every_minute: None) -> None:
    schedule.write_schedules()
    minutes_ago(0)

    assert schedule.fire_due() == 1
    assert schedule.fire_due() == 0

    job = Job.objects.get()
    assert (job.actor, job.queue, job.args) == ("weigh", "scales", {"kilos": 1})
    assert ScheduleSlot.objects.get().job_id == job.pk
    assert Schedule.objects.get().next_at > timezone.now()


@pytest.mark.django_db
def test_a_slot_that_another_scheduler_fired_is_not_fired_again(
    every_minute: None,
) -> None:
    schedule.write_schedules()
    minutes_ago(0)
    schedule.fire_due()
    minutes_ago(0)

    assert schedule.fire_due() == 0
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_of_missed_slots_the_latest_is_fired_and_the_others_are_noted(
    every_minute: None,
) -> None:
    schedule.write_schedules()
    minutes_ago(3)

    schedule.fire_due()

    slots = ScheduleSlot.objects.order_by("slot_at").values_list("job_id", flat=True)
    assert list(slots) == [None, None, None, Job.objects.get().pk]


@pytest.mark.django_db
def test_writing_again_keeps_the_next_slot_unless_the_times_change(
    settings: Settings, every_minute: None
) -> None:
    schedule.write_schedules()
    minutes_ago(2)
    missed = Schedule.objects.get().next_at

    schedule.write_schedules()
    assert Schedule.objects.get().next_at == missed
    hourly = {**EVERY_MINUTE, "cron": "0 * * * *"}
    settings.AYNI_JOBS_SCHEDULES = {"weigh often": hourly}
    schedule.write_schedules()

    assert Schedule.objects.get().next_at > timezone.now()


@pytest.mark.django_db
def test_a_clock_that_is_ahead_fires_nothing_too_early(
    every_minute: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's clock counts for nothing: slots come by the database's."""
    schedule.write_schedules()
    minutes_ago(0)
    ahead = timezone.now() + timedelta(hours=1)
    with monkeypatch.context() as patched:
        patched.setattr(timezone, "now", lambda: ahead)
        assert schedule.fire_due() == 1

    fired = ScheduleSlot.objects.latest("slot_at")
    assert fired.slot_at <= timezone.now() < Schedule.objects.get().next_at


@pytest.mark.django_db
def test_a_schedule_that_is_no_longer_set_is_switched_off(
    settings: Settings, every_minute: None
) -> None:
    schedule.write_schedules()
    minutes_ago(0)
    settings.AYNI_JOBS_SCHEDULES = {}

    schedule.write_schedules()

    assert schedule.fire_due() == 0


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_fire_once_and_one_stands_by(
    every_minute: None, schedulers: tuple[Scheduler, Scheduler]
) -> None:
    first, second = schedulers
    assert [first.make_pass(), second.make_pass()] == [True, False]
    minutes_ago(0)

    assert [second.make_pass(), first.make_pass()] == [False, True]
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_one_that_stands_by_takes_over(
    every_minute: None, schedulers: tuple[Scheduler, Scheduler]
) -> None:
    first, second = schedulers
    first.make_pass()
    first.stop()
    minutes_ago(0)

    assert second.make_pass()
    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_backlog_of_history_is_forgotten_pass_by_pass(
    settings: Settings,
    schedulers: tuple[Scheduler, Scheduler],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.AYNI_JOBS_SCHEDULES = {}
    monkeypatch.setattr(sweep, "BATCH_ROWS", 2)
    old = timezone.now() - timedelta(days=settings.AYNI_JOBS_HISTORY_DAYS + 1)
    for _ in range(5):
        values = {"state": State.SUCCEEDED, "finished_at": old}
        Job.objects.create(actor="weigh", queue="scales", **values)

    left = []
    for _ in range(3):
        schedulers[0].make_pass()
        left.append(Job.objects.count())

    assert left == [3, 1, 0]
