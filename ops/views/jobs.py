"""The list of jobs, newest first; filters and page are in the address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jobs.selectors import queue_summaries
from jobs.states import State
from ops.access import staff_only
from ops.fragments import render_page
from ops.listing import Asked, Listing, listing_of


@staff_only
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show a page of jobs."""
    asked = Asked.of(request.GET)
    listing = listing_of(asked)
    context = {
        "asked": asked,
        "listing": listing,
        "jobs": listing.jobs,
        "waits": listing.waits,
        "here": asked.query(cursor=asked.cursor),
        "chips": [("", asked.query(state=""))]
        + [(state.value, asked.query(state=state.value)) for state in State],
        "known_queues": [queue.name for queue in queue_summaries()],
        "known_actors": sorted({job.actor for job in listing.jobs}),
        "first_page": asked.query(),
        "next_page": asked.query(cursor=listing.next_cursor),
        "refresh": _refresh(asked, listing),
    }
    return render_page(request, "jobs", context=context)


def _refresh(asked: Asked, listing: Listing) -> str:
    """Return what a script asks for to see this very page as it is by then."""
    if asked.cursor:
        return asked.query(cursor=asked.cursor)
    return asked.query(held=listing.held)
