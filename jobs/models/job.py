"""One piece of work that will be done, and the truth about how far it is."""

from django.db import models
from django.db.models.functions import Coalesce, Now

from jobs.fairness import NOBODY
from jobs.ids import new_id
from jobs.states import OPEN, State

# What an actor that has not spoken yet allows: one try and three more.
MAX_ATTEMPTS = 4


class Job(models.Model):
    """A job. Every change of ``state`` is one conditional update from a named state.

    ``attempts`` is counted when a job is claimed, so that a crash counts. ``token``
    rises with each claim: whoever has an older one has lost the right to commit.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    actor = models.CharField(max_length=100)
    queue = models.CharField(max_length=50)
    args = models.JSONField(default=dict)
    # Opaque here: whoever enqueues says whose job it is.
    tenant_id = models.UUIDField(null=True)
    # While a job with a key has not ended, its actor and tenant get no second one.
    dedupe_key = models.CharField(max_length=200, default="", db_default="", blank=True)
    state = models.CharField(
        max_length=10,
        choices=[(s.value, s.value) for s in State],
        default=State.QUEUED,
        db_default=State.QUEUED,
    )
    # Among the waiting jobs of its tenant in its queue the lowest number starts first.
    priority = models.SmallIntegerField(default=0, db_default=0)
    run_at = models.DateTimeField(db_default=Now())
    # How many other jobs have to end before this one is due, whatever ``run_at`` says.
    waits_for = models.PositiveIntegerField(default=0, db_default=0)
    # Whether others wait for this one: nobody looks for them otherwise.
    leads_on = models.BooleanField(default=False, db_default=False)
    sent_at = models.DateTimeField(null=True)

    attempts = models.PositiveIntegerField(default=0, db_default=0)
    # Attempts that do not count: handed back, or made before a requeue.
    forgiven = models.PositiveIntegerField(default=0, db_default=0)
    max_attempts = models.PositiveIntegerField(
        default=MAX_ATTEMPTS, db_default=MAX_ATTEMPTS
    )
    lease_expires_at = models.DateTimeField(null=True)
    token = models.BigIntegerField(default=0, db_default=0)
    # No foreign key: rows of workers are pruned, the history stays.
    worker_id = models.UUIDField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)

    error_code = models.CharField(max_length=64, default="", db_default="", blank=True)
    error_message = models.CharField(
        max_length=500, default="", db_default="", blank=True
    )
    error_fingerprint = models.CharField(
        max_length=200, default="", db_default="", blank=True
    )
    # Why somebody decided that what failed need not be done.
    discard_reason = models.CharField(
        max_length=200, default="", db_default="", blank=True
    )
    created_at = models.DateTimeField(db_default=Now())
    # When the latest attempt began.
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            # The sweep: what is due, unsent or too long unclaimed, and left behind.
            models.Index(
                fields=["run_at"],
                condition=models.Q(state=State.SCHEDULED, waits_for=0),
                name="job_due",
            ),
            models.Index(
                fields=["sent_at"],
                condition=models.Q(state=State.QUEUED),
                name="job_sent",
            ),
            models.Index(
                fields=["lease_expires_at"],
                condition=models.Q(state=State.RUNNING),
                name="job_leased",
            ),
            models.Index(
                fields=["finished_at"],
                condition=models.Q(finished_at__isnull=False),
                name="job_finished",
            ),
            # The claim: each tenant's next waiting job, without reading the others.
            models.Index(
                "queue",
                Coalesce("tenant_id", models.Value(NOBODY)),
                "priority",
                "run_at",
                condition=models.Q(state=State.QUEUED),
                name="job_turns",
            ),
            # The pages: what failed, alike or in a queue, and lists newest first.
            models.Index(
                fields=["error_fingerprint", "actor", "-finished_at", "-id"],
                include=["queue"],
                condition=models.Q(state=State.FAILED),
                name="job_failed_alike",
            ),
            models.Index(fields=["state", "-id"], name="job_by_state"),
            models.Index(fields=["actor", "-id"], name="job_by_actor"),
            models.Index(fields=["queue", "-id"], name="job_by_queue"),
        )
        constraints = (
            # Jobs of no tenant are each other's rivals too.
            models.UniqueConstraint(
                fields=["dedupe_key", "actor", "tenant_id"],
                condition=~models.Q(dedupe_key="") & models.Q(state__in=sorted(OPEN)),
                nulls_distinct=False,
                name="job_unique_while_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.actor} {self.id} {self.state}"
