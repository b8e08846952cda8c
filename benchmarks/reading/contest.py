"""The runs: every file by turns, then a long one for its memory."""

import dataclasses
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.reading.files import REGULAR, repeat, write_files

# How many times longer the file is of which the memory must not be larger.
LONGER_TIMES = 10

Say = Callable[[str], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One file read once, from its first byte to its last row."""

    records: int
    seconds: float
    peak_bytes: int

    @property
    def seconds_per_million(self) -> float:
        return self.seconds / self.records * 1_000_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadingMeasured:
    """One run. Each of ``rounds`` has every file once, by name, in the same order."""

    rows: int
    rounds: tuple[Mapping[str, Passage], ...]
    longer: Passage


def measure(*, rows: int, rounds: int, say: Say) -> ReadingMeasured:
    """Write the files, read each in a process of its own, and return the numbers."""
    with tempfile.TemporaryDirectory(prefix="ayni-reading-") as folder:
        paths = write_files(Path(folder), rows=rows)
        say(f"{len(paths)} files of {rows:,} rows written")
        done = tuple(_round(paths, say=say) for _ in range(rounds))
        say(f"{LONGER_TIMES} times as long")
        longer = _read(repeat(paths[REGULAR], times=LONGER_TIMES))
    return ReadingMeasured(rows=rows, rounds=done, longer=longer)


def _round(paths: Mapping[str, Path], *, say: Say) -> Mapping[str, Passage]:
    passages = {name: _read(path) for name, path in paths.items()}
    for name, passage in passages.items():
        say(f"{name}: {passage.seconds_per_million:.2f} s a million")
    return passages


def _read(path: Path) -> Passage:
    command = (sys.executable, "-m", "benchmarks.reading.passage", str(path))
    ended = subprocess.run(command, check=True, capture_output=True)  # noqa: S603
    return Passage(**json.loads(ended.stdout))
