import dataclasses
import itertools
from collections.abc import Iterator

import pytest

from processing.pipeline import blocks
from processing.pipeline.blocks import Block, Layout, read_blocks
from processing.pipeline.encoding import Piece
from processing.pipeline.errors import FileError
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.records import Dialect

LINES = (
    b"Fecha;Total;X\r\n",
    b"a;b;c\r\n",
    b'd;"e\r\ne";f\r\n',
    b"\r\n",
    b"g;h\r\n",
    b"i;j;k\r\n",
)
TEXT = b"".join(LINES)


def in_pieces(text: bytes, size: int, *, start: int = 0) -> Iterator[Piece]:
    for begin in range(0, len(text), size):
        part = text[begin : begin + size]
        yield Piece(text=part, is_damaged=False, source_end=start + begin + len(part))


def layout(
    ending: str = "\r\n", *, first_line: int = 2, source_start: int = 0
) -> Layout:
    return Layout(
        dialect=Dialect(delimiter=";", line_ending=ending),
        encoding="utf-8",
        width=3,
        first_line=first_line,
        source_start=source_start,
    )


def found(read: list[Block]) -> list[tuple[int, str]]:
    """Return line and first cell of all records."""
    records: list[tuple[int, str]] = []
    for block in read:
        rows = block.scan.regular.decode().split("\n")[:-1]
        cells = [row.partition(";")[0] for row in rows]
        records += zip(block.scan.regular_lines, cells, strict=True)
        records += [(r.line, r.fields[0]) for r in block.scan.careful]
    return sorted(records)


@pytest.mark.parametrize("size", [1, 2, 5, 20, 1_000])
def test_records_are_the_same_wherever_pieces_are_cut(size: int) -> None:
    read = list(read_blocks(in_pieces(TEXT, size), layout(), DEFAULT_LIMITS))

    assert found(read) == [(2, "a"), (3, "d"), (6, "g"), (7, "i")]
    assert sum(block.scan.blank for block in read) == 1


@pytest.mark.parametrize("size", [1, 2, 5, 20, 1_000])
def test_blocks_are_the_whole_file_without_gap_or_overlap(size: int) -> None:
    read = list(
        read_blocks(
            in_pieces(TEXT, size, start=3), layout(source_start=3), DEFAULT_LIMITS
        )
    )

    assert b"".join(block.text for block in read) == TEXT[len(LINES[0]) :]
    assert read[0].source_start == 3 + len(LINES[0])
    assert read[-1].source_end == 3 + len(TEXT)
    for before, after in itertools.pairwise(read):
        assert before.source_end == after.source_start
        assert after.first_line == before.first_line + before.scan.used_lines


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_file_may_end_without_an_end_of_line(ending: str) -> None:
    text = ending.join(["x;y;z", "a;b;c", "d;e;f"]).encode()

    read = list(read_blocks(in_pieces(text, 100), layout(ending), DEFAULT_LIMITS))

    assert found(read) == [(2, "a"), (3, "d")]
    assert read[-1].source_end == len(text)


def test_a_header_longer_than_the_file_leaves_nothing() -> None:
    read = read_blocks(in_pieces(TEXT, 9), layout(first_line=99), DEFAULT_LIMITS)

    assert found(list(read)) == []
    assert list(read_blocks(iter(()), layout(), DEFAULT_LIMITS)) == []


def test_many_short_lines_are_taken_in_parts() -> None:
    count = 3 * blocks.MOST_LINES
    text = b"x;y;z\n" + b"a;b;c\n" * count + b"d;e;f"

    read = list(read_blocks(in_pieces(text, len(text)), layout("\n"), DEFAULT_LIMITS))

    assert max(len(block.text) for block in read) <= blocks.PART_BYTES
    assert sum(len(block.scan.regular_lines) for block in read) == count + 1
    assert [block.source_start for block in read] == [
        6 * (block.first_line - 1) for block in read
    ]
    assert (read[-1].source_end, found(read[-1:])[-1]) == (len(text), (count + 2, "d"))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"x;y;z\na;b;c\n" + b"d" * 60 + b";e;f\n", id="whole"),
        pytest.param(b"x;y;z\na;b;c\n" + b"d" * 60, id="without an end"),
    ],
)
@pytest.mark.parametrize("size", [4, 1_000])
def test_a_line_that_is_too_long_refuses_the_file(text: bytes, size: int) -> None:
    limits = dataclasses.replace(DEFAULT_LIMITS, line_bytes=50)

    with pytest.raises(FileError) as caught:
        list(read_blocks(in_pieces(text, size), layout("\n"), limits))

    assert (caught.value.code, caught.value.facts["line"]) == ("line_too_long", 3)


@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_a_header_alone_is_no_record(ending: str, size: int) -> None:
    text = f"x;y;z{ending}".encode()

    read = list(read_blocks(in_pieces(text, size), layout(ending), DEFAULT_LIMITS))

    assert found(read) == []


def test_a_return_inside_a_title_ends_no_line() -> None:
    text = b"ventas\rde enero\nx;y;z\na;b;c\n"

    read = read_blocks(in_pieces(text, 100), layout("\n", first_line=3), DEFAULT_LIMITS)

    assert found(list(read)) == [(3, "a")]
