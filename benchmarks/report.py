"""What was measured, what was promised, and whether the two agree."""

import dataclasses
import json
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

# What the first version promises to whoever chooses it over what they have.
MOST_TIMES_RAW_COPY = 2.0
LEAST_TIMES_OLD_WAY = 15.0
MOST_CHILD_MEGABYTES = 700.0
MOST_START_P50_MS = 10.0
MOST_START_P99_MS = 50.0
# A small file waits for itself, and not for what its company has sent before.
MOST_TIMES_NEW_SHOP = 1.25
# Repaired rows have their file read again, to know their places among equals, and no
# more than that.
MOST_TIMES_FILE = 1.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One file landed by us and, right after, by its peers. Seconds.

    The old way lands fewer rows of it: ``Measured.old_way_rows``.
    """

    ours: float
    raw_copy: float
    old_way: float

    @property
    def ratio(self) -> float:
        return self.ours / self.raw_copy


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Repaired ``rows`` landed, and before them the file that they were refused of."""

    rows: int
    file_seconds: float
    seconds: float
    child_megabytes: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run. ``start_ms`` holds enqueue-to-start latencies in milliseconds.

    ``daily`` are seconds of a small file: beside all the rows, and in a new shop.
    """

    rows: int
    file_bytes: int
    pairs: tuple[Pair, ...]
    old_way_rows: int
    child_megabytes: float
    start_ms: tuple[float, ...]
    daily: tuple[tuple[float, float], ...]
    correction: Correction


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One number of the report, and the bar it has to clear, if there is one."""

    name: str
    value: float
    unit: str
    bar: str = ""
    is_met: bool = True


def lines_of(measured: Measured) -> tuple[Line, ...]:
    """Return the report's numbers. Medians are of pairs made in the same run."""
    ours = statistics.median(pair.ours for pair in measured.pairs)
    raw = statistics.median(pair.raw_copy for pair in measured.pairs)
    ratio = statistics.median(pair.ratio for pair in measured.pairs)
    old = measured.old_way_rows / statistics.median(p.old_way for p in measured.pairs)
    rate = measured.rows / ours
    times_old = statistics.median(
        pair.old_way / measured.old_way_rows * measured.rows / pair.ours
        for pair in measured.pairs
    )
    return (
        Line(name="ours, accepted to completed", value=ours, unit="s"),
        Line(name="ours", value=rate, unit="rows/s"),
        Line(name="raw COPY of the clean file", value=raw, unit="s"),
        Line(
            name="raw COPY of the clean file", value=measured.rows / raw, unit="rows/s"
        ),
        at_most("ours / raw COPY", ratio, unit="times", bar=MOST_TIMES_RAW_COPY),
        Line(name="the old way", value=old, unit="rows/s"),
        at_least(
            "ours / the old way", times_old, unit="times", bar=LEAST_TIMES_OLD_WAY
        ),
        at_most(
            "peak memory of the child",
            measured.child_megabytes,
            unit="MB",
            bar=MOST_CHILD_MEGABYTES,
        ),
        *_starts(measured.start_ms),
        *_beside(measured),
    )


def _beside(measured: Measured) -> tuple[Line, ...]:
    correction = measured.correction
    return (
        at_most(
            f"a small file beside {measured.rows:,} rows / in a new shop",
            statistics.median(beside / alone for beside, alone in measured.daily),
            unit="times",
            bar=MOST_TIMES_NEW_SHOP,
        ),
        at_most(
            f"{correction.rows:,} rows repaired / their file",
            correction.seconds / correction.file_seconds,
            unit="times",
            bar=MOST_TIMES_FILE,
        ),
        at_most(
            "peak memory of the child, repairing",
            correction.child_megabytes,
            unit="MB",
            bar=MOST_CHILD_MEGABYTES,
        ),
    )


def _starts(start_ms: tuple[float, ...]) -> tuple[Line, ...]:
    bars = {50: MOST_START_P50_MS, 99: MOST_START_P99_MS}
    return tuple(
        at_most(
            f"enqueue to start, p{percent}",
            percentile(start_ms, percent),
            unit="ms",
            bar=bar,
        )
        for percent, bar in bars.items()
    )


def content_of(measured: Measured) -> dict[str, Any]:
    """Return everything measured and every line of the report, ready for JSON."""
    return {
        "measured": dataclasses.asdict(measured),
        "report": [dataclasses.asdict(line) for line in lines_of(measured)],
    }


def title_of(measured: Measured) -> str:
    return (
        f"{measured.rows:,} rows, {measured.file_bytes / 1e6:,.0f} MB,"
        f" {len(measured.pairs)} pairs"
    )


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a report where programs find it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def show(console: Console, lines: Sequence[Line], *, title: str) -> bool:
    """Print a report; return whether every bar is met."""
    table = Table(title=title)
    for heading in ("what", "value", "unit", "bar", ""):
        table.add_column(heading, justify="right" if heading == "value" else "left")
    for line in lines:
        verdict = ("met" if line.is_met else "MISSED") if line.bar else ""
        table.add_row(line.name, f"{line.value:,.2f}", line.unit, line.bar, verdict)
    console.print(table)
    return all(line.is_met for line in lines)


def at_most(name: str, value: float, *, unit: str, bar: float) -> Line:
    """Return the line of a number that may not be above its bar."""
    return Line(
        name=name, value=value, unit=unit, bar=f"at most {bar:g}", is_met=value <= bar
    )


def at_least(name: str, value: float, *, unit: str, bar: float) -> Line:
    """Return the line of a number that may not be below its bar."""
    return Line(
        name=name,
        value=value,
        unit=unit,
        bar=f"at least {bar:.3g}",
        is_met=value >= bar,
    )


def percentile(values: tuple[float, ...], percent: int) -> float:
    """Return the value that so many percent of the values do not pass."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
