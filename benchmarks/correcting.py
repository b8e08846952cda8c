"""A large file of which a tenth was refused, and its repaired rows sent again."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from ayni.demo.client import Client
from ayni.localstack.stack import Stack
from benchmarks.landing import land
from benchmarks.memory import PeakMemory
from benchmarks.peers import empty_table
from benchmarks.report import Correction

# One row in so many is broken.
EVERY = 10
# The column of quantities in the generator's files, and what breaks a number.
DELIMITER, QUANTITY, FLAW = b";", 6, b"x"


def measure_correction(stack: Stack, client: Client, sales: Path) -> Correction:
    """Land ``sales`` with every tenth row broken, then those rows repaired."""
    broken, refused = stack.folder / "broken.csv", stack.folder / "refused.csv"
    repaired = stack.folder / "repaired.csv"
    broken.write_bytes(b"".join(_broken(sales)))
    empty_table()
    file = land(client, broken)
    client.save_rejects(file.upload_id, refused)
    rows = _repair(refused, repaired)
    with PeakMemory(stack.pids["workers"]) as memory:
        correction = land(client, repaired, corrects=file.upload_id)
    return Correction(
        rows=rows,
        file_seconds=file.seconds,
        seconds=correction.seconds,
        child_megabytes=memory.megabytes,
    )


def _broken(sales: Path) -> Iterator[bytes]:
    with sales.open("rb") as file:
        yield next(file)
        for line, spoils in zip(file, itertools.cycle(range(EVERY)), strict=False):
            if spoils:
                yield line
            else:
                cells = line.split(DELIMITER)
                cells[QUANTITY] = FLAW + cells[QUANTITY]
                yield DELIMITER.join(cells)


def _repair(refused: Path, repaired: Path) -> int:
    """Take every flaw out, and leave all else as it came; return how many rows."""
    rows = 0
    with refused.open("rb") as file, repaired.open("wb") as mended:
        mended.write(next(file))
        for line in file:
            mended.write(line.replace(DELIMITER + FLAW, DELIMITER, 1))
            rows += 1
    return rows
