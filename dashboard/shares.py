"""What became of the rows read, as shares of one bar. Pure."""

import dataclasses

from uploads.selectors.views import UploadView
from uploads.states import Status

KINDS = ("inserted", "updated", "unchanged", "duplicate", "rejected")
# A kind that is there at all must be seen, whatever its share.
LEAST_PERCENT = 0.6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One stretch of the bar: where it begins and how wide it is, in percent."""

    kind: str
    rows: int
    start: str
    width: str


def shares_of(upload: UploadView) -> tuple[Share, ...]:
    """Return the kinds of rows that are there, in a fixed order, together 100 %.

    Until rows have landed there is nothing to share out.
    """
    if upload.status != Status.COMPLETED:
        return ()
    rows = {kind: getattr(upload, f"rows_{kind}") for kind in KINDS}
    present = {kind: count for kind, count in rows.items() if count}
    total = sum(present.values())
    widths = {k: max(100 * n / total, LEAST_PERCENT) for k, n in present.items()}
    scale = sum(widths.values()) / 100
    shares, start = [], 0.0
    for kind, count in present.items():
        width = widths[kind] / scale
        shares.append(
            Share(kind=kind, rows=count, start=f"{start:.3f}", width=f"{width:.3f}")
        )
        start += width
    return tuple(shares)
