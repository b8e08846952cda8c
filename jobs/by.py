"""Who wants something done to a job or a queue, and what. Pure."""

import dataclasses
import enum
import uuid
from typing import Self


class ActionKind(enum.StrEnum):
    """What an operator or a client may do."""

    RETRY = "retry"
    CANCEL = "cancel"
    DISCARD = "discard"
    PAUSE = "pause"
    RESUME = "resume"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class By:
    """Who asks, as the caller knows them: opaque here, kept as it is given.

    ``part_of`` is set by ``audit.together`` for what is done to many jobs at once.
    """

    id: str = ""
    name: str = ""
    part_of: uuid.UUID | None = None

    def within(self, action_id: uuid.UUID) -> Self:
        """Return the same one, doing a part of a larger action."""
        return dataclasses.replace(self, part_of=action_id)


# Nobody in particular: code that does not say for whom it acts.
PROGRAM = By()
