"""Write figures in the text format that Prometheus reads. Pure.

Less than a hundred lines instead of a client library: such a library counts in the
memory of one process, and these figures are read from tables that all share.
"""

import dataclasses
import enum
import itertools
from collections.abc import Iterable, Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


class Kind(enum.Enum):
    """What Prometheus may do with a figure."""

    # Goes up and down.
    GAUGE = "gauge"
    # Only rises, whoever restarts: made for ``rate``.
    COUNTER = "counter"
    # Counters by upper bound, with their sum and their number.
    HISTOGRAM = "histogram"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One figure and what it belongs to; ``suffix`` is added to the family's name."""

    value: float
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    suffix: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Figures of one kind."""

    name: str
    meaning: str
    samples: tuple[Sample, ...]
    kind: Kind = Kind.GAUGE


def render(families: Iterable[Family]) -> str:
    """Return the families as one text; those without figures are left out."""
    lines: list[str] = []
    for family in families:
        if family.samples:
            meaning = family.meaning.replace("\\", r"\\").replace("\n", r"\n")
            lines += [
                f"# HELP {family.name} {meaning}",
                f"# TYPE {family.name} {family.kind.value}",
            ]
        lines += [_line(family.name, sample) for sample in family.samples]
    return "".join(f"{line}\n" for line in lines)


def histogram(
    counts: Mapping[float, int],
    *,
    bounds: Iterable[float],
    total: float,
    labels: Mapping[str, str],
) -> tuple[Sample, ...]:
    """Return the samples of one histogram; each bucket holds the ones below.

    ``counts`` says how many fell between the bound before and that one, and may have
    bounds of its own, as an earlier release used. ``total`` is the sum of all values.
    """
    steps = sorted({*counts, *bounds, float("inf")})
    running = itertools.accumulate(counts.get(bound, 0) for bound in steps)
    buckets = [
        Sample(
            value=number,
            labels={**labels, "le": "+Inf" if bound == float("inf") else f"{bound:g}"},
            suffix="_bucket",
        )
        for bound, number in zip(steps, running, strict=True)
    ]
    return (
        *buckets,
        Sample(value=total, labels=labels, suffix="_sum"),
        Sample(value=buckets[-1].value, labels=labels, suffix="_count"),
    )


def _line(name: str, sample: Sample) -> str:
    labels = ",".join(
        f'{key}="{value.translate(ESCAPES)}"' for key, value in sample.labels.items()
    )
    braced = f"{{{labels}}}" if labels else ""
    return f"{name}{sample.suffix}{braced} {sample.value:.15g}"
