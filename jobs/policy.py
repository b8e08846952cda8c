"""What an actor asks of those who run it."""

import dataclasses
import enum


class Place(enum.Enum):
    """Where the work runs."""

    # In the worker's thread: cheap, cannot be killed; for work that is short.
    THREAD = "thread"
    # In a spawned, warm child process that can be killed at any moment.
    CHILD = "child"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One actor's options. Limits hold for one attempt.

    The soft limit is logged. The hard one kills, which only ``Place.CHILD`` allows.
    """

    place: Place
    max_attempts: int
    soft_limit_seconds: float
    hard_limit_seconds: float
