"""Where waiting jobs stand: what holds each back, and how many start before it."""

import dataclasses
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from django.db import connection
from django.db.models import Count

from jobs import admission
from jobs.fairness import NOBODY, Limits, Line, Turn, WaitReason, starts_before
from jobs.models import Job
from jobs.pages import WaitView
from jobs.queues import paused_queues
from jobs.states import State

# Numbering a longer line would make every page that shows it slow: 50,000 take 45 ms.
LONGEST_LINE = 50_000
PLACES = f"""
SELECT id, ahead FROM (
    SELECT id, row_number() OVER (
        PARTITION BY coalesce(tenant_id, '{NOBODY}'::uuid) ORDER BY priority, run_at, id
    ) - 1 AS ahead
    FROM jobs_job WHERE queue = %s AND state = 'queued'
) AS numbered WHERE id = ANY(%s)
"""  # noqa: S608 - what is put in is a constant


class Standing(Protocol):
    """What has to be known of a job; its row and its view know it."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def state(self) -> str: ...
    @property
    def queue(self) -> str: ...
    @property
    def tenant_id(self) -> uuid.UUID | None: ...
    @property
    def waits_for(self) -> int: ...


def standings_of(
    jobs: Iterable[Standing], *, served: frozenset[str]
) -> dict[uuid.UUID, WaitView]:
    """Return why each of some jobs waits; those that do not are left out.

    ``served`` names the queues that living workers take from. The answer is true for
    the moment: workers go on meanwhile. It costs a line for each queue, not each job.
    """
    paused = paused_queues()
    found: dict[uuid.UUID, WaitView] = {}
    in_line: dict[str, list[Standing]] = defaultdict(list)
    for job in jobs:
        if job.waits_for:
            found[job.id] = WaitView(reason=WaitReason.OTHER_JOBS, position=None)
        elif job.state == State.SCHEDULED:
            found[job.id] = WaitView(reason=WaitReason.NOT_DUE, position=None)
        elif job.state == State.QUEUED and job.queue in paused:
            found[job.id] = WaitView(reason=WaitReason.QUEUE_PAUSED, position=None)
        elif job.state == State.QUEUED:
            in_line[job.queue].append(job)
    for queue, waiting in in_line.items():
        found |= _in_line(waiting, is_served=queue in served)
    return found


def _in_line(
    waiting: Sequence[Standing], *, is_served: bool
) -> dict[uuid.UUID, WaitView]:
    line = admission.line_of(waiting[0].id)
    if line is None:
        # They were taken while we looked.
        return {}
    limits = admission.limits()
    line = _counted(line)
    turns = {turn.tenant: turn for turn in line.turns}
    places = _places(line, waiting)
    return {
        job.id: WaitView(
            reason=_reason(turn, line, limits=limits, is_served=is_served),
            position=_position(turn, line, limits, ahead=places.get(job.id)),
        )
        for job in waiting
        if (turn := turns.get(job.tenant_id or NOBODY)) is not None
    }


def _counted(line: Line) -> Line:
    """Return the line with how many jobs of each tenant are in it."""
    waiting = Job.objects.filter(queue=line.queue, state=State.QUEUED)
    counts = {
        tenant or NOBODY: count
        for tenant, count in waiting.values_list("tenant_id").annotate(Count("pk"))
    }
    turns = tuple(
        dataclasses.replace(turn, waiting=counts.get(turn.tenant, 0))
        for turn in line.turns
    )
    return dataclasses.replace(line, turns=turns)


def _places(line: Line, waiting: Sequence[Standing]) -> Mapping[uuid.UUID, int]:
    """Return how many jobs of its own tenant are before each; none in a long line."""
    if sum(turn.waiting for turn in line.turns) > LONGEST_LINE:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(PLACES, [line.queue, [job.id for job in waiting]])
        return dict(cursor.fetchall())


def _reason(turn: Turn, line: Line, *, limits: Limits, is_served: bool) -> WaitReason:
    if not is_served:
        return WaitReason.NO_WORKER
    if not limits.queue_room(line.queue, running=line.running):
        return WaitReason.QUEUE_LIMIT
    if not limits.tenant_room(turn.tenant, running=turn.running):
        return WaitReason.TENANT_LIMIT
    return WaitReason.TURN


def _position(
    turn: Turn, line: Line, limits: Limits, *, ahead: int | None
) -> int | None:
    if ahead is None:
        return None
    return 1 + starts_before(line, limits, tenant=turn.tenant, ahead=ahead)
