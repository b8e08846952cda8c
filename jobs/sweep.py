"""What keeps jobs going whatever happened to messages and workers.

One pass sends what is due or was lost, ends leases that ran out and forgets what is
old. Every step is safe to run twice and in two processes at once.
"""

import dataclasses
from collections import defaultdict
from datetime import timedelta
from typing import cast

import dramatiq
import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from redis.exceptions import RedisError

from jobs import admission, clock, links, relay, results, runner, totals
from jobs.broker import HintBroker
from jobs.lag import SENDING_SECONDS
from jobs.models import Action, Job, ScheduleSlot, Turn, Worker
from jobs.queues import paused_queues
from jobs.relay import Hint
from jobs.states import ENDED, State

# Rows a step takes in one pass; what is left is the next pass's, a second later.
BATCH_ROWS = 500
# How long a worker that ended or fell silent can be looked up, and how long it is known
# whose turn was when: a tenant that was away for longer begins anew.
WORKER_HISTORY = TURN_HISTORY = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """What one pass did."""

    sent: int
    lost: int


def sweep() -> Swept:
    """Make one pass. Broker trouble ends the sending, nothing else."""
    lost = settle_lost_jobs()
    sent = relay.send_all(queue_due_jobs())
    sent += relay.send_again([*unsent_hints(), *unclaimed_hints()])
    swept = Swept(sent=sent, lost=lost)
    if swept.sent or swept.lost:
        log.info("sweep_found_work", sent=swept.sent, lost=swept.lost)
    return swept


def queue_due_jobs() -> list[Hint]:
    """Queue scheduled jobs whose time has come and return their hints."""
    with transaction.atomic():
        due = list(
            Job.objects.select_for_update(skip_locked=True)
            .filter(state=State.SCHEDULED, waits_for=0, run_at__lte=clock.ago())
            .order_by("run_at")
            .only("pk", "actor", "queue")[:BATCH_ROWS]
        )
        Job.objects.filter(pk__in=[job.pk for job in due]).update(
            state=State.QUEUED, sent_at=clock.now()
        )
    return [_hint(job) for job in due]


def unsent_hints() -> list[Hint]:
    """Return the hints of jobs that nobody got to send."""
    young = timedelta(seconds=SENDING_SECONDS)
    unsent = Job.objects.filter(
        state=State.QUEUED, sent_at=None, run_at__lt=clock.ago(young)
    ).exclude(queue__in=paused_queues())
    return _hints(unsent.order_by("run_at"))


def unclaimed_hints() -> list[Hint]:
    """Return the hints of jobs whose messages must have been lost.

    A queue that holds a message for each job that could start has lost none, however
    long they have waited; sending those again would only make it longer.
    """
    late = timedelta(seconds=settings.AYNI_JOBS_RESEND_SECONDS)
    by_queue: dict[str, list[Hint]] = defaultdict(list)
    unclaimed = Job.objects.filter(
        state=State.QUEUED, sent_at__lt=clock.ago(late)
    ).exclude(queue__in=paused_queues())
    for hint in _hints(unclaimed.order_by("sent_at")):
        by_queue[hint.queue].append(hint)
    return [
        hint
        for queue, hints in by_queue.items()
        for hint in hints[: _missing_messages(queue)]
    ]


def settle_lost_jobs() -> int:
    """End the attempts whose leases ran out, and return how many.

    Their state keeps a worker that is only slow from committing, and from the next
    claim on its token does.
    """
    lost = Job.objects.filter(
        state=State.RUNNING, lease_expires_at__lt=clock.ago()
    ).order_by("lease_expires_at")
    found = list(lost.values_list("pk", "token")[:BATCH_ROWS])
    return sum(runner.settle_lost(pk, token=token) for pk, token in found)


def forget_old() -> int:
    """Delete what ended or was done before the history begins, and workers long gone.

    Counts first what has ended, so that totals do not fall. Returns how many rows of
    jobs and their attempts went.
    """
    totals.count_ended()
    kept = timedelta(days=settings.AYNI_JOBS_HISTORY_DAYS)
    old = Job.objects.filter(
        state__in=sorted(ENDED), finished_at__lt=clock.ago(kept)
    ).order_by("finished_at")
    ids = list(old.values_list("pk", flat=True)[:BATCH_ROWS])
    # What waits for a job that is forgotten would wait for ever.
    kept_back = {pk for pk in links.waited_for(ids) if not runner.release(pk)}
    kept_back |= totals.not_counted(ids)
    deleted, _ = Job.objects.filter(pk__in=set(ids) - kept_back).delete()
    forget_actions()
    results.forget_expired()
    ScheduleSlot.objects.filter(fired_at__lt=clock.ago(kept)).delete()
    Turn.objects.filter(started_at__lt=clock.ago(TURN_HISTORY)).delete()
    Worker.objects.filter(last_seen_at__lt=clock.ago(WORKER_HISTORY)).delete()
    return deleted


def forget_actions() -> int:
    """Delete what was done longer ago than it is kept, and return how much.

    The oldest first: an action on many jobs goes before its parts do.
    """
    kept = timedelta(days=settings.AYNI_JOBS_AUDIT_DAYS)
    old = Action.objects.filter(at__lt=clock.ago(kept)).order_by("at")
    deleted, _ = Action.objects.filter(
        pk__in=list(old.values_list("pk", flat=True)[:BATCH_ROWS])
    ).delete()
    return deleted


def _missing_messages(queue: str) -> int:
    broker = cast("HintBroker", dramatiq.get_broker())
    try:
        return max(0, admission.room_in(queue) - broker.messages_in(queue))
    except RedisError as exc:
        log.warning("queue_not_measured", queue=queue, error=type(exc).__name__)
        return 0


def _hints(jobs: QuerySet[Job]) -> list[Hint]:
    rows = jobs.values_list("pk", "actor", "queue")[:BATCH_ROWS]
    return [Hint(job_id=pk, actor=actor, queue=queue) for pk, actor, queue in rows]


def _hint(job: Job) -> Hint:
    return Hint(job_id=job.pk, actor=job.actor, queue=job.queue)
