"""What an attempt writes about itself into its upload: how it began, counted and ended.

Values only; ``lifecycle`` decides whether they may be written.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.db.models import DateTimeField, Func

from uploads.services.work import Phase, Reason, Tally
from uploads.states import Status

# The database's clock at this moment; its now() is when the transaction began, which
# for the one that completes an upload is before the merge.
CLOCK = Func(function="clock_timestamp", output_field=DateTimeField())
# As long as the column that keeps it.
MESSAGE_CHARS = 500
# What an attempt leaves behind when the next one starts.
FRESH: Mapping[str, Any] = {
    "phase": Phase.VALIDATING,
    "progress_percent": 0,
    "rows_read": 0,
    "rows_accepted": 0,
    "rows_rejected": 0,
    "rows_blank": 0,
    "rows_footnotes": 0,
    "rows_headers": 0,
    "rows_per_second": None,
    "seconds_left": None,
    "quality_score": None,
    "quality_parts": {},
    "reject_counts": {},
    "remarks": [],
    "error_code": "",
    "error_message": "",
    "error_details": {},
    "finished_at": None,
}


def ended(status: Status, reason: Reason) -> dict[str, Any]:
    """Return the values of an upload that ends without a row, and why."""
    return {
        "status": status,
        "phase": Phase.FINISHED,
        "seconds_left": None,
        "error_code": reason.code,
        "error_message": reason.message[:MESSAGE_CHARS],
        "error_details": dict(reason.details),
        "finished_at": CLOCK,
    }


def tally_values(tally: Tally | None) -> dict[str, Any]:
    """Return what was counted in the file; nothing if it was not read to its end."""
    if tally is None:
        return {}
    return {
        "rows_read": tally.read,
        "rows_accepted": tally.accepted,
        "rows_rejected": tally.rejected,
        "rows_blank": tally.blank,
        "rows_footnotes": tally.footnotes,
        "rows_headers": tally.headers,
        "reject_counts": dict(tally.reject_counts),
        "remarks": [dataclasses.asdict(remark) for remark in tally.remarks],
        "quality_score": tally.quality_score,
        "quality_parts": {
            name: str(part) for name, part in tally.quality_parts.items()
        },
    }
