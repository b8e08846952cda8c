"""One job: everything known about it, another chance for it, or its end."""

import uuid

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from jobs.cancel import CancelOutcome, cancel
from jobs.deadletters import discard
from jobs.requeue import requeue
from jobs.selectors import JobDetail, job_detail, waits_of
from jobs.states import ENDED, REQUEUABLE, State
from jobs.trail import actions_on
from ops.access import by_of, staff_only
from ops.asking import REASON_CHARS, reason_of
from ops.fragments import render_page
from ops.timeline import timeline_of

log = structlog.get_logger(__name__)


@staff_only
@require_safe
def job(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Show a job, its history and its attempts."""
    detail = _reach(job_id)
    state = State(detail.job.state)
    context = {
        "job": detail.job,
        "attempts": detail.attempts[::-1],
        "result": detail.result,
        "progress": None if state is State.SUCCEEDED else detail.progress,
        "moments": timeline_of(detail, actions_on(job_id)),
        "wait": waits_of([detail.job]).get(job_id),
        "is_ended": state in ENDED,
        "may_retry": state in REQUEUABLE,
        "may_discard": state is State.FAILED,
        "reason_chars": REASON_CHARS,
        "may_cancel": state not in ENDED and detail.job.cancel_requested_at is None,
    }
    return render_page(request, "job", context=context)


@staff_only
@require_POST
def retry(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Queue a failed or cancelled job again."""
    actor = _reach(job_id).job.actor
    if requeue(job_id, by=by_of(request)):
        log.info("ops_job_retried", **_who_and_which(request, job_id), actor=actor)
        messages.success(
            request, gettext("%(actor)s is queued again.") % {"actor": actor}
        )
    else:
        messages.warning(
            request,
            gettext("Nothing was done: only failed or cancelled jobs can be retried."),
        )
    return redirect("ops:job", job_id)


@staff_only
@require_POST
def cancel_one(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Stop a job that waits or runs."""
    actor = _reach(job_id).job.actor
    outcome = cancel(job_id, by=by_of(request))
    if outcome is CancelOutcome.ENDED:
        messages.warning(request, gettext("Nothing was done: the job had ended."))
        return redirect("ops:job", job_id)
    facts = _who_and_which(request, job_id)
    log.info("ops_job_cancelled", **facts, actor=actor, outcome=outcome.value)
    if outcome is CancelOutcome.CANCELLED:
        words = gettext("%(actor)s was cancelled before it started.")
    else:
        words = gettext("%(actor)s is being stopped; that takes up to 2 seconds.")
    messages.success(request, words % {"actor": actor})
    return redirect("ops:job", job_id)


@staff_only
@require_POST
def discard_one(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Put a failed job away, for a reason."""
    actor = _reach(job_id).job.actor
    reason = reason_of(request)
    if not reason:
        messages.warning(request, gettext("Nothing was done: a reason is missing."))
    elif discard(job_id, reason=reason, by=by_of(request)):
        facts = _who_and_which(request, job_id)
        log.info("ops_job_discarded", **facts, actor=actor, reason=reason)
        words = gettext("%(actor)s was discarded; it can still be retried.")
        messages.success(request, words % {"actor": actor})
    else:
        messages.warning(
            request, gettext("Nothing was done: only failed jobs can be discarded.")
        )
    return redirect("ops:job", job_id)


def _reach(job_id: uuid.UUID) -> JobDetail:
    detail = job_detail(job_id)
    if detail is None:
        raise Http404
    return detail


def _who_and_which(request: HttpRequest, job_id: uuid.UUID) -> dict[str, str]:
    return {"job_id": str(job_id), "user_id": str(request.user.pk)}
