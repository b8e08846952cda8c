"""What an attempt died of, as plain data that can cross to another process."""

import dataclasses
import traceback
from typing import Any

from jobs.errors import JobError, UnexpectedError
from jobs.keeping import keepable
from jobs.policy import USUAL, Policy

# As long as the columns that keep them.
CODE_CHARS = 64
MESSAGE_CHARS = 500
FINGERPRINT_CHARS = 200
# Enough for the last frames of any stack; the rest is repetition.
TRACEBACK_CHARS = 20_000
# Whoever asks for more than a day means another job.
LONGEST_WAIT_SECONDS = 86_400.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an attempt failed. ``message`` may be shown to anyone, ``traceback`` not."""

    code: str
    message: str
    is_permanent: bool
    traceback: str = ""
    # Kind and place, by which failures that are one and the same are found together.
    fingerprint: str = ""
    # What the error itself asks for; the next attempt is made no sooner.
    wait_seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """Return what ``Failure(**data)`` makes this failure of again."""
        return dataclasses.asdict(self)


def failure_of(exc: BaseException, *, policy: Policy = USUAL) -> Failure:
    """Sort an exception by the ``code`` it carries and by its actor's policy.

    Without a code it is a bug, and its own text stays in the traceback: it may quote
    what the work was given. An error that knows when another attempt makes sense says
    so by ``retry_after_seconds``, up to a day.
    """
    code = getattr(exc, "code", None)
    if not isinstance(code, str) or not code:
        unexpected = UnexpectedError()
        code, message = unexpected.code, str(unexpected)
    else:
        message = _words_of(exc)
    return Failure(
        code=keepable(code)[:CODE_CHARS],
        message=keepable(message)[:MESSAGE_CHARS],
        is_permanent=policy.is_permanent(exc),
        traceback=keepable("".join(traceback.format_exception(exc)))[-TRACEBACK_CHARS:],
        fingerprint=_fingerprint_of(exc),
        wait_seconds=_wait_asked_by(exc),
    )


def failure_without_stack(error: JobError, *, policy: Policy = USUAL) -> Failure:
    """Return the failure of an attempt that was ended from outside."""
    return Failure(
        code=error.code,
        message=str(error),
        is_permanent=policy.is_permanent(error),
        fingerprint=_fingerprint_of(error),
    )


def _wait_asked_by(exc: BaseException) -> float:
    asked = getattr(exc, "retry_after_seconds", None)
    if not isinstance(asked, int | float) or not asked > 0:
        return 0.0
    return min(float(asked), LONGEST_WAIT_SECONDS)


def _words_of(exc: BaseException) -> str:
    try:
        return str(exc)
    except Exception:  # noqa: BLE001 - whatever its words fail with, it is the failure
        return type(exc).__name__


def _fingerprint_of(exc: BaseException) -> str:
    """Return the exception's type and the function that raised it.

    Without line numbers, which the next release moves, and without the message, which
    may name what the work was given.
    """
    kind = f"{type(exc).__module__}.{type(exc).__qualname__}"
    frames = [frame for frame, _ in traceback.walk_tb(exc.__traceback__)]
    if frames:
        place = frames[-1].f_globals.get("__name__", "?")
        kind += f" in {place}.{frames[-1].f_code.co_qualname}"
    return kind[:FINGERPRINT_CHARS]
