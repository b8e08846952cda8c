"""Who does the work, and when each was last seen alive."""

from django.db import models
from django.db.models.functions import Now


class Worker(models.Model):
    """One worker process. It writes its own row; nobody else believes it is alive."""

    id = models.UUIDField(primary_key=True, editable=False)
    host = models.CharField(max_length=255)
    pid = models.IntegerField()
    queues = models.JSONField(default=list)
    threads = models.PositiveSmallIntegerField()
    rss_bytes = models.BigIntegerField(default=0)
    started_at = models.DateTimeField(db_default=Now())
    last_seen_at = models.DateTimeField(db_default=Now())
    # Set by a worker that stopped in good order.
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["last_seen_at"], name="worker_seen"),)

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"
