"""Tenants take turns, by weight, whatever each of them has waiting."""

import dataclasses
import random
import uuid
from collections import Counter
from collections.abc import Iterator

import pytest

from jobs.fairness import NOBODY, Limits, Line, Turn, in_order, next_start, room
from jobs.fairness import starts_before as count_before

MANY, FEW, OTHER = (uuid.UUID(int=number) for number in (1, 2, 3))
FREE = Limits()


def turn(tenant: uuid.UUID, **values: object) -> Turn:
    base = {"tenant": tenant, "started": None, "running": 0, "waiting_since": 0.0}
    return Turn(**{**base, **values})  # type: ignore[arg-type]


def line(*turns: Turn, clock: float = 0, running: int = 0) -> Line:
    return Line(queue="scales", clock=clock, running=running, turns=turns)


def starts(line: Line, limits: Limits = FREE) -> Iterator[uuid.UUID]:
    """Start one job after the other until nothing waits."""
    while line.turns:
        first = in_order(line, limits)[0]
        step = limits.step(first.tenant)
        number = next_start(first, clock=line.clock, step=step)
        left = dataclasses.replace(first, started=number, waiting=first.waiting - 1)
        others = [each for each in line.turns if each is not first]
        turns = (*others, left) if left.waiting else tuple(others)
        line = dataclasses.replace(line, turns=turns, clock=max(line.clock, number))
        yield first.tenant


def test_tenants_take_turns_whatever_each_has_waiting() -> None:
    order = list(starts(line(turn(MANY, waiting=5), turn(FEW, waiting=2))))

    assert order == [MANY, FEW, MANY, FEW, MANY, MANY, MANY]


def test_whoever_comes_later_is_next_after_one_start_at_most() -> None:
    busy = turn(MANY, started=400, waiting=600)

    order = starts(line(busy, turn(FEW, waiting_since=9.0), clock=400))

    assert next(order) == FEW


def test_having_been_away_earns_no_credit() -> None:
    busy = turn(MANY, started=400, waiting=600)
    back = turn(FEW, started=3, waiting=600)

    order = starts(line(busy, back, clock=400))

    assert Counter(next(order) for _ in range(100)) == {MANY: 50, FEW: 50}


def test_a_weight_is_turns_for_one_of_the_others() -> None:
    limits = Limits(weights={str(MANY): 3})

    order = starts(line(turn(MANY, waiting=500), turn(FEW, waiting=500)), limits)

    assert Counter(next(order) for _ in range(400)) == {MANY: 300, FEW: 100}


def test_of_equals_the_one_that_waited_longest_is_first() -> None:
    late, early = turn(MANY, waiting_since=7.0), turn(FEW, waiting_since=5.0)

    assert in_order(line(late, early), FREE) == (early, late)


def test_a_tenant_at_its_limit_lets_others_pass() -> None:
    limits = Limits(tenant=2)
    full, free = turn(MANY, running=2), turn(FEW, running=1, started=9)

    assert in_order(line(full, free), limits) == (free,)


def test_jobs_of_nobody_have_no_limit_of_a_tenant() -> None:
    nobody = turn(NOBODY, running=50)

    assert in_order(line(nobody), Limits(tenant=1)) == (nobody,)


def test_in_a_queue_at_its_limit_nobody_starts() -> None:
    limits = Limits(queues={"scales": 3, "till": 1})

    assert in_order(line(turn(MANY), running=2), limits) != ()
    assert in_order(line(turn(MANY), running=3), limits) == ()


@pytest.mark.parametrize("seed", range(20))
def test_the_place_in_the_line_is_when_the_turn_really_comes(seed: int) -> None:
    rng = random.Random(seed)
    tenants = (MANY, FEW, OTHER)
    # Thirds add up to nearly one only.
    limits = Limits(weights={str(each): rng.choice([1, 2, 4]) for each in tenants})
    here = line(
        *(
            turn(
                each,
                started=rng.choice([None, 2.0, 5.0]),
                waiting_since=rng.random(),
                waiting=rng.randint(1, 30),
            )
            for each in tenants
        ),
        clock=5.0,
    )
    own = rng.choice(here.turns)
    ahead = rng.randrange(own.waiting)

    order = list(starts(here, limits))
    places = [place for place, each in enumerate(order) if each == own.tenant]

    predicted = count_before(here, limits, tenant=own.tenant, ahead=ahead)
    assert predicted == places[ahead]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (FREE, 12),
        (Limits(tenant=3), 2 + 2),
        (Limits(queues={"scales": 4}), 3),
        (Limits(tenant=3, queues={"scales": 9}), 4),
    ],
)
def test_there_is_room_for_what_no_limit_holds_back(
    limits: Limits, expected: int
) -> None:
    turns = (turn(MANY, running=1, waiting=10), turn(FEW, waiting=2))

    assert room(turns, limits, queue="scales", running=1) == expected
