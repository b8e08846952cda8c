"""A case: rounds of one fault on a ground of its own, then every invariant over all."""

import dataclasses
import math
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from tests.chaos import invariants
from tests.chaos.agreement import ASKED_ABOUT, disagreements
from tests.chaos.database import Asked
from tests.chaos.ground import Ground, Stage
from tests.chaos.invariants import Sent
from tests.chaos.leftovers import Rest, left_behind
from tests.chaos.listening import Heard, Listener, differing, untrue
from tests.chaos.operators import misled
from tests.chaos.verdicts import Round, Verdict, spread_of
from tests.flows.client import open_shop

ATTEMPTS = """
    SELECT args->>'upload_id', max(attempts) FROM jobs_job
    WHERE args->>'upload_id' = ANY(%s) GROUP BY 1
"""
Strike = Callable[[Ground], Round]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One kind of fault, and how an upload that met it may end.

    ``rounds`` of a whole campaign; ``gate_rounds`` of the merge gate, 0 if not of it.
    What the fault stopped has to go on ``recovers_within`` seconds after the lease.
    """

    code: str
    name: str
    strike: Strike
    rounds: int
    gate_rounds: int = 0
    recovers_within: float = math.inf
    may_end: frozenset[str] = frozenset({"completed"})


def run_case(stage: Stage, case: Case, *, rounds: int, rest: Rest | None) -> Verdict:
    """Run the rounds of a case, then check every invariant over all of them.

    ``rest`` is how the stack was before anything was done to it, if it is to be
    compared with that.
    """
    ground = _new_ground(stage)
    before = time.monotonic()
    with Listener(ground.shop) as listener:
        done = [case.strike(ground) for _ in range(rounds)]
    sent = [each for one in done for each in one.sent]
    endings = _endings(stage.database, sent)
    recoveries = [one.recovery_seconds for one in done if one.recovery_seconds]
    return Verdict(
        code=case.code,
        name=case.name,
        rounds=rounds,
        struck=sum(one.struck for one in done),
        endings=dict(Counter(endings.values())),
        recovery=spread_of(recoveries),
        seconds=round(time.monotonic() - before, 1),
        figures={
            "events heard": len(listener.heard),
            **{name: it for one in done for name, it in one.figures.items()},
        },
        broken=(
            *(sentence for one in done for sentence in one.broken),
            *_late(recoveries, within=stage.lease_seconds + case.recovers_within),
            *_unexpected(endings, case),
            *invariants.broken(stage.database, sent),
            *_unlike_calm(stage.database, sent, endings),
            *disagreements(ground, sent),
            *untrue(listener.heard, _attempts(stage.database, sent)),
            *_unlike_told(ground, sent, listener.heard),
            *misled(stage.operator, stage.database),
            *(left_behind(stage, before=rest) if rest else ()),
        ),
    )


def _new_ground(stage: Stage) -> Ground:
    stack = stage.stack
    shop = open_shop(stack.base_url, stack.database_url, counts=False)
    return Ground(stage=stage, shop=shop)


def _endings(database: Asked, sent: Sequence[Sent]) -> dict[str, str]:
    ids = [each.upload_id for each in sent]
    return dict(
        database.execute(
            "SELECT id::text, status FROM uploads_upload WHERE id = ANY(%s)", [ids]
        ).fetchall()
    )


def _attempts(database: Asked, sent: Sequence[Sent]) -> dict[str, int]:
    ids = [each.upload_id for each in sent]
    return dict(database.execute(ATTEMPTS, [ids]).fetchall())


def _unlike_told(
    ground: Ground, sent: Sequence[Sent], heard: Sequence[Heard]
) -> Iterator[str]:
    for each in sent[:ASKED_ABOUT]:
        yield from differing(ground.shop, each.upload_id, heard)


def _late(recoveries: Sequence[float], *, within: float) -> Iterator[str]:
    for seconds in recoveries:
        if seconds > within:
            yield f"went on {seconds:.1f} s after the fault; {within:.0f} s are allowed"


def _unexpected(endings: dict[str, str], case: Case) -> Iterator[str]:
    for upload_id, status in endings.items():
        if status not in case.may_end:
            yield f"{upload_id} was not expected to be {status}"


def _unlike_calm(
    database: Asked, sent: Sequence[Sent], endings: dict[str, str]
) -> Iterator[str]:
    completed = [each for each in sent if endings[each.upload_id] == "completed"]
    if count := invariants.different_rows(database, completed):
        yield f"I5 {count} rows differ from those of a run without faults"
