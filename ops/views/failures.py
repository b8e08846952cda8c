"""Failures that are alike: shown by kind, tried again or discarded together."""

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from jobs.deadletters import discard_alike, retry_alike
from jobs.selectors import JobFilter, failures, jobs_page
from jobs.states import State
from ops.access import by_of, staff_only
from ops.asking import REASON_CHARS, kind_of, reason_of
from ops.fragments import render_page

# Each is queued in a transaction of its own while a page waits: what more there are
# is for the next press of the button.
RETRIED_AT_ONCE = 500
# Whoever has more kinds of failures than this reads the list of jobs.
KINDS_SHOWN = 100

log = structlog.get_logger(__name__)


@staff_only
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Show what failed, by what it died of."""
    kinds = failures()
    context = {
        "groups": kinds[:KINDS_SHOWN],
        "hidden": max(0, len(kinds) - KINDS_SHOWN),
        "failed": sum(kind.count for kind in kinds),
        "reason_chars": REASON_CHARS,
    }
    return render_page(request, "failures", context=context)


@staff_only
@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Queue the failures of one kind again."""
    actor, fingerprint = kind_of(request)
    done = retry_alike(
        actor, fingerprint=fingerprint, by=by_of(request), limit=RETRIED_AT_ONCE
    )
    log.info(
        "ops_failures_retried",
        actor=actor,
        fingerprint=fingerprint,
        jobs=done,
        user_id=str(request.user.pk),
    )
    _tell_retried(request, done)
    alike = JobFilter(state=State.FAILED, actor=actor, fingerprint=fingerprint)
    if done and jobs_page(alike, size=1).jobs:
        words = gettext("More of them are left: the same button takes the next ones.")
        messages.warning(request, words)
    return redirect("ops:failures")


@staff_only
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Put the failures of one kind away, for a reason."""
    actor, fingerprint = kind_of(request)
    reason = reason_of(request)
    if not reason:
        messages.warning(request, gettext("Nothing was done: a reason is missing."))
        return redirect("ops:failures")
    done = discard_alike(
        actor, fingerprint=fingerprint, reason=reason, by=by_of(request)
    )
    log.info(
        "ops_failures_discarded",
        actor=actor,
        fingerprint=fingerprint,
        jobs=done,
        user_id=str(request.user.pk),
    )
    words = ngettext(
        "%(count)s failed job was discarded.",
        "%(count)s failed jobs were discarded.",
        done,
    )
    _tell(request, words, count=done)
    return redirect("ops:failures")


def _tell_retried(request: HttpRequest, done: int) -> None:
    words = ngettext(
        "%(count)s job is queued again.", "%(count)s jobs are queued again.", done
    )
    _tell(request, words, count=done)


def _tell(request: HttpRequest, words: str, *, count: int) -> None:
    if count:
        messages.success(request, words % {"count": count})
    else:
        messages.warning(
            request, gettext("Nothing was done: no failed job is like this any more.")
        )
