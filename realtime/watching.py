"""What a consumer needs to know from the rest of the program, handed in by it."""

import dataclasses
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from realtime.auth import Visitor

# A member who was removed, or signed out, is cut off within a minute (security.md, 9).
RECHECK_SECONDS = 30.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """How sockets on one kind of subject, an upload or a company, are let in and fed.

    All three run in a thread and may read the database. ``authenticate_token`` raises
    ``SignInNeededError``. ``state`` returns what the REST API's GET says.
    """

    authenticate_token: Callable[[str], Visitor]
    can_watch: Callable[[uuid.UUID, uuid.UUID], bool]
    state: Callable[[uuid.UUID], Mapping[str, Any]]
    per_second: float
    recheck_seconds: float = RECHECK_SECONDS
