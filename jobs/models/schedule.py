"""What is enqueued by the clock, and each time it was."""

from django.db import models
from django.db.models.functions import Now


class Schedule(models.Model):
    """A cron line in a time zone; ``next_at`` is the next slot to be fired."""

    name = models.CharField(primary_key=True, max_length=100)
    actor = models.CharField(max_length=100)
    queue = models.CharField(max_length=50)
    args = models.JSONField(default=dict)
    cron = models.CharField(max_length=100)
    zone = models.CharField(max_length=64)
    next_at = models.DateTimeField()
    is_enabled = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.cron})"


class ScheduleSlot(models.Model):
    """One moment of a schedule; it exists once, so two schedulers fire it once.

    ``job_id`` is null for a slot that passed while no scheduler was running.
    """

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="slots")
    slot_at = models.DateTimeField()
    job_id = models.UUIDField(null=True)
    fired_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["schedule", "slot_at"], name="schedule_slot_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.slot_at}"
