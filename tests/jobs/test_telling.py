"""What work tells of itself, before anybody writes it down."""

import math
from typing import Any

import pytest

from jobs import telling
from jobs.telling import Teller, Told

Sent = list[dict[str, Any]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    # Nothing is slow enough to be passed on twice.
    monkeypatch.setattr(telling, "PAUSE_SECONDS", 1_000)
    return []


@pytest.mark.parametrize(
    ("done", "total", "kept", "share"),
    [
        (1, 4, (1, 4), 0.25),
        (0, 4, (0, 4), 0),
        (9, 4, (4, 4), 1),
        (-1, 4, (0, 4), 0),
        (0, 0, (0, 0), 1),
        (1, -1, (0, 0), 1),
        (1e-300, 1e-300, (1e-300, 1e-300), 1),
    ],
)
def test_wrong_estimates_are_made_right(
    done: float, total: float, kept: tuple[float, float], share: float
) -> None:
    told = Told.of(done, total, "")

    assert ((told.done, told.total), told.share) == (kept, share)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="allowed: numbers"):
        Told.of(1, number, "")


def test_a_note_is_made_such_that_it_can_be_kept() -> None:
    assert Told.of(1, 2, "a\x00b\ud800" + "c" * 200).note == "a␀b?" + "c" * 96


def test_a_share_never_falls_but_the_note_goes_on() -> None:
    half = Told.of(2, 4, "two")

    assert Told.of(1, 4, "one").after(half) == Told.of(2, 4, "one")
    assert Told.of(2, 8, "more").after(half) == Told.of(2, 4, "more")
    assert Told.of(6, 8, "far").after(half) == Told.of(6, 8, "far")
    assert half.after(None) == half


def test_a_child_passes_on_the_first_and_the_last(sent: Sent) -> None:
    teller = Teller(sent.append)

    for done in (1, 2, 3, 2):
        teller.tell(Told.of(done, 4, f"{done}"))
    assert [message["told"]["done"] for message in sent] == [1]
    teller.finish()

    assert sent[1:] == [{"told": {"done": 3, "total": 4, "note": "2"}}]


def test_a_thread_that_was_left_behind_is_not_heard(sent: Sent) -> None:
    teller = Teller(sent.append)
    teller.finish()

    teller.tell(Told.of(1, 2, ""))

    assert sent == []
