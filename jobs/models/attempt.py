"""The history of a job: one row for each time a worker took it."""

from django.db import models

from jobs.models.job import Job


class Attempt(models.Model):
    """One attempt. ``worker`` is the text ``host:pid``, which outlives the worker."""

    # The constraint below is an index that begins with it.
    job = models.ForeignKey(Job, models.CASCADE, related_name="history", db_index=False)
    number = models.PositiveIntegerField()
    worker = models.CharField(max_length=255)
    # When it could have started; none in rows from before this was kept.
    due_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, default="", db_default="", blank=True)
    error_code = models.CharField(max_length=64, default="", db_default="", blank=True)
    error_message = models.CharField(
        max_length=500, default="", db_default="", blank=True
    )
    error_fingerprint = models.CharField(
        max_length=200, default="", db_default="", blank=True
    )
    # For operators only; it may quote what the work was given.
    traceback = models.TextField(default="", db_default="", blank=True)

    class Meta:
        # What Prometheus is told of the last minutes.
        indexes = (models.Index(fields=["ended_at"], name="attempt_ended"),)
        constraints = (
            models.UniqueConstraint(fields=["job", "number"], name="attempt_once"),
        )

    def __str__(self) -> str:
        return f"{self.job_id} attempt {self.number}"
