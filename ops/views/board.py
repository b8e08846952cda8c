"""The first page: is anything waiting, is anybody working, did anything fail."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jobs.selectors import JobFilter, jobs_page
from ops.access import staff_only
from ops.board import board_now
from ops.fragments import render_page

# Enough to see that work flows; whoever looks for one goes to the list.
LATEST_JOBS = 8


@staff_only
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Show queues, workers and the latest jobs."""
    latest = jobs_page(JobFilter(), size=LATEST_JOBS)
    context = {"board": board_now(), "jobs": latest.jobs}
    return render_page(request, "board", context=context)
