"""A page of the list of jobs: what is asked for, what is shown, and what is newer.

A list that refreshes itself must not move under the pointer. So a page remembers the
newest job it shows; refreshed, it begins there again and counts what is newer.
"""

import dataclasses
import uuid
from collections.abc import Mapping
from typing import Self

from django.http import QueryDict

from jobs.selectors import JobFilter, JobView, WaitView, jobs_page, waits_of
from jobs.states import State
from ops.addresses import FINGERPRINT_CHARS, query_of, word

# A page of fifty is read in one look (ui.md); newer jobs are counted up to as many.
PAGE_JOBS = 50
LARGEST_ID = 2**128 - 1


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for. What cannot be understood is not asked for."""

    state: str = ""
    actor: str = ""
    queue: str = ""
    fingerprint: str = ""
    cursor: str = ""
    held: uuid.UUID | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        state = query.get("state", "")
        return cls(
            state=state if state in set(State) else "",
            actor=word(query.get("actor", "")),
            queue=word(query.get("queue", "")),
            fingerprint=word(query.get("fingerprint", ""), longest=FINGERPRINT_CHARS),
            cursor=cursor.hex if (cursor := _id(query.get("cursor", ""))) else "",
            held=_id(query.get("held", "")),
        )

    @property
    def filter(self) -> JobFilter:
        return JobFilter(**self._kept)

    @property
    def is_filtered(self) -> bool:
        return any(self._kept.values())

    def query(self, **changes: str) -> str:
        """Return the address's query with changes; what is empty is left out."""
        return query_of({**self._kept, **changes})

    @property
    def _kept(self) -> dict[str, str]:
        return {
            "state": self.state,
            "actor": self.actor,
            "queue": self.queue,
            "fingerprint": self.fingerprint,
        }


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page. ``held`` is what a refresh asks for; ``newer`` counts up to a page."""

    jobs: tuple[JobView, ...]
    waits: Mapping[uuid.UUID, WaitView]
    next_cursor: str
    held: str
    newer: int
    is_newer_capped: bool


def listing_of(asked: Asked) -> Listing:
    """Read the page that is asked for, newest first."""
    cursor = asked.cursor
    if asked.held and not cursor:
        cursor = _just_after(asked.held)
    page = jobs_page(asked.filter, cursor=cursor, size=PAGE_JOBS)
    held = asked.held or (page.jobs[0].id if page.jobs else None)
    newer = _newer(asked) if asked.held and not asked.cursor else 0
    return Listing(
        jobs=page.jobs,
        waits=waits_of(page.jobs),
        next_cursor=page.next_cursor or "",
        held=held.hex if held else "",
        newer=min(newer, PAGE_JOBS),
        is_newer_capped=newer > PAGE_JOBS,
    )


def _newer(asked: Asked) -> int:
    """Return how many jobs came after the held one; one more than a page is enough."""
    page = jobs_page(asked.filter, size=PAGE_JOBS + 1)
    return sum(job.id > asked.held for job in page.jobs if asked.held)


def _just_after(held: uuid.UUID) -> str:
    """Return the cursor of the page that begins with ``held``."""
    return uuid.UUID(int=min(held.int + 1, LARGEST_ID)).hex


def _id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None
