"""Jobs that run side by side, and one that runs after the last of them, once."""

import dataclasses
import uuid
from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from jobs.chains import enqueue_after
from jobs.enqueue import enqueue_many
from jobs.models import Link
from jobs.states import ENDED, Need, State
from jobs.steps import Step


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The ids of a group's jobs; ``members`` in the order they were asked for."""

    members: tuple[uuid.UUID, ...]
    completion: uuid.UUID


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GroupStanding:
    """How many of a group's members have come how far."""

    members: int
    succeeded: int
    failed: int
    cancelled: int
    open: int


@transaction.atomic
def group(members: Sequence[Step], *, then: Step, need: Need = Need.SUCCEEDED) -> Group:
    """Write jobs that may all run at once, and one that starts after them.

    It starts exactly once: with ``Need.SUCCEEDED`` when the last of them succeeded, a
    failed one being waited for until it is tried again, cancelled or discarded, which
    cancels the completion too (see ``jobs.chains``); with ``Need.ENDED`` when none of
    them is left, whatever became of them. A group without members is complete.

    Part of the caller's transaction, as ``enqueue`` is.
    """
    ids = enqueue_many(members)
    return Group(members=ids, completion=enqueue_after(then, ids, need=need))


def group_standing(completion: uuid.UUID) -> GroupStanding:
    """Return how far the jobs are that ``completion`` waits for, or waited for.

    Members that were forgotten as history are not counted.
    """
    links = Link.objects.filter(after_id=completion)
    states = Counter(links.values_list("before__state", flat=True))
    return GroupStanding(
        members=states.total(),
        succeeded=states[State.SUCCEEDED],
        failed=states[State.FAILED],
        cancelled=states[State.CANCELLED],
        open=states.total() - sum(states[state] for state in ENDED),
    )
