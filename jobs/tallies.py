"""How many jobs have not ended, or failed and are kept, for boards and Prometheus."""

import dataclasses
from datetime import datetime

from django.db.models import Count, Min

from jobs.models import Job
from jobs.states import OPEN, State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Jobs of one actor in one queue and state.

    ``oldest`` is since when the first of them could have started, ``None`` of failed.
    """

    queue: str
    actor: str
    state: State
    count: int
    oldest: datetime | None = None


def tallies() -> tuple[Tally, ...]:
    """Count every job that is open or failed, by queue, actor and state in that order.

    Those that failed are counted in an index that knows nothing else of them: there are
    many, and they lie scattered among all that have ended.
    """
    by = ("queue", "actor", "state")
    failed = Job.objects.filter(state=State.FAILED).values_list("queue", "actor")
    waiting = Job.objects.filter(state__in=sorted(OPEN)).values_list(*by)
    found = [
        Tally(queue=queue, actor=actor, state=State.FAILED, count=count)
        for queue, actor, count in failed.annotate(count=Count("*"))
    ]
    found += [
        Tally(queue=queue, actor=actor, state=State(state), count=count, oldest=oldest)
        for queue, actor, state, count, oldest in waiting.annotate(
            count=Count("*"), oldest=Min("run_at")
        )
    ]
    return tuple(sorted(found, key=lambda each: (each.queue, each.actor, each.state)))
