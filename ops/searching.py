"""What the address of the audit's page asks for."""

import dataclasses
from typing import Self

from django.http import QueryDict

from jobs.by import ActionKind
from jobs.pages import ActionFilter
from ops.addresses import query_of, word

# As long as the longest e-mail address.
LONGEST_WORD = 254


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which actions, and from where on. What cannot be understood is not wanted."""

    kind: str = ""
    who: str = ""
    actor: str = ""
    queue: str = ""
    cursor: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        kind = query.get("kind", "")
        return cls(
            kind=kind if kind in set(ActionKind) else "",
            who=word(query.get("who", ""), longest=LONGEST_WORD),
            actor=word(query.get("actor", ""), longest=LONGEST_WORD),
            queue=word(query.get("queue", ""), longest=LONGEST_WORD),
            cursor=word(query.get("cursor", ""), longest=LONGEST_WORD),
        )

    @property
    def filter(self) -> ActionFilter:
        return ActionFilter(
            kind=self.kind, by_name=self.who, actor=self.actor, queue=self.queue
        )

    @property
    def is_filtered(self) -> bool:
        return any(self._kept.values())

    def query(self, **changes: str) -> str:
        """Return the address's query with changes; what is empty is left out."""
        return query_of({**self._kept, **changes})

    @property
    def _kept(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "who": self.who,
            "actor": self.actor,
            "queue": self.queue,
        }
