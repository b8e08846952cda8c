"""What operators and clients did to jobs and queues."""

from django.db import models

from jobs.by import ActionKind
from jobs.ids import new_id

# As long as the longest e-mail address.
NAME_CHARS = 254
ID_CHARS = 64
REASON_CHARS = 200


class Action(models.Model):
    """One thing done by somebody; never changed but to count its parts.

    What is done to many jobs is one row, and one more for each job, whose ``part_of``
    names the first. No foreign keys: jobs are pruned, what was done to them stays.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in ActionKind]
    )
    # Opaque here: whoever calls says who it is.
    by_id = models.CharField(max_length=ID_CHARS, default="", blank=True)
    by_name = models.CharField(max_length=NAME_CHARS, default="", blank=True)
    reason = models.CharField(max_length=REASON_CHARS, default="", blank=True)
    # How many jobs it changed.
    jobs = models.PositiveIntegerField(default=0)
    job_id = models.UUIDField(null=True)
    tenant_id = models.UUIDField(null=True)
    actor = models.CharField(max_length=100, default="", blank=True)
    queue = models.CharField(max_length=50, default="", blank=True)
    # Set where everything of one kind of failure was meant.
    fingerprint = models.CharField(max_length=200, default="", blank=True)
    part_of = models.UUIDField(null=True)

    class Meta:
        indexes = (
            # The list: everything but parts, newest first; parts of one; one job's.
            models.Index(
                fields=["-id"],
                condition=models.Q(part_of=None),
                name="action_whole",
            ),
            models.Index(
                fields=["part_of", "-id"],
                condition=models.Q(part_of__isnull=False),
                name="action_parts",
            ),
            models.Index(
                fields=["job_id"],
                condition=models.Q(job_id__isnull=False),
                name="action_of_job",
            ),
            models.Index(fields=["at"], name="action_at"),
        )

    def __str__(self) -> str:
        return f"{self.kind} by {self.by_name or 'the program'}"
