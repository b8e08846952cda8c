"""An upload that waits for a person: what was understood, and what they say to it."""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from dashboard.asking import MARKS, NOTHING, ORDERS, Asked, asked_of, cut_of
from dashboard.column_pages import page_of
from dashboard.fragments import render_page
from dashboard.frame import frame_of
from dashboard.offers import offers_of
from dashboard.reaching import person_of, reach
from dashboard.reviewing import WORKBOOK, choices_of, fillable, merged, rows_of, unsure
from dashboard.wording import explain_problem
from jobs.by import By
from uploads.answers import answers_of
from uploads.errors import (
    MappingNameTakenError,
    PreviewRefusedError,
    PreviewUnavailableError,
    ReviewIncompleteError,
    UploadError,
)
from uploads.fields import FIELDS, REQUIRED
from uploads.selectors.previews import preview_view
from uploads.selectors.uploads import upload_view
from uploads.selectors.views import UploadView
from uploads.services.asking import answer_and_keep, open_questions
from uploads.services.previews import preview_of
from uploads.services.review import Decision, ReviewAnswer, answer_review
from uploads.states import Status

Context = dict[str, Any]
CHOICES = {
    "required": REQUIRED,
    "optional": FIELDS[len(REQUIRED) :],
    "marks": MARKS,
    "orders": ORDERS,
}


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Show what was understood of an upload; let it go on as a person says.

    A post shows the page anew with what was said, lands nothing, and is safe to repeat;
    ``do=load`` and ``do=give-up`` answer.
    """
    company_id = reach(request, upload_id, permission=Permission.UPLOAD)
    upload = upload_view(company_id, upload_id)
    if upload.status != Status.NEEDS_REVIEW:
        return _to_upload(request, upload_id)
    asked = asked_of(request.POST) if request.method == "POST" else NOTHING
    before = answers_of(upload.answers).reading
    asked = dataclasses.replace(asked, reading=merged(before, asked.reading))
    match request.POST.get("do", ""):
        case "give-up":
            return _given_up(request, upload, asked)
        case "load" if not asked.mistaken:
            return _answered(request, upload, asked)
        case _:
            return _page(request, upload, asked)


def _to_upload(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        # A script would swap the other page into this one.
        address = reverse("dashboard:upload", args=[upload_id])
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect("dashboard:upload", upload_id)


def _given_up(request: HttpRequest, upload: UploadView, asked: Asked) -> HttpResponse:
    answer = ReviewAnswer(
        user_id=person_of(request).pk, decision=Decision.REJECT, attempt=asked.attempt
    )
    try:
        answer_review(upload.company_id, upload.id, answer=answer, by=_by(request))
    except UploadError as problem:
        messages.error(request, explain_problem(problem))
    return redirect("dashboard:upload", upload.id)


def _answered(request: HttpRequest, upload: UploadView, asked: Asked) -> HttpResponse:
    shown = _shown(upload, asked).get("shown")
    if shown is None:
        return _page(request, upload, asked)
    answer = _answer(request, asked, shown)
    try:
        if asked.name:
            answer_and_keep(
                upload.company_id,
                upload.id,
                answer=answer,
                keep_as=asked.name,
                by=_by(request),
            )
        else:
            answer_review(upload.company_id, upload.id, answer=answer, by=_by(request))
    except ReviewIncompleteError:
        return _page(request, upload, asked, is_refused=True)
    except MappingNameTakenError as taken:
        return _page(request, upload, asked, problem=explain_problem(taken))
    except UploadError as problem:
        messages.error(request, explain_problem(problem))
    else:
        messages.success(request, gettext("Thank you. The file is being loaded."))
    return redirect("dashboard:upload", upload.id)


def _answer(
    request: HttpRequest, asked: Asked, shown: Mapping[str, Any]
) -> ReviewAnswer:
    return ReviewAnswer(
        user_id=person_of(request).pk,
        attempt=asked.attempt,
        reading=asked.reading,
        columns=choices_of(rows_of(shown, asked), shown),
        defaults=asked.defaults,
        is_lesson=asked.is_lesson,
    )


def _page(
    request: HttpRequest, upload: UploadView, asked: Asked, **said: Any
) -> HttpResponse:
    context: Context = {
        "frame": frame_of(request, company_id=upload.company_id),
        "upload": upload,
        "asked": asked,
        "cut": cut_of(asked.reading),
        **_shown(upload, asked),
        **said,
    }
    shown = context.get("shown")
    if asked.mistaken:
        context["problem"] = gettext(
            "A delimiter is one to eight signs: no letters, digits or quotation marks."
        )
    context["offers"] = offers_of(asked, shown)
    if shown is not None:
        answer = _answer(request, asked, shown)
        open_ = open_questions(upload.company_id, upload.id, answer=answer)
        rows = rows_of(shown, asked)
        context |= {
            **page_of(rows, shown, first=asked.first),
            "open": open_,
            "unsure": unsure(rows),
            "fillable": fillable(open_, asked),
            "is_workbook": shown["encoding"]["reason"] == WORKBOOK,
            **CHOICES,
        }
    return render_page(request, "review", context=context)


def _shown(upload: UploadView, asked: Asked) -> Context:
    """Return what is to be seen of the file, or why nothing is.

    Without either it is being looked at this very moment.
    """
    try:
        content = preview_of(upload.company_id, upload.id, reading=asked.reading)
    except PreviewRefusedError as refused:
        return {"refused": refused.facts["reason"]}
    except PreviewUnavailableError:
        return {"refused": "stored_file_missing"}
    if content is None:
        return {}
    shown = preview_view(
        upload.company_id, upload.id, content=content, reading=asked.reading
    )
    return {"shown": shown}


def _by(request: HttpRequest) -> By:
    person = person_of(request)
    return By(id=str(person.pk), name=person.email)
