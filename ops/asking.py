"""What the forms of the operators' pages ask for, and the way back from them."""

import uuid

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from ops.addresses import FINGERPRINT_CHARS, word
from ops.listing import PAGE_JOBS, Asked

# As much as is kept of it.
REASON_CHARS = 200


def reason_of(request: HttpRequest) -> str:
    """Return the reason that was given, empty if there is none; without NUL."""
    return word(request.POST.get("reason", ""), longest=REASON_CHARS)


def kind_of(request: HttpRequest) -> tuple[str, str]:
    """Return the actor and the fingerprint of the failures that are meant."""
    return (
        word(request.POST.get("actor", "")),
        word(request.POST.get("fingerprint", ""), longest=FINGERPRINT_CHARS),
    )


def chosen_jobs(request: HttpRequest) -> list[uuid.UUID]:
    """Return the jobs that were ticked: at most a page of them, each once."""
    found: dict[uuid.UUID, None] = {}
    for text in request.POST.getlist("job")[:PAGE_JOBS]:
        try:
            found[uuid.UUID(text)] = None
        except ValueError:
            continue
    return list(found)


def back_to_list(request: HttpRequest) -> str:
    """Return the list of jobs with the filters it had, and nowhere else."""
    query = QueryDict(request.POST.get("back", "").removeprefix("?"))
    asked = Asked.of(query)
    return reverse("ops:jobs") + asked.query(cursor=asked.cursor)
