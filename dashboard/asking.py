"""What a person says on the page of a review, taken out of a form post.

Every choice but the delimiter is one of a list that the page itself offers; anything
else was not sent by it and is refused as a whole.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import QueryDict

from dashboard import encodings
from uploads.answers import Reading
from uploads.fields import FIELDS, LEFT_OUT, LONGEST_DEFAULT_CHARS
from uploads.formats import LONGEST_DELIMITER_CHARS, is_delimiter
from uploads.services.filling import ColumnChoice

DELIMITERS = (";", ",", "\t", "|", "||", ";;", "^", "~", ":")
# A tab cannot be typed into a field: it is spelled.
SPELLED = {r"\t": "\t"}
# No mark at all has a name: an empty text means as detected.
NO_QUOTE = "none"
QUOTES = ('"', "'", NO_QUOTE)
# Titles above a header take fewer lines than this in any file seen so far.
LAST_HEADER_LINE = 20
MARKS = ("comma", "point")
ORDERS = ("day_first", "month_first")
# What one value for all rows may stand in for; a number of receipt never may, because
# all sales would become one.
FILLABLE = ("occurred_at", "quantity")
LONGEST_NAME_CHARS = 100
LONGEST_SHEET_CHARS = 64


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was said so far. ``columns`` hold what was chosen, by position.

    ``first`` is the position of the first column that is shown. A delimiter that was
    written and cannot be one is ``mistaken``, and nothing was said then.
    """

    reading: Reading = dataclasses.field(default_factory=Reading)
    columns: Mapping[int, ColumnChoice] = dataclasses.field(default_factory=dict)
    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)
    attempt: int | None = None
    is_lesson: bool = True
    name: str = ""
    first: int = 0
    mistaken: str = ""


NOTHING = Asked()


def asked_of(post: QueryDict) -> Asked:
    """Return what the page's form says. Raises ``BadRequest`` for what it cannot say.

    Choices about columns that were made for another cut of the file are dropped.
    """
    written = post.get("delimiter_other", "")
    written = SPELLED.get(written, written)
    mistaken = written if written and not is_delimiter(written) else ""
    reading = _reading(post, "" if mistaken else written)
    is_same_cut = post.get("cut", "") == cut_of(reading)
    indices = [key[6:] for key in post if key.startswith("field-")]
    if not all(index.isdecimal() for index in indices):
        raise BadRequest
    return Asked(
        reading=reading,
        columns={int(i): _choice(post, i) for i in indices} if is_same_cut else {},
        defaults={
            field: said
            for field in FILLABLE
            if (said := post.get(f"default-{field}", "").strip())
            and len(said) <= LONGEST_DEFAULT_CHARS
        },
        attempt=_number(post, "attempt"),
        is_lesson="remember" in post,
        name=post.get("name", "").strip()[:LONGEST_NAME_CHARS],
        first=(_number(post, "from") or 0) if is_same_cut else 0,
        mistaken=mistaken[:LONGEST_DELIMITER_CHARS],
    )


def cut_of(reading: Reading) -> str:
    """Return a text that is the same for the same way of cutting the file."""
    return " ".join(f"{name}={value!r}" for name, value in reading.given().items())


def _reading(post: QueryDict, written: str) -> Reading:
    """Return how the file is to be cut; a delimiter that was written comes first."""
    chosen = post.get("delimiter", "")
    if chosen and not is_delimiter(chosen):
        raise BadRequest
    quote = _one_of(post, "quote", QUOTES)
    line = _number(post, "header_line")
    if line is not None and line > LAST_HEADER_LINE:
        raise BadRequest
    said: dict[str, Any] = {
        "encoding": _one_of(post, "encoding", encodings.ALL) or None,
        "delimiter": written or chosen or None,
        "quote": "" if quote == NO_QUOTE else quote or None,
        "header_line": line,
        "sheet": post.get("sheet", "").strip()[:LONGEST_SHEET_CHARS] or None,
    }
    return Reading(**said)


def _choice(post: QueryDict, index: str) -> ColumnChoice:
    return ColumnChoice(
        index=int(index),
        field=_one_of(post, f"field-{index}", FIELDS) or LEFT_OUT,
        decimal_mark=_one_of(post, f"mark-{index}", MARKS),
        date_order=_one_of(post, f"order-{index}", ORDERS),
    )


def _one_of(post: QueryDict, name: str, choices: tuple[str, ...]) -> str:
    said = post.get(name, "")
    if said and said not in choices:
        raise BadRequest
    return said


def _number(post: QueryDict, name: str) -> int | None:
    said = post.get(name, "")
    if said and not (said.isdecimal() and len(said) <= len("32767")):
        raise BadRequest
    return int(said) if said else None
