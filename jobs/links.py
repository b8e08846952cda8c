"""What the end of a job means for those that wait for it.

Everything happens in the transaction that ends the job, always from the earlier job to
the later one, so that two that end at the same moment wait for each other in one order.
"""

import uuid
from collections.abc import Iterable, Mapping

import structlog
from django.db.models import F

from jobs import clock, hooks
from jobs.enqueue import send_after_commit
from jobs.errors import PredecessorCancelledError, UnknownJobError
from jobs.hooks import Moment
from jobs.models import Job, Link
from jobs.outcomes import outcome_of
from jobs.relay import Hint
from jobs.states import Need, State

log = structlog.get_logger(__name__)


def lock_predecessors(job_ids: Iterable[uuid.UUID]) -> Mapping[uuid.UUID, State]:
    """Lock jobs until the caller's transaction ends, and return how each stands.

    None of them can end meanwhile without being followed. Raises ``UnknownJobError``
    for a job that is not there.
    """
    wanted = list(dict.fromkeys(job_ids))
    rows = Job.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    states = {pk: State(state) for pk, state in rows.values_list("pk", "state")}
    for job_id in wanted:
        if job_id not in states:
            raise UnknownJobError(job_id=str(job_id))
    return {job_id: states[job_id] for job_id in wanted}


def is_met(need: Need, state: State) -> bool:
    """Return whether a job in ``state`` is all that ``need`` asks of it.

    Raises ``PredecessorCancelledError`` where it never will be.
    """
    match state:
        case State.SUCCEEDED:
            return True
        case State.FAILED:
            return need is Need.ENDED
        case State.CANCELLED if need is Need.ENDED:
            return True
        case State.CANCELLED:
            raise PredecessorCancelledError
        case _:
            return False


def connect(after: Job, met: Mapping[uuid.UUID, bool], *, need: Need) -> None:
    """Write that ``after`` waits for the jobs of ``met``, which are locked."""
    now = clock.now()
    Link.objects.bulk_create(
        Link(before_id=pk, after=after, need=need, met_at=now if is_met else None)
        for pk, is_met in met.items()
    )
    open_ones = [pk for pk, is_met in met.items() if not is_met]
    Job.objects.filter(pk__in=open_ones, leads_on=False).update(leads_on=True)


def follow(job_id: uuid.UUID, state: State) -> None:
    """Let go what waited for a job that has just ended, or cancel it with the job."""
    if state is State.CANCELLED:
        _held(_behind(job_id))
    ended = [(job_id, state)]
    while ended:
        before_id, how = ended.pop()
        cancelled = _follow_one(before_id, how)
        ended += [(after.pk, State.CANCELLED) for after in cancelled if after.leads_on]


def cancel_unstarted(job: Job, *, code: str = "", message: str = "") -> None:
    """End a waiting job that the caller has locked; its hook is told why."""
    Job.objects.filter(pk=job.pk).update(
        state=State.CANCELLED,
        cancel_requested_at=clock.now(),
        finished_at=clock.now(),
        error_code=code,
        error_message=message,
    )
    hooks.run(Moment.CANCEL, outcome_of(job, code=code, message=message))


def waited_for(job_ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Return those of the jobs that another one still waits for."""
    unmet = Link.objects.filter(before_id__in=list(job_ids), met_at=None)
    return frozenset(unmet.values_list("before_id", flat=True))


def _behind(job_id: uuid.UUID) -> set[uuid.UUID]:
    """Return what is cancelled with a job, or let go by that, on all levels.

    They are locked at once, in the order in which they were made, which is the one in
    which they wait. Level by level, two that cancel parts of one web could each hold
    what the other wants next.
    """
    found: set[uuid.UUID] = set()
    level = {job_id}
    while level:
        unmet = Link.objects.filter(before_id__in=level, met_at=None)
        after = dict(unmet.values_list("after_id", "need"))
        level = {pk for pk in after if after[pk] != Need.ENDED} - found
        found |= after.keys()
    return found


def _follow_one(before_id: uuid.UUID, state: State) -> list[Job]:
    unmet = Link.objects.filter(before_id=before_id, met_at=None)
    needs = {pk: Need(need) for pk, need in unmet.values_list("after_id", "need")}
    met = [pk for pk, need in needs.items() if _counts(state, need)]
    if met:
        unmet.filter(after_id__in=met).update(met_at=clock.now())
        _count_down(met)
    if state is not State.CANCELLED:
        return []
    return _cancel(set(needs) - set(met))


def _counts(state: State, need: Need) -> bool:
    return state is State.SUCCEEDED or need is Need.ENDED


def _held(job_ids: Iterable[uuid.UUID]) -> list[Job]:
    """Lock those of the jobs that still wait for others, in the order all do."""
    return list(
        Job.objects.select_for_update()
        .filter(pk__in=list(job_ids), state=State.SCHEDULED, waits_for__gt=0)
        .order_by("pk")
    )


def _count_down(job_ids: list[uuid.UUID]) -> None:
    """Take one from what each waits for; the last one starts it.

    The lock on the row makes those that end at the same moment count one after the
    other, and each of them counts once: its link is met.
    """
    for job in _held(job_ids):
        row = Job.objects.filter(pk=job.pk)
        row.update(waits_for=F("waits_for") - 1)
        if job.waits_for > 1:
            continue
        now = clock.now()
        is_due = row.filter(run_at__lte=clock.now())
        if is_due.update(state=State.QUEUED, run_at=now, sent_at=now):
            send_after_commit(Hint(job_id=job.pk, actor=job.actor, queue=job.queue))
        log.info("job_let_go", job_id=str(job.pk), actor=job.actor)


def _cancel(job_ids: set[uuid.UUID]) -> list[Job]:
    why = PredecessorCancelledError()
    cancelled = _held(job_ids)
    for job in cancelled:
        cancel_unstarted(job, code=why.code, message=str(why))
        log.info("job_cancelled_with_predecessor", job_id=str(job.pk), actor=job.actor)
    return cancelled
