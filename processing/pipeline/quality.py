"""The quality score of a file: six documented shares that add up to at most 100."""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from processing.pipeline.fields import REQUIRED
from processing.pipeline.remarks import Remarks, add_remarks


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BatchStats:
    """Counts of one batch; add them up with ``+`` for the file.

    ``required_filled`` counts filled required cells (five a record). ``priced`` rows
    state quantity, total and unit price; ``mismatched`` of them disagree. ``repeated``
    counts accepted rows whose transaction and product were already seen in the same
    batch; ``rounded`` counts numbers of accepted rows that were. ``footnotes`` and
    ``headers`` that stood among the records are none of them.
    ``remarks``, days (UTC) and totals are of accepted rows.
    """

    records: int = 0
    accepted: int = 0
    required_filled: int = 0
    untyped: int = 0
    out_of_range_dates: int = 0
    priced: int = 0
    mismatched: int = 0
    repeated: int = 0
    rounded: int = 0
    blank: int = 0
    footnotes: int = 0
    headers: int = 0
    remarks: Remarks = dataclasses.field(default_factory=dict)
    quantity_total: Decimal = Decimal(0)
    price_total: Decimal = Decimal(0)
    first_moment: dt.datetime | None = None
    last_moment: dt.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """A score of 0 to 100 with two decimals, and the parts that add up to it."""

    total: Decimal
    parts: Mapping[str, Decimal]


# What each part is worth (design.md, Data). They add up to 100.
COMPLETENESS = Decimal(20)
ACCURACY = Decimal(20)
CONSISTENCY = Decimal(20)
TIMELINESS = Decimal(15)
UNIQUENESS = Decimal(15)
VALIDITY = Decimal(10)
REQUIRED_CELLS = len(REQUIRED)
CENT = Decimal("0.01")


def add_stats(left: BatchStats, right: BatchStats) -> BatchStats:
    """Return the counts of both. Addition is associative; batches may come anyhow."""
    summed = {
        field.name: getattr(left, field.name) + getattr(right, field.name)
        for field in dataclasses.fields(BatchStats)
        if field.name not in {"remarks", "first_moment", "last_moment"}
    }
    firsts = [s.first_moment for s in (left, right) if s.first_moment is not None]
    lasts = [s.last_moment for s in (left, right) if s.last_moment is not None]
    return BatchStats(
        **summed,
        remarks=add_remarks(left.remarks, right.remarks),
        first_moment=min(firsts, default=None),
        last_moment=max(lasts, default=None),
    )


def score(stats: BatchStats) -> Quality:
    """Return the score of a file from the sum of its batches.

    - completeness: filled required cells of all required cells;
    - accuracy: records without a value that its type refuses;
    - consistency: priced rows whose total agrees with quantity and unit price;
    - timeliness: records whose date, where there is one, is within the range;
    - uniqueness: accepted rows that do not repeat another one;
    - validity: records accepted.

    A share of nothing is whole. A file without records scores 0.
    """
    if stats.records == 0:
        return Quality(total=Decimal(0), parts=dict.fromkeys(_PARTS, Decimal(0)))
    cells = stats.records * REQUIRED_CELLS
    shares = {
        "completeness": COMPLETENESS * _share(stats.required_filled, cells),
        "accuracy": ACCURACY * _share(stats.records - stats.untyped, stats.records),
        "consistency": CONSISTENCY
        * _share(stats.priced - stats.mismatched, stats.priced),
        "timeliness": TIMELINESS
        * _share(stats.records - stats.out_of_range_dates, stats.records),
        "uniqueness": UNIQUENESS
        * _share(stats.accepted - stats.repeated, stats.accepted),
        "validity": VALIDITY * _share(stats.accepted, stats.records),
    }
    parts = {
        name: value.quantize(CENT, ROUND_HALF_UP) for name, value in shares.items()
    }
    return Quality(total=sum(parts.values(), Decimal(0)), parts=parts)


_PARTS = (
    "completeness",
    "accuracy",
    "consistency",
    "timeliness",
    "uniqueness",
    "validity",
)


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / Decimal(whole) if whole else Decimal(1)
