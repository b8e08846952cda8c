import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest

from dashboard.shares import shares_of
from dashboard.steps import StepState, steps_of
from uploads.selectors.views import UploadView

NOTHING: dict[str, Any] = dict.fromkeys(
    field.name for field in dataclasses.fields(UploadView)
)
COUNTS = {f"rows_{kind}": 0 for kind in ("inserted", "updated", "unchanged")}


def view(**values: Any) -> UploadView:
    defaults = {**NOTHING, **COUNTS, "rows_duplicate": 0, "rows_rejected": 0}
    return UploadView(
        **{**defaults, "id": uuid.uuid4(), "started_at": dt.datetime.now(dt.UTC)}
        | values
    )


def test_shares_fill_the_bar_exactly() -> None:
    shares = shares_of(
        view(status="completed", rows_inserted=900, rows_updated=90, rows_rejected=10)
    )

    assert [share.kind for share in shares] == ["inserted", "updated", "rejected"]
    assert sum(float(share.width) for share in shares) == pytest.approx(100, abs=0.01)


def test_one_refused_row_in_a_million_can_still_be_seen() -> None:
    shares = shares_of(view(status="completed", rows_inserted=999_999, rows_rejected=1))

    assert float(shares[-1].width) > 0.5


@pytest.mark.parametrize("status", ["processing", "failed", "cancelled"])
def test_nothing_is_shared_out_before_rows_have_landed(status: str) -> None:
    assert shares_of(view(status=status, rows_rejected=5)) == ()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": "pending", "phase": "waiting"}, "caaaa"),
        ({"status": "pending", "phase": "retrying"}, "caaaa"),
        ({"status": "processing", "phase": "reading"}, "ddcaa"),
        ({"status": "failed", "phase": "finished", "progress_percent": 58}, "ddsaa"),
        ({"status": "cancelled", "phase": "finished", "progress_percent": 90}, "dddds"),
        ({"status": "cancelled", "phase": "finished", "started_at": None}, "saaaa"),
        ({"status": "completed", "phase": "finished"}, "ddddd"),
    ],
)
def test_the_steps_say_where_an_upload_is_or_stopped(
    values: dict[str, Any], expected: str
) -> None:
    letters = {
        StepState.DONE: "d",
        StepState.CURRENT: "c",
        StepState.STOPPED: "s",
        StepState.AHEAD: "a",
    }

    steps = steps_of(view(**values))

    assert "".join(letters[step.state] for step in steps) == expected
