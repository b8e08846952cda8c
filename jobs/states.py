"""What may become of a job, as pure data and pure decisions."""

import dataclasses
import enum
from collections.abc import Mapping


class State(enum.StrEnum):
    """Where a job stands. ``failed`` is the dead-letter list."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AttemptOutcome(enum.StrEnum):
    """How one attempt ended; empty while it runs."""

    SUCCEEDED = "succeeded"
    RETRIED = "retried"
    FAILED = "failed"
    CANCELLED = "cancelled"
    # Given back unfinished by a worker that had to stop; it does not count.
    HANDED_BACK = "handed_back"


class Need(enum.StrEnum):
    """What must become of a job before another that waits for it may start."""

    SUCCEEDED = "succeeded"
    # Whatever the end; a failure counts before anybody tries it again.
    ENDED = "ended"


WAITING = frozenset({State.SCHEDULED, State.QUEUED})
OPEN = WAITING | {State.RUNNING}
ENDED = frozenset({State.SUCCEEDED, State.FAILED, State.CANCELLED})
REQUEUABLE = frozenset({State.FAILED, State.CANCELLED})

# Every arrow of the picture in jobs.md; what is missing here cannot happen.
FOLLOWERS: Mapping[State, frozenset[State]] = {
    State.SCHEDULED: frozenset({State.QUEUED, State.CANCELLED}),
    State.QUEUED: frozenset({State.RUNNING, State.CANCELLED}),
    State.RUNNING: frozenset({State.SCHEDULED, State.QUEUED, *ENDED}),
    State.SUCCEEDED: frozenset(),
    # A failure that is discarded is done with: cancelled, by whoever said so.
    State.FAILED: frozenset({State.QUEUED, State.CANCELLED}),
    State.CANCELLED: frozenset({State.QUEUED}),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides about an attempt that did not succeed."""

    attempts: int
    max_attempts: int
    is_permanent: bool
    is_cancel_requested: bool


def may_follow(state: State, successor: State) -> bool:
    """Return whether a job may go from ``state`` to ``successor``."""
    return successor in FOLLOWERS[state]


def after_failure(standing: Standing) -> AttemptOutcome:
    """Decide what an attempt that did not succeed leads to.

    Whoever asked for a cancel gets it, whatever the attempt died of.
    """
    if standing.is_cancel_requested:
        return AttemptOutcome.CANCELLED
    if standing.is_permanent or standing.attempts >= standing.max_attempts:
        return AttemptOutcome.FAILED
    return AttemptOutcome.RETRIED
