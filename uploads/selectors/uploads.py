"""Reads of uploads: one, a page of them, and how one is doing."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from uploads.access import upload_of
from uploads.errors import UploadNotFoundError
from uploads.models import Upload
from uploads.paging import DEFAULT_PAGE, Order, slice_of
from uploads.reject_messages import told_remarks
from uploads.selectors.filters import ANY_UPLOAD, UploadFilter
from uploads.selectors.shaping import shape
from uploads.selectors.views import UploadsPage, UploadView

NEWEST_FIRST = Order(columns=("created_at", "id"), is_descending=True)
# What GET .../progress/ and a socket's first message say, besides the ids.
PROGRESS = (
    "original_name",
    "sequence",
    "status",
    "phase",
    "progress_percent",
    "rows_read",
    "rows_accepted",
    "rows_rejected",
    "rows_blank",
    "rows_footnotes",
    "rows_headers",
    "rows_inserted",
    "rows_updated",
    "rows_unchanged",
    "rows_duplicate",
    "rows_deleted",
    "rows_per_second",
    "seconds_left",
    "quality_score",
    "remarks",
    "error_code",
    "error_message",
)


def progress_of(upload_id: uuid.UUID) -> Mapping[str, Any]:
    """Return how the upload is doing, JSON-safe.

    Whoever asks must have passed ``uploads.access``: no company is named here. Raises
    ``UploadNotFoundError``.
    """
    values = (
        Upload.objects.across_tenants()
        .filter(pk=upload_id, deleted_at__isnull=True)
        .values("id", "company_id", *PROGRESS)
        .first()
    )
    if values is None:
        raise UploadNotFoundError
    score = values["quality_score"]
    return {
        "upload_id": str(values.pop("id")),
        **values,
        "company_id": str(values["company_id"]),
        "remarks": told_remarks(values["remarks"]),
        "quality_score": None if score is None else str(score),
    }


def upload_view(company_id: uuid.UUID, upload_id: uuid.UUID) -> UploadView:
    """Return the company's upload, or raise ``UploadNotFoundError``."""
    return _views_of(company_id, [upload_of(company_id, upload_id)])[0]


def uploads_page(
    company_id: uuid.UUID,
    *,
    cursor: str = "",
    size: int = DEFAULT_PAGE,
    status: str = "",
    narrowed: UploadFilter = ANY_UPLOAD,
) -> UploadsPage:
    """Return uploads of the company, newest first.

    ``status`` is short for a filter of that status. Raises ``InvalidCursorError``.
    """
    uploads = (
        Upload.objects.of(company_id)
        .filter(deleted_at__isnull=True, **narrowed.lookups())
        .select_related("user")
    )
    if status:
        uploads = uploads.filter(status=status)
    page = slice_of(uploads, NEWEST_FIRST, cursor=cursor, size=size)
    return UploadsPage(
        uploads=_views_of(company_id, page.rows),
        next_cursor=page.next_cursor,
    )


def _views_of(
    company_id: uuid.UUID, uploads: Sequence[Upload]
) -> tuple[UploadView, ...]:
    found = Upload.objects.of(company_id).filter(
        corrects_id__in=[upload.pk for upload in uploads], deleted_at__isnull=True
    )
    corrections: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for original, correction in found.order_by("pk").values_list("corrects_id", "pk"):
        corrections[original].append(correction)
    return tuple(
        _view_of(upload, corrected_by=tuple(corrections[upload.pk]))
        for upload in uploads
    )


def _view_of(upload: Upload, *, corrected_by: tuple[uuid.UUID, ...]) -> UploadView:
    return shape(
        upload,
        UploadView,
        user_email="" if upload.user is None else upload.user.email,
        has_file=bool(upload.stored_name) and upload.file_removed_at is None,
        corrects=upload.corrects_id,
        corrected_by=corrected_by,
        remarks=told_remarks(upload.remarks),
    )
