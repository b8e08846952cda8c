import itertools
from collections.abc import Iterator

import pytest

from ayni.demo.client import STANDSTILL_SECONDS, State, until_final
from ayni.demo.errors import NothingMovesError


def state(sequence: int, status: str = "processing") -> State:
    return State(
        sequence=sequence,
        status=status,
        phase="reading",
        progress_percent=10,
        rows_read=0,
        rows_accepted=0,
        rows_rejected=0,
        rows_per_second=None,
    )


def standing_clock() -> float:
    return 0.0


def test_only_newer_states_are_passed_on_and_none_after_the_last() -> None:
    coming = [state(1), state(3), state(2), state(3), state(4, "completed"), state(5)]

    seen = list(until_final(coming, clock=standing_clock))

    assert [each.sequence for each in seen] == [1, 3, 4]


def test_an_upload_that_stands_still_is_given_up() -> None:
    seconds = itertools.count(step=STANDSTILL_SECONDS / 10)

    def same_for_ever() -> Iterator[State]:
        while True:
            yield state(1)

    with pytest.raises(NothingMovesError, match="processing"):
        list(until_final(same_for_ever(), clock=lambda: float(next(seconds))))
