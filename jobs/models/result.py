"""What the work of a job returned, for as long as it is kept."""

from django.db import models

from jobs.models.job import Job


class Result(models.Model):
    """One job's result as JSON text, exactly as it was written.

    A table of its own: most jobs return nothing, and what is pruned by the hour is not
    to rewrite the rows of jobs.
    """

    job = models.OneToOneField(
        Job, models.CASCADE, primary_key=True, related_name="kept_result"
    )
    value = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="result_expires"),)

    def __str__(self) -> str:
        return f"{self.job_id} until {self.expires_at}"
