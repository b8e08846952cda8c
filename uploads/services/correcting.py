"""Refused rows that come back repaired: of which upload, and read as that one was.

A correction is an upload of its own. Its rows are those of another upload's refused
lines, so whatever decided how that file is read decides here as well.
"""

import uuid
from typing import Any

from django.db.models import F

from uploads.access import upload_of
from uploads.errors import UploadNotCorrectableError
from uploads.models import Upload
from uploads.states import BadRows, LoadMode, Status


def corrected_by(company_id: uuid.UUID, upload_id: uuid.UUID) -> Upload:
    """Return the upload whose refused rows come back with a correction of this one.

    A correction of a correction is one of what that corrects. Raises
    ``UploadNotFoundError`` or ``UploadNotCorrectableError``.
    """
    upload = upload_of(company_id, upload_id)
    if upload.corrects_id is not None:
        upload = upload_of(company_id, upload.corrects_id)
    if upload.status != Status.COMPLETED:
        raise _refusal(upload, "its rows did not land")
    if upload.file_removed_at is not None:
        raise _refusal(upload, "its file is no longer kept")
    return upload


def _refusal(upload: Upload, reason: str) -> UploadNotCorrectableError:
    return UploadNotCorrectableError(status=str(upload.status), reason=reason)


def values_of_correction(original: Upload) -> dict[str, Any]:
    """Return the columns of a correction that repeat those of what it corrects.

    A period is not replaced again for some of its rows, and the share of bad ones among
    rows that were all bad says nothing.
    """
    is_replacing = original.load_mode == LoadMode.REPLACE_PERIOD
    return {
        "corrects": original,
        "load_mode": LoadMode.UPSERT if is_replacing else original.load_mode,
        "keep_extra": original.keep_extra,
        "bad_rows": BadRows.CONTINUE,
        "bad_rows_limit": None,
        "bad_rows_percent": None,
        "quality_threshold": 0,
    }


def note_corrected(company_id: uuid.UUID, upload_id: uuid.UUID, rows: int) -> None:
    """Count refused rows of an upload that have landed now.

    Part of the transaction that lands them.
    """
    uploads = Upload.objects.of(company_id).filter(pk=upload_id)
    uploads.update(rows_corrected=F("rows_corrected") + rows)
