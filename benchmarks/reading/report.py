"""What reading took, and what was promised of it."""

import dataclasses
import statistics
from typing import Any

from benchmarks.reading.contest import LONGER_TIMES, ReadingMeasured
from benchmarks.reading.files import REGULAR
from benchmarks.report import Line, at_most

# A file that needs care may take so many times as long as one that needs none.
MOST_TIMES_REGULAR = 4.0
# Memory does not grow with the file. What is above 1 is glibc's, which keeps freed
# blocks of megabytes: 1.08 to 1.18 were seen, and 1.03 (271 MB for ten million rows,
# 263 for one) where MALLOC_MMAP_THRESHOLD_=1048576 has it give them back. A reader
# that kept rows would be at 3.
MOST_TIMES_MEMORY = 1.25


def lines_of(measured: ReadingMeasured) -> tuple[Line, ...]:
    """Return the report's numbers. Ratios are of files read in the same round."""
    names = [name for name in measured.rounds[0] if name != REGULAR]
    return (
        _speed(measured, REGULAR),
        *(_speed(measured, name) for name in names),
        *(_ratio(measured, name) for name in names),
        *_memory(measured),
    )


def content_of(measured: ReadingMeasured) -> dict[str, Any]:
    """Return everything measured and every line of the report, ready for JSON."""
    return {
        "measured": dataclasses.asdict(measured),
        "report": [dataclasses.asdict(line) for line in lines_of(measured)],
    }


def _speed(measured: ReadingMeasured, name: str) -> Line:
    taken = [each[name].seconds_per_million for each in measured.rounds]
    return Line(name=name, value=statistics.median(taken), unit="s a million rows")


def _ratio(measured: ReadingMeasured, name: str) -> Line:
    ratios = [
        each[name].seconds_per_million / each[REGULAR].seconds_per_million
        for each in measured.rounds
    ]
    return at_most(
        f"{name} / {REGULAR}",
        statistics.median(ratios),
        unit="times",
        bar=MOST_TIMES_REGULAR,
    )


def _memory(measured: ReadingMeasured) -> tuple[Line, ...]:
    peaks = [each[REGULAR].peak_bytes for each in measured.rounds]
    usual, longer = statistics.median(peaks), measured.longer.peak_bytes
    return (
        Line(name="peak memory", value=usual / 1e6, unit="MB"),
        Line(name=f"{LONGER_TIMES} times the rows", value=longer / 1e6, unit="MB"),
        at_most(
            f"peak memory, {LONGER_TIMES} times the rows / as they are",
            longer / usual,
            unit="times",
            bar=MOST_TIMES_MEMORY,
        ),
    )
