"""Reads of refused rows: a page for people, and all of them for a file to repair."""

import uuid
from collections.abc import Iterator

from uploads.access import upload_of
from uploads.models import CorrectedRow, Reject
from uploads.paging import DEFAULT_PAGE, Order, slice_of
from uploads.reject_messages import message_for
from uploads.selectors.shaping import shape
from uploads.selectors.views import RejectsPage, RejectView

AS_IN_FILE = Order(columns=("line", "id"))
# Rows fetched at once for an export; each may carry a whole record.
EXPORT_ROWS = 1000


def rejects_page(
    company_id: uuid.UUID,
    upload_id: uuid.UUID,
    *,
    cursor: str = "",
    size: int = DEFAULT_PAGE,
    code: str = "",
) -> RejectsPage:
    """Return refused rows of the upload in the order of its file.

    Raises ``UploadNotFoundError`` or ``InvalidCursorError``.
    """
    upload = upload_of(company_id, upload_id)
    rejects = Reject.objects.of(company_id).filter(upload_id=upload.pk)
    if code:
        rejects = rejects.filter(code=code)
    # A record may be long, and a page shows only the excerpt.
    page = slice_of(rejects.defer("raw"), AS_IN_FILE, cursor=cursor, size=size)
    lines = [reject.line for reject in page.rows]
    corrected = CorrectedRow.objects.of(company_id).filter(upload_id=upload.pk)
    by = dict(corrected.filter(line__in=lines).values_list("line", "correction_id"))
    return RejectsPage(
        rejects=tuple(_view(r, corrected_by=by.get(r.line)) for r in page.rows),
        next_cursor=page.next_cursor,
    )


def open_rejects(
    company_id: uuid.UUID, upload_id: uuid.UUID
) -> Iterator[tuple[RejectView, list[str]]]:
    """Yield every refused row that was not corrected since, in the order of the file.

    With each comes its record as the file had it.
    """
    corrected = CorrectedRow.objects.of(company_id).filter(upload_id=upload_id)
    rejects = (
        Reject.objects.of(company_id)
        .filter(upload_id=upload_id)
        .exclude(line__in=corrected.values("line"))
        .order_by(*AS_IN_FILE.columns)
    )
    for reject in rejects.iterator(chunk_size=EXPORT_ROWS):
        yield _view(reject), reject.raw


def _view(reject: Reject, *, corrected_by: uuid.UUID | None = None) -> RejectView:
    message = message_for(reject.code)
    return shape(reject, RejectView, message=message, corrected_by=corrected_by)
