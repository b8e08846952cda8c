"""C1 and C2: kill -9, at each named point and at any moment."""

import enum
import functools
import threading
from collections.abc import Iterator

from ayni.localstack.programs import WORKERS
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.chaos.points import IN_WORKER, Held
from tests.chaos.signals import await_death, children_of, kill, worker_of
from tests.chaos.verdicts import Round

# Beyond the lease (reliability.md, C1).
RESTART_SECONDS = 5.0
# From before the claim until after the commit of a usual file.
LATEST_STRIKE_SECONDS = 0.8
# Of the random moments: the supervisor of all workers, or a child, and else a worker.
SUPERVISOR_SHARE, CHILD_SHARE = 0.1, 0.4
SETTLED_AT = frozenset({"before_ack"})
KILLED_AT = (
    "after_claim",
    "mid_parse",
    "mid_copy",
    "before_commit",
    "after_commit",
    "before_ack",
)


class Victim(enum.Enum):
    """Who is killed."""

    WORKER = "worker"
    CHILD = "child"


def kill_at(ground: Ground, *, point: str, victim: Victim) -> Round:
    """Kill a process that stands at the point with the upload's job."""
    with ground.holding(point) as hold:
        sent = ground.send()
        held = hold.await_process()
        if held is None:
            return Round(struck=False, sent=(sent,))
        if point in SETTLED_AT and not ground.has_succeeded(sent):
            # An attempt that a busy machine had lost: there is nothing to acknowledge.
            return Round(struck=False, sent=(sent,))
        early = ground.rows_too_early()
        since = ground.now()
        victims = _victims(held, point, victim)
        # A child dies of its parent's death, a moment later: it may not go on before.
        struck = all(kill(pid) for pid in victims) and await_death(
            {*victims, held.pid} if point not in IN_WORKER else victims
        )
    ground.await_end([sent])
    return Round(
        struck=struck,
        sent=(sent,),
        recovery_seconds=ground.restarted_after(sent, since),
        broken=(*early, *_attempted(ground, sent, point)),
    )


def _victims(held: Held, point: str, victim: Victim) -> tuple[int, ...]:
    worker = held.pid if point in IN_WORKER else held.parent_pid
    if victim is Victim.WORKER:
        return (worker,)
    return children_of(worker) if point in IN_WORKER else (held.pid,)


def _attempted(ground: Ground, sent: Sent, point: str) -> Iterator[str]:
    allowed = 1 if point in SETTLED_AT else 2
    if (made := ground.attempts(sent)) > allowed:
        yield f"{sent.upload_id} was tried {made} times; one process was killed"


def kill_at_random(ground: Ground) -> Round:
    """Kill whoever has the job, its child, or the supervisor, at a random moment."""
    rng = ground.stage.rng
    sent = ground.send()
    threading.Event().wait(rng.uniform(0, LATEST_STRIKE_SECONDS))
    worker = worker_of(ground, sent)
    since = ground.now()
    struck = kill(_random_victim(ground, worker))
    ground.await_end([sent])
    return Round(
        struck=struck,
        sent=(sent,),
        recovery_seconds=ground.restarted_after(sent, since),
    )


def _random_victim(ground: Ground, worker: int | None) -> int | None:
    """Return a victim near the job; any worker while nobody has it."""
    supervisor = ground.stage.stack.pids.get(WORKERS)
    chance = ground.stage.rng.random()
    if chance < SUPERVISOR_SHARE:
        return supervisor
    victim = worker or next(iter(children_of(supervisor)), None)
    children = children_of(victim)
    return children[0] if children and chance < CHILD_SHARE else victim


CASES = (
    *(
        Case(
            code="C1",
            name=f"C1 {victim.value} killed {point.replace('_', ' ')}",
            strike=functools.partial(kill_at, point=point, victim=victim),
            rounds=20,
            gate_rounds=5 if victim is Victim.WORKER else 0,
            recovers_within=RESTART_SECONDS,
        )
        for point in KILLED_AT
        for victim in Victim
    ),
    Case(
        code="C2",
        name="C2 killed at random moments",
        strike=kill_at_random,
        rounds=100,
        gate_rounds=10,
    ),
)
