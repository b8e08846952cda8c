"""What a person says about a file before it lands: values, and how they are kept."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a file is to be cut into records; ``None`` leaves it to be detected.

    ``quote`` may be empty: no quotation marks. ``header_line`` is physical, from 1; 0
    says that no line names the columns. ``sheet`` is the name of a workbook's sheet, or
    its number from 1.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_line: int | None = None
    sheet: str | None = None

    def given(self) -> dict[str, Any]:
        """Return what was said, by name."""
        return {k: v for k, v in dataclasses.asdict(self).items() if v is not None}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ToldColumn:
    """What a person said about one column; an empty ``field`` leaves it out.

    ``is_news`` says that it was not sure without that person, so that it is learnt.
    """

    index: int
    header: str
    field: str
    decimal_mark: str = ""
    date_order: str = ""
    is_news: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that people said about a file in its reviews."""

    reading: Reading = Reading()
    columns: tuple[ToldColumn, ...] = ()
    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)
    user_id: str = ""

    def kept(self) -> dict[str, Any]:
        """Return it as JSON that ``answers_of`` takes."""
        return {
            "reading": self.reading.given(),
            "columns": [dataclasses.asdict(column) for column in self.columns],
            "defaults": dict(self.defaults),
            "user_id": self.user_id,
        }


SAID_NOTHING = Answers()


def answers_of(kept: Mapping[str, Any]) -> Answers:
    """Return what was kept of answers; of nothing, nothing."""
    return Answers(
        reading=Reading(**kept.get("reading", {})),
        columns=tuple(ToldColumn(**column) for column in kept.get("columns", ())),
        defaults=kept.get("defaults", {}),
        user_id=kept.get("user_id", ""),
    )


def fingerprint_of(*facts: Any) -> str:
    """Return a digest of JSON-safe facts."""
    text = json.dumps(facts, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
