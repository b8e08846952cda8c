"""Which job waits for which: chains and groups."""

from django.db import models

from jobs.models.job import Job
from jobs.states import Need


class Link(models.Model):
    """``after`` waits for ``before``; once met, it stays met."""

    # The constraint below is an index that begins with it.
    before = models.ForeignKey(
        Job, models.CASCADE, related_name="links_onward", db_index=False
    )
    after = models.ForeignKey(Job, models.CASCADE, related_name="links_back")
    need = models.CharField(max_length=10, choices=[(n.value, n.value) for n in Need])
    met_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["before", "after"], name="link_once"),
        )

    def __str__(self) -> str:
        return f"{self.after_id} after {self.before_id} {self.need}"
