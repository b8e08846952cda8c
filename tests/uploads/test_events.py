"""The event that tells what an upload is now."""

import uuid
from decimal import Decimal

import pytest

from realtime.events import (
    UploadAccepted,
    UploadCancelled,
    UploadEvent,
    UploadFailed,
    UploadLoaded,
    UploadNeedsReview,
    UploadProgressed,
)
from uploads.events import event_of
from uploads.models import Upload
from uploads.states import Status


def an_upload(status: Status, phase: str = "waiting") -> Upload:
    return Upload(
        company_id=uuid.uuid4(),
        original_name="ventas.csv",
        status=status,
        phase=phase,
        sequence=4,
        rows_read=10,
        rows_inserted=9,
        rows_rejected=1,
        rows_footnotes=2,
        remarks=[{"code": "price_mismatch", "rows": 3, "lines": [5, 7, 9]}],
        quality_score=Decimal("97.50"),
        error_code="not_csv",
        error_message="a picture",
    )


@pytest.mark.parametrize(
    ("status", "phase", "kind"),
    [
        (Status.PENDING, "waiting", UploadAccepted),
        (Status.PENDING, "retrying", UploadProgressed),
        (Status.VALIDATING, "validating", UploadProgressed),
        (Status.PROCESSING, "reading", UploadProgressed),
        (Status.COMPLETED, "finished", UploadLoaded),
        (Status.FAILED, "finished", UploadFailed),
        (Status.CANCELLED, "finished", UploadCancelled),
        (Status.NEEDS_REVIEW, "finished", UploadNeedsReview),
        (Status.REVERTED, "finished", UploadProgressed),
    ],
)
def test_the_status_decides_the_event(
    status: Status, phase: str, kind: type[UploadEvent]
) -> None:
    assert type(event_of(an_upload(status, phase))) is kind


def test_an_event_carries_the_whole_state() -> None:
    upload = an_upload(Status.COMPLETED, "finished")

    event = event_of(upload)

    assert isinstance(event, UploadLoaded)
    assert (event.upload_id, event.company_id) == (
        str(upload.pk),
        str(upload.company_id),
    )
    assert (event.sequence, event.rows_read, event.rows_inserted) == (4, 10, 9)
    assert event.quality_score == "97.50"
    message = event.as_message()
    assert (message["rows_footnotes"], message["rows_headers"]) == (2, 0)
    assert message["remarks"][0]["lines"] == [5, 7, 9]
    assert "far from quantity" in message["remarks"][0]["message"]


@pytest.mark.parametrize("status", [Status.FAILED, Status.NEEDS_REVIEW])
def test_an_event_of_trouble_says_why(status: Status) -> None:
    event = event_of(an_upload(status, "finished"))

    assert isinstance(event, UploadFailed | UploadNeedsReview)
    assert (event.error_code, event.error_message) == ("not_csv", "a picture")
