"""Who may see the operators' pages: staff. To other people they do not exist."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jobs.by import By
from jobs.outage import NO_DATABASE

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Let staff in, send strangers to the sign-in page, show others a 404.

    Goes outside every other decorator, so that a method that is not allowed is a 404
    too. While the database does not answer nobody can be recognised: the page then
    says so, with status 503.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not request.user.is_authenticated:
                return redirect_to_login(_way_back(request))
            if not request.user.is_staff:
                raise Http404
            return view(request, *args, **kwargs)
        except NO_DATABASE:
            return _unavailable(request)

    return guarded


def by_of(request: HttpRequest) -> By:
    """Return who asks, as it is written down beside what is done; staff only."""
    return By(id=str(request.user.pk), name=request.user.get_username())


def _way_back(request: HttpRequest) -> str:
    """Return where to go after signing in; an action is not repeated by itself."""
    is_reading = request.method in {"GET", "HEAD"}
    return request.get_full_path() if is_reading else reverse("ops:board")


def _unavailable(request: HttpRequest) -> HttpResponse:
    """Answer without a query: not even who asks can be read."""
    nobody = {"user": AnonymousUser(), "frame": None}
    response = render(request, "ops/unavailable.html", nobody, status=503)
    response["Cache-Control"] = "no-store"
    return response
