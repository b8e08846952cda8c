"""What an actor asks of those who run it."""

import dataclasses
import enum

from jobs.backoff import Backoff

DOUBLING = Backoff()


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
    ``permanent`` and ``transient`` name kinds of errors by class. The defaults are the
    old system's: 3 retries, 10 minutes to be noticed, 15 to be killed.

    Raises ``ValueError`` for options that contradict each other.
    """

    place: Place = Place.THREAD
    max_attempts: int = 4
    soft_limit_seconds: float = 600
    hard_limit_seconds: float = 900
    backoff: Backoff = DOUBLING
    permanent: tuple[type[BaseException], ...] = ()
    transient: tuple[type[BaseException], ...] = ()

    def __post_init__(self) -> None:
        if self.max_attempts < 1:
            raise ValueError(f"max_attempts is {self.max_attempts}; allowed: 1 or more")
        if min(self.soft_limit_seconds, self.hard_limit_seconds) <= 0:
            raise ValueError("a limit of no time lets no work be done")
        for kind in self.permanent:
            if kind in self.transient:
                raise ValueError(f"{kind.__name__} is both permanent and transient")

    def is_permanent(self, exc: BaseException) -> bool:
        """Return whether another attempt would die of the same.

        Of the classes that are named the one nearest to the exception's own decides,
        so that ``permanent=(Exception,), transient=(OSError,)`` tries nothing again
        but what the network or the disk did. Where none is named, the exception says
        it by ``is_permanent``; one that does not is tried again.
        """
        for kind in type(exc).__mro__:
            if kind in self.permanent:
                return True
            if kind in self.transient:
                return False
        return getattr(exc, "is_permanent", False) is True


# Of work whose actor asks for nothing in particular.
USUAL = Policy()
