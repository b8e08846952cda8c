"""One queue: let it stand still, or go on."""

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from jobs.pause import pause, resume
from jobs.selectors import queue_summaries
from ops.access import by_of, staff_only

log = structlog.get_logger(__name__)


@staff_only
@require_POST
def pause_one(request: HttpRequest, name: str) -> HttpResponse:
    """Let nothing of the queue start any more."""
    _reach(name)
    if pause(name, by=by_of(request)):
        log.info("ops_queue_paused", queue=name, user_id=str(request.user.pk))
        words = gettext("%(queue)s is paused: what runs goes on, nothing else starts.")
        messages.success(request, words % {"queue": name})
    else:
        messages.warning(request, gettext("Nothing was done: it was paused already."))
    return redirect("ops:board")


@staff_only
@require_POST
def resume_one(request: HttpRequest, name: str) -> HttpResponse:
    """Let the jobs of the queue start again."""
    _reach(name)
    if resume(name, by=by_of(request)):
        log.info("ops_queue_resumed", queue=name, user_id=str(request.user.pk))
        words = gettext("%(queue)s goes on.")
        messages.success(request, words % {"queue": name})
    else:
        messages.warning(request, gettext("Nothing was done: it was not paused."))
    return redirect("ops:board")


def _reach(name: str) -> None:
    if name not in {queue.name for queue in queue_summaries()}:
        raise Http404
