"""Files made to fill memory end with their code in a real process, and little more."""

import gzip
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.processing.pipeline.files import GOOD, sales

MEGABYTE = 1 << 20
MOST_MORE_BYTES = 300 * MEGABYTE
# Of the processor, so that a busy machine does not decide.
MOST_SECONDS = 10.0
# For 100 MB; half of it is seen where nothing else runs, and 10 s before.
MOST_SECONDS_OF_BLANKS = 6.0
TABLE = sales(GOOD).encode()


def inflating(total_bytes: int) -> Iterable[bytes]:
    """Yield members of gzip that unpack to a thousand times what they are."""
    member = gzip.compress(b"x;1\n" * (16 * MEGABYTE))
    yield gzip.compress(TABLE)
    yield from [member] * (total_bytes // (64 * MEGABYTE))


def told_of(path: Path) -> dict[str, Any]:
    command = (sys.executable, "-m", "tests.processing.bombs", str(path))
    ended = subprocess.run(command, check=True, capture_output=True)
    told: dict[str, Any] = json.loads(ended.stdout)
    return told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parts", "code"),
    [
        pytest.param(
            [b"a;" * 1_000_000, b"\n"], "too_many_columns", id="a million columns"
        ),
        pytest.param(
            [TABLE, *[b"x" * MEGABYTE] * 200], "line_too_long", id="a line of 200 MB"
        ),
        pytest.param([b"\n" * MEGABYTE] * 100, "empty_file", id="100 MB of line feeds"),
        pytest.param(
            [TABLE, b'06-01-2024;B2;"', *[b"x\n" * (MEGABYTE // 2)] * 50],
            "too_many_rows",
            id="a mark that never closes",
        ),
        pytest.param(
            inflating(10 << 30), "unpacks_too_far", id="10 MB that unpack to 10 GB"
        ),
    ],
)
def test_a_bomb_ends_with_its_code_in_little_memory(
    tmp_path: Path, parts: Iterable[bytes], code: str
) -> None:
    path = tmp_path / "bomb"
    with path.open("wb") as file:
        file.writelines(parts)

    told = told_of(path)

    assert told["code"] == code
    assert told["more_bytes"] <= MOST_MORE_BYTES
    assert told["seconds"] <= MOST_SECONDS


@pytest.mark.slow
def test_a_file_that_is_refused_nearly_whole_takes_no_more_memory_than_a_good_one(
    tmp_path: Path,
) -> None:
    more = {}
    for name, odd in (("good", ""), ("refused", "\x01")):
        path = tmp_path / name
        rows = (f"05-01-2024;B{n};A{odd}{n};2;1,5\n" for n in range(100_000))
        path.write_bytes(TABLE + "".join(rows).encode())
        more[name] = told_of(path)["more_bytes"]

    assert more["refused"] <= more["good"]


@pytest.mark.slow
def test_blank_lines_below_the_sales_cost_next_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "blank"
    path.write_bytes(TABLE + b"\n" * (100 * MEGABYTE))

    told = told_of(path)

    assert told["code"] == ""
    assert told["seconds"] <= MOST_SECONDS_OF_BLANKS
