"""One upload: its page, and what a person may do about it."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from accounts.errors import InvalidCursorError
from accounts.roles import Permission
from dashboard.fragments import render_page
from dashboard.frame import Frame, frame_of
from dashboard.reaching import person_of, reach
from dashboard.shares import shares_of
from dashboard.steps import steps_of
from dashboard.wording import QUALITY, explain_problem
from jobs.by import By
from uploads.errors import UploadError
from uploads.selectors.rejects import rejects_page
from uploads.selectors.updates import updates_of
from uploads.selectors.uploads import upload_view
from uploads.selectors.views import UploadView
from uploads.services.cancel import cancel_upload
from uploads.services.delete import delete_upload
from uploads.services.retry import AS_IT_WAS, RetryChanges, retry_upload
from uploads.states import RETRYABLE, UNFINISHED, Period, Status

# Refused rows of a page: what follows them must stay within reach.
PAGE_ROWS = 25
# A year of days; whoever wants more of them reads the API.
PERIODS_SHOWN = 366
ANY_QUALITY = RetryChanges(quality_threshold=0)


@login_required
@require_GET
def upload(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Show everything known about one upload."""
    company_id = reach(request, upload_id)
    context = _facts_of(request, company_id, upload_id=upload_id)
    return render_page(request, "upload", context=context)


@login_required
@require_POST
def cancel(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Cancel an upload at work."""
    company_id = reach(request, upload_id, permission=Permission.UPLOAD)
    by = _by(request)
    _try(request, lambda: cancel_upload(company_id, upload_id, by=by))
    return redirect("dashboard:upload", upload_id)


@login_required
@require_POST
def retry(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Try an upload again that ended without landing; with any quality, if asked."""
    company_id = reach(request, upload_id, permission=Permission.UPLOAD)
    user_id, by = person_of(request).pk, _by(request)
    changes = ANY_QUALITY if request.POST.get("quality") == "any" else AS_IT_WAS
    _try(
        request,
        lambda: retry_upload(company_id, upload_id, user_id, changes=changes, by=by),
    )
    return redirect("dashboard:upload", upload_id)


@login_required
@require_POST
def delete(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Delete an upload's file and history; rows that landed stay."""
    company_id = reach(request, upload_id, permission=Permission.DELETE_DATA)
    name = upload_view(company_id, upload_id).original_name
    if not _try(request, lambda: delete_upload(company_id, upload_id)):
        return redirect("dashboard:upload", upload_id)
    messages.success(request, gettext("%(name)s was deleted.") % {"name": name})
    return redirect("dashboard:uploads")


def _facts_of(
    request: HttpRequest, company_id: uuid.UUID, *, upload_id: uuid.UUID
) -> dict[str, Any]:
    view = upload_view(company_id, upload_id)
    status = Status(view.status)
    code = request.GET.get("code", "")
    code = code if code in view.reject_counts else ""
    period = request.GET.get("period", "")
    period = period if period in set(Period) else Period.MONTHLY
    cursor = request.GET.get("cursor", "")
    try:
        rejects = rejects_page(
            company_id, upload_id, cursor=cursor, size=PAGE_ROWS, code=code
        )
    except InvalidCursorError as exc:
        raise Http404 from exc
    frame = frame_of(request, company_id=company_id)
    return {
        "frame": frame,
        "upload": view,
        "steps": steps_of(view),
        "shares": shares_of(view),
        "rejects": rejects,
        "reasons": sorted(view.reject_counts.items(), key=lambda pair: -pair[1]),
        "code": code,
        "cursor": cursor,
        "period": period,
        "periods": tuple(Period),
        "updates": updates_of(company_id, upload_id, period=period)[-PERIODS_SHOWN:],
        "quality_parts": [
            (part, Decimal(str(view.quality_parts[part])))
            for part in QUALITY
            if part in view.quality_parts
        ],
        "is_unfinished": status in UNFINISHED,
        "is_retryable": status in RETRYABLE and view.has_file,
        "may_correct": _may_correct(frame, view),
    }


def _may_correct(frame: Frame, upload: UploadView) -> bool:
    """Say whether refused rows of the upload can still come back, from this person."""
    is_open = upload.rows_rejected > upload.rows_corrected
    is_kept = upload.status == Status.COMPLETED and upload.has_file
    may_send = frame.company is not None and frame.company.may_upload
    return is_open and is_kept and may_send


def _by(request: HttpRequest) -> By:
    person = person_of(request)
    return By(id=str(person.pk), name=person.email)


def _try(request: HttpRequest, change: Callable[[], object]) -> bool:
    """Return whether the change happened; say why not where it did not."""
    try:
        change()
    except UploadError as problem:
        messages.error(request, explain_problem(problem))
        return False
    return True
