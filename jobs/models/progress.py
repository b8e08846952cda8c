"""How far the work of a job is, as the work itself says."""

from django.db import models

from jobs.models.job import Job


class Progress(models.Model):
    """What the latest attempt that told anything told last.

    A table of its own without a constraint to that of jobs: an attempt that commits
    holds its job's row, and whoever writes progress may not wait for that.
    """

    job = models.OneToOneField(
        Job,
        models.CASCADE,
        primary_key=True,
        db_constraint=False,
        related_name="progress",
    )
    attempt = models.PositiveIntegerField()
    token = models.BigIntegerField()
    done = models.FloatField()
    total = models.FloatField()
    # From 0 to 1.
    share = models.FloatField()
    note = models.CharField(max_length=100, default="", blank=True)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.job_id} {self.done:g} of {self.total:g}"
