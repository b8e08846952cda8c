"""What the page of a review lets one choose about how a file is cut, in words."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from dashboard import encodings
from dashboard.asking import (
    DELIMITERS,
    LAST_HEADER_LINE,
    NO_QUOTE,
    QUOTES,
    Asked,
)
from dashboard.review_words import ENCODINGS as ENCODING_NAMES
from dashboard.review_words import QUOTES as QUOTE_NAMES
from dashboard.wording import DELIMITERS as DELIMITER_NAMES
from uploads.answers import Reading

TOLD = "told"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to choose. Its value is empty for what was detected."""

    value: str
    label: str
    is_chosen: bool


def offers_of(
    asked: Asked, shown: Mapping[str, Any] | None
) -> Mapping[str, tuple[Offer, ...]]:
    """Return the offers by the part of the cut they are about."""
    found = shown or {}
    said = asked.reading
    quote = NO_QUOTE if said.quote == "" else said.quote
    lines = [(str(line), _line_name(line)) for line in range(LAST_HEADER_LINE + 1)]
    return {
        "delimiter": _offers(
            [(one, _name(DELIMITER_NAMES, one)) for one in _delimiters(said)],
            said.delimiter,
            _detected(found.get("delimiter"), DELIMITER_NAMES),
        ),
        "encoding": _offers(
            [(one, _name(ENCODING_NAMES, one)) for one in encodings.USUAL],
            said.encoding,
            _detected(found.get("encoding"), ENCODING_NAMES),
        ),
        "other_encoding": tuple(
            Offer(value=one, label=one, is_chosen=one == said.encoding)
            for one in encodings.OTHERS
        ),
        "quote": _offers(
            [(one, _name(QUOTE_NAMES, one)) for one in QUOTES],
            quote,
            _detected(found.get("quote"), QUOTE_NAMES),
        ),
        "header_line": _offers(
            lines,
            None if said.header_line is None else str(said.header_line),
            _detected_line(found.get("header_line")),
        ),
        "sheet": _sheets(found, said.sheet),
    }


def _delimiters(said: Reading) -> tuple[str, ...]:
    """Return those to choose from; one that was written stays among them."""
    written = said.delimiter
    is_other = written is not None and written not in DELIMITERS
    return (*DELIMITERS, written) if written and is_other else DELIMITERS


def _offers(
    choices: Sequence[tuple[str, str]], chosen: str | None, detected: str
) -> tuple[Offer, ...]:
    return (
        Offer(value="", label=detected, is_chosen=chosen is None),
        *(
            Offer(value=value, label=label, is_chosen=value == chosen)
            for value, label in choices
        ),
    )


def _sheets(found: Mapping[str, Any], said: str | None) -> tuple[Offer, ...]:
    """Offer the sheets of a workbook; the one shown has a name only if it was told."""
    shown = found.get("sheet", "")
    return tuple(
        Offer(
            value="" if said is None and name == shown else name,
            label=name,
            is_chosen=name == shown,
        )
        for name in found.get("sheets", ())
    )


def _detected(finding: Mapping[str, Any] | None, names: Mapping[str, Any]) -> str:
    if finding is None or finding["reason"] == TOLD:
        return gettext("As detected")
    return _found(_name(names, finding["value"]))


def _detected_line(finding: Mapping[str, Any] | None) -> str:
    if finding is None or finding["reason"] == TOLD:
        return gettext("As detected")
    return _found(_line_name(finding["value"]))


def _found(name: str) -> str:
    return f"{name} {gettext('(detected)')}"


def _line_name(line: int) -> str:
    return gettext("line %(line)s") % {"line": line} if line else gettext("no header")


def _name(names: Mapping[str, Any], value: Any) -> str:
    return str(names.get(value, value))
