"""Jobs that run after others: written together, each started by those before it.

What becomes of B, which waits for A, is decided by the end of A:

==========================  ===========================================================
A succeeds                  B is queued, or waits for its ``run_at``
A is retried, or its        B waits on
worker is lost
A fails                     B waits on: A may be tried again, and B follows it then
A is cancelled, discarded   B is cancelled, and so is what waits for B
or forgotten as history
B is cancelled              A goes on
B is requeued               it starts at once, and waits for nobody any more
==========================  ===========================================================

With ``Need.ENDED`` B waits for the end of A only, whatever it is.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction

from jobs import links
from jobs.enqueue import enqueue_step, job_of, send_after_commit
from jobs.relay import Hint
from jobs.states import Need, State
from jobs.steps import Step
from jobs.unique import write_once


@transaction.atomic
def chain(*steps: Step) -> tuple[uuid.UUID, ...]:
    """Write jobs each of which starts after the one before it succeeded.

    Returns their ids in that order. Part of the caller's transaction, as ``enqueue``
    is. A ``run_at`` is the earliest moment of its step. A step whose ``dedupe_key``
    has an open job already is that job: it starts when it would have started anyway,
    and the next step waits for it.

    Raises ``ValueError`` without steps.
    """
    if not steps:
        raise ValueError("a chain has at least one step")
    first, *rest = steps
    ids = [enqueue_step(first)]
    for step in rest:
        ids.append(enqueue_after(step, ids[-1:]))
    return tuple(ids)


@transaction.atomic
def enqueue_after(
    step: Step, before: Iterable[uuid.UUID], *, need: Need = Need.SUCCEEDED
) -> uuid.UUID:
    """Write a job that starts once all jobs ``before`` are what it needs.

    Those jobs may be new, running or ended. They are locked until the caller's
    transaction ends, which must be soon: locked, a running job cannot renew its lease.

    Raises ``UnknownJobError`` for a job that is not there, and
    ``PredecessorCancelledError`` where one was cancelled and ``need`` is
    ``Need.SUCCEEDED``. Nothing is written then.
    """
    states = links.lock_predecessors(before)
    met = {pk: links.is_met(need, state) for pk, state in states.items()}
    job = job_of(step)
    job.waits_for = sum(not each for each in met.values())
    if job.waits_for:
        job.state, job.sent_at = State.SCHEDULED, None
    job_id = write_once(job)
    if job_id != job.pk:
        return job_id
    links.connect(job, met, need=need)
    if job.state == State.QUEUED:
        send_after_commit(Hint(job_id=job.pk, actor=job.actor, queue=job.queue))
    return job_id
