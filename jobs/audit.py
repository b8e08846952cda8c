"""Write down who did what to jobs and queues, in the transaction that does it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db.models import F

from jobs import clock
from jobs.by import ActionKind, By
from jobs.models import Action, Job
from jobs.models.action import ID_CHARS, NAME_CHARS, REASON_CHARS

# Rows of one INSERT: a failure shared by ten thousand jobs is discarded at once.
BATCH_ROWS = 1_000


def note(kind: ActionKind, job: Job, *, by: By, reason: str = "") -> None:
    """Record what was done to one job; it counts for the action it is a part of."""
    note_all(kind, [job], by=by, reason=reason)


def note_all(
    kind: ActionKind, jobs: Sequence[Job], *, by: By, reason: str = ""
) -> None:
    """Record one thing done to several jobs, each with a row of its own."""
    rows = [
        Action(
            **_who(by),
            kind=kind,
            at=clock.now(),
            reason=reason[:REASON_CHARS],
            jobs=1,
            job_id=job.pk,
            tenant_id=job.tenant_id,
            actor=job.actor,
            queue=job.queue,
            part_of=by.part_of,
        )
        for job in jobs
    ]
    Action.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    if by.part_of is not None:
        Action.objects.filter(pk=by.part_of).update(jobs=F("jobs") + len(rows))


def note_queue(kind: ActionKind, queue: str, *, by: By) -> None:
    """Record what was done to a queue."""
    Action.objects.create(**_who(by), kind=kind, at=clock.now(), queue=queue)


@contextmanager
def together(
    kind: ActionKind,
    *,
    by: By,
    reason: str = "",
    actor: str = "",
    fingerprint: str = "",
) -> Iterator[By]:
    """Open an action on many jobs and yield who does its parts.

    One that found nothing to do is forgotten.
    """
    whole = Action.objects.create(
        **_who(by),
        kind=kind,
        at=clock.now(),
        reason=reason[:REASON_CHARS],
        actor=actor,
        fingerprint=fingerprint,
    )
    yield by.within(whole.pk)
    Action.objects.filter(pk=whole.pk, jobs=0).delete()


def _who(by: By) -> dict[str, str]:
    return {"by_id": by.id[:ID_CHARS], "by_name": by.name[:NAME_CHARS]}
