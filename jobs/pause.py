"""Let a queue stand still, and let it go on.

The jobs of a paused queue are accepted and kept. None of them is sent or claimed; those
that run already go on.
"""

from django.db import transaction

from jobs import audit, clock
from jobs.by import PROGRAM, ActionKind, By
from jobs.enqueue import send_all_after_commit
from jobs.models import Job, Queue
from jobs.relay import Hint
from jobs.states import State

# What whoever resumes sends at once; the sweep sends the rest.
HINTS_AT_ONCE = 100


@transaction.atomic
def pause(queue: str, *, by: By = PROGRAM) -> bool:
    """Pause a queue; return ``False`` if it was paused already."""
    row, _ = Queue.objects.select_for_update().get_or_create(name=queue)
    if row.paused_at is not None:
        return False
    Queue.objects.filter(pk=queue).update(paused_at=clock.now())
    audit.note_queue(ActionKind.PAUSE, queue, by=by)
    return True


@transaction.atomic
def resume(queue: str, *, by: By = PROGRAM) -> bool:
    """Let a queue go on; return ``False`` if it was not paused.

    Messages that came while it was paused were spent in vain, so every waiting job
    counts as unsent again.
    """
    paused = Queue.objects.filter(pk=queue, paused_at__isnull=False)
    if not paused.update(paused_at=None):
        return False
    audit.note_queue(ActionKind.RESUME, queue, by=by)
    waiting = Job.objects.filter(queue=queue, state=State.QUEUED)
    waiting.update(sent_at=None)
    first = list(waiting.order_by("run_at").only("pk", "actor")[:HINTS_AT_ONCE])
    waiting.filter(pk__in=[job.pk for job in first]).update(sent_at=clock.now())
    send_all_after_commit(
        Hint(job_id=job.pk, actor=job.actor, queue=queue) for job in first
    )
    return True
