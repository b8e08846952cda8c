"""What one socket is told, and when."""

from typing import Any

import pytest

from realtime.pacing import REMEMBERED_UPLOADS, Pacer


def event(
    sequence: int, type_: str = "upload.progressed", upload: str = "a"
) -> dict[str, Any]:
    return {"type": type_, "upload_id": upload, "sequence": sequence}


@pytest.fixture
def pacer() -> Pacer:
    return Pacer(per_second=4)


def test_the_first_progress_goes_out_at_once(pacer: Pacer) -> None:
    assert pacer.admit(event(1), now=10.0)
    assert pacer.next_due() is None


def test_only_the_newest_of_many_goes_out_a_quarter_second_later(pacer: Pacer) -> None:
    pacer.admit(event(1), now=10.0)

    assert [pacer.admit(event(n), now=10.0 + n / 100) for n in range(2, 20)] == [
        False
    ] * 18
    assert pacer.next_due() == pytest.approx(10.25)
    assert list(pacer.due(now=10.2)) == []
    assert list(pacer.due(now=10.25)) == [event(19)]
    assert pacer.next_due() is None


def test_five_hundred_events_a_second_become_four(pacer: Pacer) -> None:
    told = 0
    for n in range(500):
        told += pacer.admit(event(n), now=n / 500)
        told += len(list(pacer.due(now=n / 500)))

    assert told == 4


@pytest.mark.parametrize(
    "final", ["upload.loaded", "upload.failed", "upload.cancelled", "upload.accepted"]
)
def test_an_end_goes_out_at_once_and_takes_the_place_of_progress(
    pacer: Pacer, final: str
) -> None:
    pacer.admit(event(1), now=10.0)
    pacer.admit(event(2), now=10.01)

    assert pacer.admit(event(3, final), now=10.02)
    assert pacer.next_due() is None


def test_what_was_seen_is_not_told_again(pacer: Pacer) -> None:
    pacer.remember("a", 7)

    assert not pacer.admit(event(7, "upload.loaded"), now=1.0)
    assert pacer.admit(event(8, "upload.loaded"), now=1.0)
    assert not pacer.admit(event(8, "upload.loaded"), now=2.0)


def test_progress_that_comes_late_does_not_follow_the_end(pacer: Pacer) -> None:
    pacer.admit(event(9, "upload.loaded"), now=1.0)

    assert not pacer.admit(event(8), now=2.0)
    assert pacer.next_due() is None


def test_uploads_do_not_wait_for_each_other(pacer: Pacer) -> None:
    assert pacer.admit(event(1, upload="a"), now=1.0)
    assert pacer.admit(event(1, upload="b"), now=1.0)


def test_memory_is_bounded(pacer: Pacer) -> None:
    for number in range(REMEMBERED_UPLOADS * 2):
        pacer.admit(event(1, upload=str(number)), now=1.0)

    assert len(pacer._uploads) == REMEMBERED_UPLOADS
