"""Enqueue by the clock: once for each slot, however many schedulers run."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction

from jobs import clock, cron
from jobs.enqueue import enqueue
from jobs.models import Schedule, ScheduleSlot

log = structlog.get_logger(__name__)


@transaction.atomic
def write_schedules() -> None:
    """Make the table say what ``AYNI_JOBS_SCHEDULES`` says.

    A schedule whose cron line or zone is unchanged keeps its next slot, so that a slot
    missed while nobody was there is seen. One that is no longer set is switched off.
    """
    wanted: Mapping[str, Mapping[str, Any]] = settings.AYNI_JOBS_SCHEDULES
    for name, schedule in wanted.items():
        _write(name, schedule)
    Schedule.objects.exclude(pk__in=list(wanted)).update(is_enabled=False)


def fire_due() -> int:
    """Enqueue the jobs of every slot that has come, and return how many.

    Catching up: of the slots missed meanwhile the latest is fired and the others are
    written down as missed.
    """
    due = Schedule.objects.filter(is_enabled=True, next_at__lte=clock.ago())
    return sum(_fire(name) for name in list(due.values_list("pk", flat=True)))


def _write(name: str, wanted: Mapping[str, Any]) -> None:
    values = {
        "actor": wanted["actor"],
        "queue": wanted.get("queue", "default"),
        "args": wanted.get("args", {}),
        "cron": wanted["cron"],
        "zone": wanted.get("zone", "UTC"),
        "is_enabled": True,
    }
    same_times = Schedule.objects.filter(
        pk=name, cron=values["cron"], zone=values["zone"], is_enabled=True
    )
    if same_times.update(**values):
        return
    following = cron.next_slot(values["cron"], zone=values["zone"], after=clock.read())
    Schedule.objects.update_or_create(
        pk=name, defaults={**values, "next_at": following}
    )


@transaction.atomic
def _fire(name: str) -> bool:
    schedule = (
        Schedule.objects.select_for_update(skip_locked=True)
        .filter(pk=name, is_enabled=True, next_at__lte=clock.ago())
        .first()
    )
    if schedule is None:
        return False
    slots = cron.slots_until(
        schedule.cron,
        zone=schedule.zone,
        first=schedule.next_at,
        until=clock.read(),
    )
    *missed, latest = slots
    ScheduleSlot.objects.bulk_create(
        [ScheduleSlot(schedule=schedule, slot_at=slot) for slot in missed],
        ignore_conflicts=True,
    )
    fired = _fire_slot(schedule, latest)
    schedule.next_at = cron.next_slot(schedule.cron, zone=schedule.zone, after=latest)
    schedule.save(update_fields=["next_at"])
    return fired


def _fire_slot(schedule: Schedule, slot_at: datetime) -> bool:
    slot, is_new = ScheduleSlot.objects.get_or_create(
        schedule=schedule, slot_at=slot_at
    )
    if not is_new:
        return False
    job_id = enqueue(schedule.actor, args=schedule.args, queue=schedule.queue)
    ScheduleSlot.objects.filter(pk=slot.pk).update(job_id=job_id)
    log.info("schedule_fired", schedule=schedule.pk, job_id=str(job_id))
    return True
