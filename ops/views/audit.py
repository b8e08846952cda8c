"""Who did what to jobs and queues; filters and page are in the address."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jobs.by import ActionKind
from jobs.trail import action, actions_page, parts_page
from ops.access import staff_only
from ops.fragments import render_page
from ops.searching import Wanted

PAGE_ACTIONS = 50


@staff_only
@require_safe
def actions(request: HttpRequest) -> HttpResponse:
    """Show a page of what was done, newest first."""
    wanted = Wanted.of(request.GET)
    page = actions_page(wanted.filter, cursor=wanted.cursor, size=PAGE_ACTIONS)
    context = {
        "wanted": wanted,
        "actions": page.actions,
        "chips": [("", wanted.query(kind=""))]
        + [(kind.value, wanted.query(kind=kind.value)) for kind in ActionKind],
        "first_page": wanted.query(),
        "next_page": wanted.query(cursor=page.next_cursor) if page.next_cursor else "",
    }
    return render_page(request, "audit", context=context)


@staff_only
@require_safe
def parts(request: HttpRequest, action_id: uuid.UUID) -> HttpResponse:
    """Show an action and every job it changed."""
    whole = action(action_id)
    if whole is None:
        raise Http404
    wanted = Wanted.of(request.GET)
    page = parts_page(action_id, cursor=wanted.cursor, size=PAGE_ACTIONS)
    context = {
        "whole": whole,
        "actions": page.actions,
        "wanted": wanted,
        "first_page": request.path,
        "next_page": f"?cursor={page.next_cursor}" if page.next_cursor else "",
    }
    return render_page(request, "action", context=context)
