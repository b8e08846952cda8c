"""What jobs were measured to be, what was promised, and whether the two agree."""

import dataclasses
import statistics
from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.report import Line, at_least, at_most, percentile

# What is promised: guarantees that neither peer gives cost at most this.
LEAST_JOBS_A_SECOND = 400.0
MOST_TIMES_DRAMATIQS_WAIT = 3.0
LEAST_OF_DRAMATIQS_RATE = 1 / 3
MOST_START_P50_MS, MOST_START_P99_MS = 10.0, 50.0
MOST_CLAIM_P99_MS, MOST_SWEEP_MS, MOST_LIST_MS = 10.0, 200.0, 150.0
# Beyond the time of one job of the crowd, which every thread may have begun.
MOST_WAIT_BESIDE_CROWD_SECONDS = 1.0
OURS, DRAMATIQ = "ours", "plain Dramatiq"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Every contender once: no-op jobs a second, and waits for an idle worker."""

    rates: Mapping[str, float]
    waits_ms: Mapping[str, tuple[float, ...]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Aged:
    """Milliseconds beside a table of so many jobs; of a list the median of a few."""

    finished: int
    waiting: int
    claim_ms: tuple[float, ...]
    sweep_ms: tuple[float, ...]
    list_ms: Mapping[str, float]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobsMeasured:
    """One run. ``single_waits`` are seconds beside a crowd of ``crowd_job_seconds``."""

    rounds: tuple[Round, ...]
    single_waits: tuple[float, ...]
    crowd_job_seconds: float
    aged: Aged


def lines_of(measured: JobsMeasured) -> tuple[Line, ...]:
    """Return the report's numbers. Medians are of rounds made in the same run."""
    return (
        *_rates(measured.rounds),
        *_waits(measured.rounds),
        _crowd(measured),
        *_aged(measured.aged),
    )


def content_of(measured: JobsMeasured) -> dict[str, Any]:
    """Return everything measured and every line of the report, ready for JSON."""
    return {
        "measured": dataclasses.asdict(measured),
        "report": [dataclasses.asdict(line) for line in lines_of(measured)],
    }


def _rates(rounds: tuple[Round, ...]) -> tuple[Line, ...]:
    def rate(name: str) -> float:
        return _median(rounds, lambda each: each.rates[name])

    share = _median(rounds, lambda each: each.rates[OURS] / each.rates[DRAMATIQ])
    peers = [name for name in rounds[0].rates if name != OURS]
    return (
        at_least(
            "no-op jobs, ours", rate(OURS), unit="jobs/s", bar=LEAST_JOBS_A_SECOND
        ),
        *(
            Line(name=f"no-op jobs, {name}", value=rate(name), unit="jobs/s")
            for name in peers
        ),
        at_least(
            "ours / plain Dramatiq, jobs/s",
            share,
            unit="times",
            bar=LEAST_OF_DRAMATIQS_RATE,
        ),
    )


def _waits(rounds: tuple[Round, ...]) -> tuple[Line, ...]:
    bars = {50: MOST_START_P50_MS, 99: MOST_START_P99_MS}
    lines = []
    for name in rounds[0].waits_ms:
        for percent in (50, 95, 99):
            value = _wait(rounds, name, percent)
            called = f"enqueue to start, {name}, p{percent}"
            if name == OURS and percent in bars:
                lines.append(at_most(called, value, unit="ms", bar=bars[percent]))
            else:
                lines.append(Line(name=called, value=value, unit="ms"))
    for percent in bars:
        times = _wait(rounds, OURS, percent) / _wait(rounds, DRAMATIQ, percent)
        called = f"ours / plain Dramatiq, p{percent}"
        lines.append(
            at_most(called, times, unit="times", bar=MOST_TIMES_DRAMATIQS_WAIT)
        )
    return tuple(lines)


def _crowd(measured: JobsMeasured) -> Line:
    return at_most(
        "one job beside 1,000 of another tenant, longest wait",
        max(measured.single_waits),
        unit="s",
        bar=measured.crowd_job_seconds + MOST_WAIT_BESIDE_CROWD_SECONDS,
    )


def _aged(aged: Aged) -> tuple[Line, ...]:
    slowest = max(aged.list_ms, key=lambda name: aged.list_ms[name])
    return (
        at_most(
            f"claim, p99, {aged.finished:,} ended and {aged.waiting:,} waiting",
            percentile(aged.claim_ms, 99),
            unit="ms",
            bar=MOST_CLAIM_P99_MS,
        ),
        at_most(
            "pass of the sweep",
            statistics.median(aged.sweep_ms),
            unit="ms",
            bar=MOST_SWEEP_MS,
        ),
        at_most(
            f"slowest list ({slowest})",
            aged.list_ms[slowest],
            unit="ms",
            bar=MOST_LIST_MS,
        ),
    )


def _wait(rounds: tuple[Round, ...], name: str, percent: int) -> float:
    return _median(rounds, lambda each: percentile(each.waits_ms[name], percent))


def _median(rounds: tuple[Round, ...], number: Callable[[Round], float]) -> float:
    return statistics.median(number(each) for each in rounds)
