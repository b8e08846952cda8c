"""Cancelling an upload: at once while it waits, within two seconds while at work."""

import enum
import uuid

from jobs.by import PROGRAM, By
from jobs.cancel import CancelOutcome, cancel
from uploads.access import upload_of
from uploads.errors import UploadNotCancellableError
from uploads.services import lifecycle
from uploads.states import UNFINISHED, Status


class Cancellation(enum.Enum):
    """Whether the upload is cancelled already, or will be once its work is killed."""

    DONE = "done"
    REQUESTED = "requested"


def cancel_upload(
    company_id: uuid.UUID, upload_id: uuid.UUID, *, by: By = PROGRAM
) -> Cancellation:
    """Cancel an upload that has not ended; no row of it lands.

    Safe to repeat while the work is being killed. Raises ``UploadNotFoundError``, or
    ``UploadNotCancellableError`` once it has ended, whichever way.
    """
    upload = upload_of(company_id, upload_id)
    if upload.status not in UNFINISHED:
        raise UploadNotCancellableError(status=str(upload.status))
    if upload.job_id is not None:
        outcome = cancel(upload.job_id, by=by)
        if outcome is CancelOutcome.REQUESTED:
            return Cancellation.REQUESTED
    # The job's hook has usually done this in the transaction that ended the job.
    lifecycle.mark_cancelled(upload_id)
    upload.refresh_from_db(fields=["status"])
    if upload.status != Status.CANCELLED:
        raise UploadNotCancellableError(status=str(upload.status))
    return Cancellation.DONE
