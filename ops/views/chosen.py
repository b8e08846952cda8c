"""What is done to all the jobs that were ticked on the list."""

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from jobs.cancel import cancel_many
from jobs.requeue import requeue_many
from ops.access import by_of, staff_only
from ops.asking import back_to_list, chosen_jobs

log = structlog.get_logger(__name__)


@staff_only
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Queue those of the ticked jobs again that failed or were cancelled."""
    return _do(request, requeue_many, event="ops_jobs_retried", words=_queued)


@staff_only
@require_POST
def cancel(request: HttpRequest) -> HttpResponse:
    """Stop those of the ticked jobs that have not ended."""
    return _do(request, cancel_many, event="ops_jobs_cancelled", words=_stopped)


def _do(
    request: HttpRequest,
    act: Callable[..., int],
    *,
    event: str,
    words: Callable[[int], str],
) -> HttpResponse:
    chosen = chosen_jobs(request)
    done = act(chosen, by=by_of(request)) if chosen else 0
    log.info(event, jobs=done, user_id=str(request.user.pk))
    if done:
        messages.success(request, words(done))
    if left := len(chosen) - done:
        messages.warning(request, _left(left))
    if not chosen:
        messages.warning(request, gettext("Nothing was done: no job was ticked."))
    return redirect(back_to_list(request))


def _queued(count: int) -> str:
    return _counted(
        ngettext(
            "%(count)s job is queued again.", "%(count)s jobs are queued again.", count
        ),
        count,
    )


def _stopped(count: int) -> str:
    return _counted(
        ngettext(
            "%(count)s job was cancelled, or stops within 2 seconds.",
            "%(count)s jobs were cancelled, or stop within 2 seconds.",
            count,
        ),
        count,
    )


def _left(count: int) -> str:
    return _counted(
        ngettext(
            "%(count)s job was left as it is: its state does not allow it.",
            "%(count)s jobs were left as they are: their states do not allow it.",
            count,
        ),
        count,
    )


def _counted(words: str, count: int) -> str:
    facts: dict[str, Any] = {"count": count}
    return words % facts
