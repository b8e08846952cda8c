"""The wait before the next attempt, as a table."""

import random

import pytest

from jobs.backoff import Backoff


@pytest.mark.parametrize(
    ("attempt", "lowest_ms", "highest_ms"),
    [
        (1, 2_500, 5_000),
        (2, 5_000, 10_000),
        (3, 10_000, 20_000),
        (8, 300_000, 600_000),
        (10_000, 300_000, 600_000),
    ],
)
def test_delay_doubles_up_to_the_ceiling(
    attempt: int, lowest_ms: int, highest_ms: int
) -> None:
    rng = random.Random(7)

    delays = [Backoff().delay_ms(attempt, rng=rng) for _ in range(200)]

    assert lowest_ms <= min(delays)
    assert max(delays) <= highest_ms
    assert len(set(delays)) > 100


@pytest.mark.parametrize(
    ("backoff", "delays_ms"),
    [
        (Backoff(jitter=0), [5_000, 10_000, 20_000]),
        (Backoff(base_seconds=10, factor=1, jitter=0), [10_000, 10_000, 10_000]),
        (
            Backoff(base_seconds=1, factor=3, cap_seconds=5, jitter=0),
            [1_000, 3_000, 5_000],
        ),
        (Backoff(base_seconds=0), [0, 0, 0]),
    ],
    ids=["exact", "always the same", "steep and capped", "at once"],
)
def test_the_numbers_of_an_actor_decide(backoff: Backoff, delays_ms: list[int]) -> None:
    rng = random.Random(7)

    assert [backoff.delay_ms(made, rng=rng) for made in (1, 2, 3)] == delays_ms


def test_all_of_a_wait_can_be_left_to_chance() -> None:
    rng = random.Random(7)
    backoff = Backoff(base_seconds=1, jitter=1)

    delays = [backoff.delay_ms(1, rng=rng) for _ in range(200)]

    assert min(delays) < 50
    assert max(delays) > 950


def test_a_first_attempt_does_not_wait() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        Backoff().delay_ms(0, rng=random.Random(7))


@pytest.mark.parametrize(
    ("numbers", "complaint"),
    [
        ({"base_seconds": -1}, "base_seconds is -1"),
        ({"base_seconds": 10, "cap_seconds": 5}, "cap_seconds, which is 5"),
        ({"factor": 0.5}, "factor is 0.5"),
        ({"factor": 101}, "factor is 101"),
        ({"jitter": 1.5}, "jitter is 1.5"),
        ({"jitter": -0.1}, "jitter is -0.1"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(
    numbers: dict[str, float], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        Backoff(**numbers)
