"""Who had the latest turns in a queue: the memory of ``jobs.fairness``."""

from django.db import models
from django.db.models.functions import Now


class Turn(models.Model):
    """One tenant's latest start in one queue. Losing these rows loses no job."""

    queue = models.CharField(max_length=50)
    # The zero id stands for jobs without a tenant.
    tenant_id = models.UUIDField()
    started = models.FloatField(default=0, db_default=0)
    started_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["queue", "tenant_id"], name="turn_once"),
        )
        indexes = (models.Index(fields=["queue", "-started"], name="turn_latest"),)

    def __str__(self) -> str:
        return f"{self.queue} {self.tenant_id} {self.started}"
