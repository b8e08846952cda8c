"""Who did what to jobs and queues, read from the tables alone."""

import uuid

from django.db.models import Exists, OuterRef, Q, QuerySet

from jobs.models import Action
from jobs.pages import ActionFilter, ActionsPage, ActionView
from jobs.paging import newest_first


def actions_page(
    wanted: ActionFilter, *, cursor: str = "", size: int = 50
) -> ActionsPage:
    """Return one page of actions, newest first; one on many jobs is one of them.

    A cursor that is not one of ours starts from the beginning.
    """
    rows = Action.objects.filter(part_of=None)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.by_name:
        rows = rows.filter(by_name__icontains=wanted.by_name)
    for name in ("queue", "actor"):
        if value := getattr(wanted, name):
            # An action on many jobs has no queue of its own: its parts have.
            parts = Action.objects.filter(part_of=OuterRef("pk"), **{name: value})
            rows = rows.filter(Q(**{name: value}) | Exists(parts))
    return _page(rows, cursor=cursor, size=size)


def parts_page(
    action_id: uuid.UUID, *, cursor: str = "", size: int = 50
) -> ActionsPage:
    """Return one page of what an action on many jobs did to each of them."""
    return _page(Action.objects.filter(part_of=action_id), cursor=cursor, size=size)


def action(action_id: uuid.UUID) -> ActionView | None:
    """Return an action, or ``None`` if there is none or it is forgotten."""
    row = Action.objects.filter(pk=action_id, part_of=None).first()
    return None if row is None else _view(row)


def actions_on(job_id: uuid.UUID) -> tuple[ActionView, ...]:
    """Return what was done to one job, oldest first, alone or with others."""
    rows = Action.objects.filter(job_id=job_id).order_by("at", "pk")
    return tuple(_view(row) for row in rows)


def _page(rows: QuerySet[Action], *, cursor: str, size: int) -> ActionsPage:
    found, after = newest_first(rows, cursor=cursor, size=size)
    return ActionsPage(actions=tuple(_view(row) for row in found), next_cursor=after)


def _view(row: Action) -> ActionView:
    return ActionView(
        id=row.pk,
        at=row.at,
        kind=row.kind,
        by_id=row.by_id,
        by_name=row.by_name,
        reason=row.reason,
        jobs=row.jobs,
        job_id=row.job_id,
        actor=row.actor,
        queue=row.queue,
        fingerprint=row.fingerprint,
    )
