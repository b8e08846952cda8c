"""How the work of one attempt ended, as plain data that can cross to a process."""

import dataclasses
from collections.abc import Mapping
from typing import Any, Self

from jobs.failures import Failure


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the work died of, or what it returned: JSON text, ``None`` of nothing."""

    failure: Failure | None = None
    result: str | None = None

    def as_data(self) -> dict[str, Any]:
        """Return what ``Ending.from_data`` makes this ending of again."""
        return dataclasses.asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        failure = data["failure"]
        return cls(
            failure=None if failure is None else Failure(**failure),
            result=data["result"],
        )
