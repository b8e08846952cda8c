"""The event that tells what an upload is now. Absolute state, never a difference."""

from typing import Any

from realtime.events import (
    UploadAccepted,
    UploadCancelled,
    UploadEvent,
    UploadFailed,
    UploadLoaded,
    UploadNeedsReview,
    UploadProgressed,
)
from uploads.models import Upload
from uploads.reject_messages import told_remarks
from uploads.states import Status


def event_of(upload: Upload) -> UploadEvent:
    """Return the event of the upload's present status, with its sequence number."""
    state = _state_of(upload)
    event: UploadEvent = UploadProgressed(**state)
    match Status(upload.status):
        case Status.PENDING if upload.phase == "waiting":
            event = UploadAccepted(**state, original_name=upload.original_name)
        case Status.COMPLETED:
            event = UploadLoaded(**state, **_counts_of(upload))
        case Status.FAILED:
            event = UploadFailed(**state, **_error_of(upload))
        case Status.NEEDS_REVIEW:
            event = UploadNeedsReview(**state, **_error_of(upload))
        case Status.CANCELLED:
            event = UploadCancelled(**state)
        case _:
            pass
    return event


def _state_of(upload: Upload) -> dict[str, Any]:
    return {
        "upload_id": str(upload.pk),
        "company_id": str(upload.company_id),
        "sequence": upload.sequence,
        "status": str(upload.status),
        "phase": str(upload.phase),
        "progress_percent": upload.progress_percent,
        "rows_read": upload.rows_read,
        "rows_accepted": upload.rows_accepted,
        "rows_rejected": upload.rows_rejected,
        "rows_per_second": upload.rows_per_second,
        "seconds_left": upload.seconds_left,
    }


def _counts_of(upload: Upload) -> dict[str, Any]:
    score = upload.quality_score
    return {
        "rows_inserted": upload.rows_inserted,
        "rows_updated": upload.rows_updated,
        "rows_unchanged": upload.rows_unchanged,
        "rows_duplicate": upload.rows_duplicate,
        "rows_blank": upload.rows_blank,
        "rows_footnotes": upload.rows_footnotes,
        "rows_headers": upload.rows_headers,
        "remarks": tuple(told_remarks(upload.remarks)),
        "quality_score": None if score is None else str(score),
    }


def _error_of(upload: Upload) -> dict[str, Any]:
    return {"error_code": upload.error_code, "error_message": upload.error_message}
