"""Rounds of one fault each: send, wait a random while, strike, see how it ends."""

import dataclasses
import itertools
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import psycopg

from ayni.localstack.stack import Stack
from ayni.localstack.waiting import wait_until
from ayni.sales.files import Plan, write_sales
from tests.chaos import faults, invariants
from tests.chaos.invariants import Sent
from tests.flows.client import Shop, open_shop

# Long enough to be struck in every phase: about a second of work.
ROWS = 30_000
DIRTY = 0.02
# I1 (reliability.md).
ENDED_WITHIN_SECONDS = 120.0
# From before the claim until after the commit.
LATEST_STRIKE_SECONDS = 1.5
# Each file has a seed of its own: files of different seeds share no key.
SEEDS = itertools.count(1)


class Fault(Protocol):
    """Do something terrible; return whether it struck home."""

    def __call__(self, stack: Stack, shop: Shop, /, *, upload_id: str) -> bool: ...


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One kind of fault, and how an upload that met it may end."""

    name: str
    fault: Fault
    rounds: int
    may_end: frozenset[str] = frozenset({"completed"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a case. A case whose fault never struck has failed."""

    name: str
    rounds: int
    struck: int
    endings: dict[str, int]
    slowest_seconds: float
    broken: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        return self.struck > 0 and not self.broken


CASES = (
    Case(name="C2 worker killed", fault=faults.kill_worker, rounds=20),
    Case(name="C1 child killed", fault=faults.kill_child, rounds=10),
    Case(name="C3 Valkey lost with its data", fault=faults.lose_valkey, rounds=5),
    Case(name="C14 second delivery", fault=faults.deliver_again, rounds=10),
    Case(
        name="C14 cancelled",
        fault=faults.cancel,
        rounds=10,
        may_end=frozenset({"completed", "cancelled"}),
    ),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One upload that met a fault, perhaps, and how long it took to end after it."""

    sent: Sent
    path: Path
    struck: bool
    seconds: float


def run_case(stack: Stack, case: Case, *, rng: random.Random) -> Verdict:
    """Run the rounds of a case, then check every invariant over all of them."""
    shop = open_shop(stack.base_url, stack.database_url)
    with psycopg.connect(stack.database_url, autocommit=True) as database:
        rounds = [
            _run_round(stack, shop, case=case, rng=rng, database=database)
            for _ in range(case.rounds)
        ]
        endings = _endings(database, rounds)
        unexpected = sorted(set(endings.values()) - case.may_end)
        broken = (
            *(f"{status} was not expected" for status in unexpected),
            *invariants.broken(database, [each.sent for each in rounds]),
            *_unlike_a_calm_run(stack, database, rounds=rounds, endings=endings),
        )
    return Verdict(
        name=case.name,
        rounds=case.rounds,
        struck=sum(each.struck for each in rounds),
        endings=dict(Counter(endings.values())),
        slowest_seconds=round(max(each.seconds for each in rounds), 1),
        broken=broken,
    )


def _run_round(
    stack: Stack,
    shop: Shop,
    *,
    case: Case,
    rng: random.Random,
    database: psycopg.Connection[Any],
) -> Round:
    seed = next(SEEDS)
    path = stack.folder / f"chaos-{seed}.csv"
    oracle = write_sales(path, Plan(rows=ROWS, seed=seed, dirty=DIRTY))
    upload_id = str(shop.upload(path, quality_threshold=0)["id"])
    sent = Sent(upload_id=upload_id, company_id=shop.company_id, oracle=oracle)
    threading.Event().wait(rng.uniform(0, LATEST_STRIKE_SECONDS))
    struck = case.fault(stack, shop, upload_id=upload_id)
    since = time.monotonic()
    wait_until(
        lambda: invariants.have_ended(database, [sent]), seconds=ENDED_WITHIN_SECONDS
    )
    return Round(sent=sent, path=path, struck=struck, seconds=time.monotonic() - since)


def _endings(
    database: psycopg.Connection[Any], rounds: Sequence[Round]
) -> dict[str, str]:
    ids = [each.sent.upload_id for each in rounds]
    return dict(
        database.execute(
            "SELECT id::text, status FROM uploads_upload WHERE id = ANY(%s)", [ids]
        ).fetchall()
    )


def _unlike_a_calm_run(
    stack: Stack,
    database: psycopg.Connection[Any],
    *,
    rounds: Sequence[Round],
    endings: dict[str, str],
) -> Iterator[str]:
    """Send what completed to another company, undisturbed, and compare (I5)."""
    calm = open_shop(stack.base_url, stack.database_url)
    for each in rounds:
        if endings[each.sent.upload_id] == "completed":
            upload = calm.upload(each.path, quality_threshold=0)
            calm.reach(upload["id"], {"completed"}, seconds=ENDED_WITHIN_SECONDS)
        each.path.unlink()
    company_id = rounds[0].sent.company_id
    if count := invariants.different_rows(database, company_id, other=calm.company_id):
        yield f"I5 {count} rows differ from those of a run without faults"
