"""The list of a company's uploads, and one row of it for scripts."""

import uuid

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.errors import InvalidCursorError
from dashboard.fragments import render_page
from dashboard.frame import frame_of
from dashboard.reaching import reach
from dashboard.wording import STATUS_FILTERS
from uploads.errors import UploadNotFoundError
from uploads.selectors.uploads import upload_view, uploads_page
from uploads.selectors.views import UploadView

# A page of fifty is read in one look and sent in one packet train (ui.md).
PAGE_ROWS = 50


@login_required
@require_GET
def uploads(request: HttpRequest) -> HttpResponse:
    """Show a page of the company's uploads; filter and cursor are in the address."""
    frame = frame_of(request)
    if frame.company is None:
        return redirect("dashboard:found-company")
    status = request.GET.get("status", "")
    status = status if status in STATUS_FILTERS else ""
    cursor = request.GET.get("cursor", "")
    try:
        page = uploads_page(
            frame.company.id, cursor=cursor, size=PAGE_ROWS, status=status
        )
    except InvalidCursorError:
        return redirect("dashboard:uploads")
    context = {
        "frame": frame,
        "page": page,
        "status": status,
        "statuses": STATUS_FILTERS,
        "cursor": cursor,
        "limit_bytes": settings.AYNI_UPLOAD_MAX_BYTES,
        "corrects": _corrected(request, frame.company.id),
    }
    return render_page(request, "uploads", context=context)


def _corrected(request: HttpRequest, company_id: uuid.UUID) -> UploadView | None:
    """Return the upload whose refused rows are to be sent back, if one was named."""
    try:
        return upload_view(company_id, uuid.UUID(request.GET.get("corrects", "")))
    except (ValueError, UploadNotFoundError):
        return None


@login_required
@require_GET
def row(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Show one row of the list as it is now."""
    company_id = reach(request, upload_id)
    context = {
        "frame": frame_of(request, company_id=company_id),
        "upload": upload_view(company_id, upload_id),
    }
    return render(request, "dashboard/parts/row.html", context)
