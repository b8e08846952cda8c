"""Write figures in the text format that Prometheus reads. Pure.

Sixty lines instead of a client library: such a library counts in the memory of one
process, and these figures are read from tables that all processes share.
"""

import dataclasses
from collections.abc import Iterable, Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
ESCAPES = str.maketrans({"\\": r"\\", "\n": r"\n", '"': r"\""})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One figure and what it belongs to."""

    value: float
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Figures of one kind. All are gauges: tables forget, so nothing only rises."""

    name: str
    meaning: str
    samples: tuple[Sample, ...]


def render(families: Iterable[Family]) -> str:
    """Return the families as one text; those without figures are left out."""
    lines: list[str] = []
    for family in families:
        if family.samples:
            meaning = family.meaning.replace("\\", r"\\").replace("\n", r"\n")
            lines += [f"# HELP {family.name} {meaning}", f"# TYPE {family.name} gauge"]
        lines += [_line(family.name, sample) for sample in family.samples]
    return "".join(f"{line}\n" for line in lines)


def cumulated(
    counts: Mapping[int, int], bounds: Iterable[float], *, labels: Mapping[str, str]
) -> tuple[Sample, ...]:
    """Return buckets as ``histogram_quantile`` wants them, each holding the ones below.

    ``counts`` says how many fell below the bound of that index, counted from 0, and not
    below the one before; the index after the last bound is everything beyond.
    """
    total, samples = 0, []
    for index, bound in enumerate((*bounds, float("inf"))):
        total += counts.get(index, 0)
        le = "+Inf" if bound == float("inf") else f"{bound:g}"
        samples.append(Sample(value=total, labels={**labels, "le": le}))
    return tuple(samples)


def _line(name: str, sample: Sample) -> str:
    labels = ",".join(
        f'{key}="{value.translate(ESCAPES)}"' for key, value in sample.labels.items()
    )
    braced = f"{{{labels}}}" if labels else ""
    return f"{name}{braced} {sample.value:.15g}"
