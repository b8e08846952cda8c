"""What became of a case, in figures and sentences."""

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.chaos.invariants import Sent


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One fault: what met it, and what was seen of it.

    ``recovery_seconds`` is from the fault until what it stopped went on, by the
    database's clock; ``None`` where nothing had to. ``broken`` are sentences about what
    only this case can know.
    """

    struck: bool
    sent: tuple[Sent, ...] = ()
    recovery_seconds: float | None = None
    figures: Mapping[str, float] = dataclasses.field(default_factory=dict)
    broken: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long something took, in seconds, over all rounds that it took place in."""

    p50: float
    p95: float
    most: float


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a case. A case whose fault did not strike each time has failed."""

    code: str
    name: str
    rounds: int
    struck: int
    endings: dict[str, int]
    recovery: Spread | None
    seconds: float
    figures: dict[str, float]
    broken: tuple[str, ...]

    @property
    def is_passed(self) -> bool:
        return self.struck > 0 and not self.broken


def spread_of(seconds: Sequence[float]) -> Spread | None:
    """Return the spread of these, ``None`` of nothing."""
    if not seconds:
        return None
    ordered = sorted(seconds)
    return Spread(
        p50=_percentile(ordered, 50),
        p95=_percentile(ordered, 95),
        most=round(ordered[-1], 2),
    )


def write_report(path: Path, *, seed: int, verdicts: Sequence[Verdict]) -> None:
    """Write everything that was found, as JSON."""
    cases = [
        {**dataclasses.asdict(verdict), "is_passed": verdict.is_passed}
        for verdict in verdicts
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"seed": seed, "cases": cases}, indent=2)
    path.write_text(content + "\n", encoding="utf-8")


def _percentile(ordered: Sequence[float], percent: int) -> float:
    """Return the smallest value that so many percent do not exceed."""
    return round(ordered[math.ceil(len(ordered) * percent / 100) - 1], 2)
