"""Reads of what a company taught us about headers, and of the answers it gave."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from uploads.access import upload_of
from uploads.models import LearntHeader, UploadReview
from uploads.names import folded
from uploads.paging import DEFAULT_PAGE, Order, slice_of
from uploads.selectors.shaping import shape
from uploads.selectors.views import LearntPage, LearntView, ReviewView

NEWEST_FIRST = Order(columns=("learnt_at", "id"), is_descending=True)


def learnt_page(
    company_id: uuid.UUID, *, cursor: str = "", size: int = DEFAULT_PAGE
) -> LearntPage:
    """Return what the company taught us, newest first."""
    lessons = LearntHeader.objects.of(company_id).select_related("user")
    page = slice_of(lessons, NEWEST_FIRST, cursor=cursor, size=size)
    return LearntPage(
        headers=tuple(
            shape(lesson, LearntView, by=_email(lesson)) for lesson in page.rows
        ),
        next_cursor=page.next_cursor,
    )


def teachers_of(
    company_id: uuid.UUID, headers: Iterable[str]
) -> Mapping[str, Mapping[str, Any]]:
    """Return by header who taught us about it and when, JSON-safe."""
    keys = {folded(header): header for header in headers}
    lessons = LearntHeader.objects.of(company_id).filter(key__in=keys)
    return {
        keys[lesson.key]: {
            "by": _email(lesson),
            "at": lesson.learnt_at.isoformat(),
            "source": lesson.source,
        }
        for lesson in lessons.select_related("user")
    }


def reviews_of(company_id: uuid.UUID, upload_id: uuid.UUID) -> tuple[ReviewView, ...]:
    """Return who answered what about the upload, in order.

    Raises ``UploadNotFoundError``.
    """
    upload = upload_of(company_id, upload_id)
    reviews = UploadReview.objects.of(company_id).filter(upload_id=upload.pk)
    return tuple(
        shape(review, ReviewView, by=_email(review))
        for review in reviews.select_related("user").order_by("attempt")
    )


def _email(row: LearntHeader | UploadReview) -> str:
    return "" if row.user is None else row.user.email
