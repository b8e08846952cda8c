"""Which company a person works in: choose one of theirs."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from dashboard.frame import frame_of


@login_required
@require_POST
def switch(request: HttpRequest, company_id: uuid.UUID) -> HttpResponse:
    """Make a company the one in use; one that is not theirs changes nothing."""
    frame_of(request, company_id=company_id)
    return redirect("dashboard:uploads")
