"""What a client may send."""

import pytest

from realtime.errors import FrameTooLargeError, TextOnlyError, TooManyFramesError
from realtime.frames import FRAME_CHARS, FRAMES_PER_SECOND, FrameLimit


def test_a_text_frame_comes_back_as_it_is() -> None:
    assert FrameLimit().take("hello", now=1.0) == "hello"


def test_twenty_frames_a_second_are_taken_and_no_more() -> None:
    limit = FrameLimit()
    for _ in range(FRAMES_PER_SECOND):
        limit.take("x", now=1.0)

    with pytest.raises(TooManyFramesError):
        limit.take("x", now=1.9)


def test_the_next_second_counts_anew() -> None:
    limit = FrameLimit()
    for _ in range(FRAMES_PER_SECOND):
        limit.take("x", now=1.0)

    assert limit.take("x", now=2.0) == "x"


def test_a_long_frame_is_refused() -> None:
    assert FrameLimit().take("x" * FRAME_CHARS, now=1.0)
    with pytest.raises(FrameTooLargeError):
        FrameLimit().take("x" * (FRAME_CHARS + 1), now=1.0)


def test_bytes_are_refused() -> None:
    with pytest.raises(TextOnlyError):
        FrameLimit().take(None, now=1.0)
