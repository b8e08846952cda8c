"""What the address of the audit's page asks for."""

import dataclasses
from typing import Self

from django.http import QueryDict

from jobs.by import ActionKind
from jobs.pages import ActionFilter

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
            who=_word(query.get("who", "")),
            actor=_word(query.get("actor", "")),
            queue=_word(query.get("queue", "")),
            cursor=_word(query.get("cursor", "")),
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
        words = QueryDict(mutable=True)
        for name, value in {**self._kept, **changes}.items():
            if value:
                words[name] = value
        return f"?{words.urlencode()}"

    @property
    def _kept(self) -> dict[str, str]:
        return {
            "kind": self.kind,
            "who": self.who,
            "actor": self.actor,
            "queue": self.queue,
        }


def _word(text: str) -> str:
    """Return a word as it may be looked for: Postgres refuses NUL."""
    return text.strip().replace("\0", "")[:LONGEST_WORD]
