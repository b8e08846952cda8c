"""The wait before the next attempt, as a table."""

import random

import pytest

from jobs.backoff import next_delay_ms


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

    delays = [next_delay_ms(attempt, rng=rng) for _ in range(200)]

    assert lowest_ms <= min(delays)
    assert max(delays) <= highest_ms
    assert len(set(delays)) > 100


def test_a_first_attempt_does_not_wait() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        next_delay_ms(0, rng=random.Random(7))
