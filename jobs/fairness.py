"""Whose job is next: weighted turns of tenants, and limits of what runs at once. Pure.

Start-time fair queueing. Each start of a tenant's job is numbered; the next one may be
``1 / weight`` later. Whoever has the lowest number is next. The queue's clock is the
highest number that has started: a tenant that was away begins there, so that having
asked for nothing earns no credit, and having asked for much does not hold up others.
"""

import bisect
import dataclasses
import enum
import uuid
from collections.abc import Iterable, Mapping

# The tenant of jobs that have none. It takes turns like any other and has no limit.
NOBODY = uuid.UUID(int=0)
USUAL_WEIGHT = 1


class WaitReason(enum.StrEnum):
    """Why a waiting job has not started."""

    NOT_DUE = "not_due"
    # Other jobs have to end first.
    OTHER_JOBS = "other_jobs"
    QUEUE_PAUSED = "queue_paused"
    NO_WORKER = "no_worker"
    QUEUE_LIMIT = "queue_limit"
    TENANT_LIMIT = "tenant_limit"
    # Nothing is in its way but those before it.
    TURN = "turn"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many jobs may run at once, and whose turns count more; 0 is no limit."""

    tenant: int = 0
    queues: Mapping[str, int] = dataclasses.field(default_factory=dict)
    weights: Mapping[str, int] = dataclasses.field(default_factory=dict)

    @property
    def is_any(self) -> bool:
        """Return whether anything is limited at all."""
        return self.tenant > 0 or any(self.queues.values())

    def step(self, tenant: uuid.UUID) -> float:
        """Return how much one start costs a tenant."""
        return 1 / max(1, self.weights.get(str(tenant), USUAL_WEIGHT))

    def tenant_room(self, tenant: uuid.UUID, *, running: int) -> float:
        """Return how many more jobs of a tenant may start."""
        is_limited = self.tenant > 0 and tenant != NOBODY
        return max(0, self.tenant - running) if is_limited else float("inf")

    def queue_room(self, queue: str, *, running: int) -> float:
        """Return how many more jobs of a queue may start."""
        limit = self.queues.get(queue, 0)
        return max(0, limit - running) if limit > 0 else float("inf")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One tenant that waits in a queue.

    ``started`` numbers its latest start there, ``None`` if there was none;
    ``running`` counts its jobs in every queue; ``waiting_since`` is since when the one
    of its jobs that comes next could have started, in seconds.
    """

    tenant: uuid.UUID
    started: float | None
    running: int
    waiting_since: float
    waiting: int = 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Everybody who waits in one queue. ``clock`` numbers its latest start of all."""

    queue: str
    clock: float
    running: int
    turns: tuple[Turn, ...]


def next_start(turn: Turn, *, clock: float, step: float) -> float:
    """Return the number of the tenant's next start."""
    return clock if turn.started is None else max(clock, turn.started + step)


def in_order(line: Line, limits: Limits) -> tuple[Turn, ...]:
    """Return those who may start a job now, the next one first.

    Of equals the one whose job has waited longest comes first.
    """
    if not limits.queue_room(line.queue, running=line.running):
        return ()
    allowed = [
        turn
        for turn in line.turns
        if limits.tenant_room(turn.tenant, running=turn.running)
    ]
    return tuple(sorted(allowed, key=lambda turn: _rank(turn, line, limits)))


def starts_before(line: Line, limits: Limits, *, tenant: uuid.UUID, ahead: int) -> int:
    """Return how many waiting jobs start before one, if no more are enqueued.

    ``ahead`` counts those of its own tenant. Limits are left out of it.
    """
    own = next(turn for turn in line.turns if turn.tenant == tenant)
    first, since, name = _rank(own, line, limits)
    number = first + ahead * limits.step(tenant)
    others = (turn for turn in line.turns if turn.tenant != tenant)
    return ahead + sum(
        _starts_by(turn, line, limits, moment=(number, since, name)) for turn in others
    )


def room(turns: Iterable[Turn], limits: Limits, *, queue: str, running: int) -> int:
    """Return how many waiting jobs of a queue could start if workers were free."""
    by_tenants = sum(
        min(turn.waiting, limits.tenant_room(turn.tenant, running=turn.running))
        for turn in turns
    )
    return int(min(by_tenants, limits.queue_room(queue, running=running)))


def _rank(turn: Turn, line: Line, limits: Limits) -> tuple[float, float, uuid.UUID]:
    number = next_start(turn, clock=line.clock, step=limits.step(turn.tenant))
    return number, turn.waiting_since, turn.tenant


def _starts_by(
    turn: Turn, line: Line, limits: Limits, *, moment: tuple[float, float, uuid.UUID]
) -> int:
    """Return how many jobs of a tenant rank before ``moment``."""
    number, since, name = _rank(turn, line, limits)
    step = limits.step(turn.tenant)
    return bisect.bisect_left(
        range(turn.waiting),
        moment,
        key=lambda count: (number + count * step, since, name),
    )
