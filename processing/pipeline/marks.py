"""Which quotation marks and escapes a text gives reason to believe in."""

import dataclasses
import re
from collections.abc import Iterator, Mapping

from processing.pipeline.records import Dialect

QUOTES = ('"', "'")
BACKSLASH = "\\"
# An apostrophe is a mark if it is one in so many lines, or around a delimiter.
QUOTED_SHARE = 0.05


def variants(text: str, delimiter: str, ending: str) -> Iterator[Dialect]:
    """Yield the dialects with this delimiter that are worth a try, likelier first."""
    plain = Dialect(delimiter=delimiter, line_ending=ending)
    fields = {quote: _fields_in(text, delimiter, quote) for quote in QUOTES}
    for quote in QUOTES:
        quoted = dataclasses.replace(plain, quote=quote)
        is_used = bool(fields[quote])
        if quote != plain.quote:
            is_used = _are_marks(fields, delimiter, text)
        found = [quoted] if is_used or quoted == plain else []
        # A delimiter of the two signs \\t leaves no sign to escape with.
        if is_used and BACKSLASH + quote in text and BACKSLASH not in delimiter:
            found.append(dataclasses.replace(quoted, escape=BACKSLASH))
        # First the commoner way, because ties go to the first.
        if _escapes_more_than_it_doubles(text, delimiter, quote):
            found.reverse()
        yield from found


def count_between(text: str, delimiter: str) -> int:
    """Return how often a delimiter stands between two fields in marks."""
    return sum(text.count(quote + delimiter + quote) for quote in QUOTES)


def has_marks_left(cell: str) -> bool:
    """Say whether a cell still has the marks that another dialect would take off."""
    bare = cell.strip()
    wrapped = len(bare) > 1 and bare[0] == bare[-1] == QUOTES[1]
    return wrapped or bare.startswith(QUOTES[0]) or bare.endswith(QUOTES[0])


def _escapes_more_than_it_doubles(text: str, delimiter: str, quote: str) -> bool:
    edge, mark = re.escape(delimiter), re.escape(quote)
    doubled = rf"(?<!^)(?<!{edge}){mark}{mark}(?!{edge}|$)"
    return text.count(BACKSLASH + quote) > len(re.findall(doubled, text, re.MULTILINE))


def _fields_in(text: str, delimiter: str, quote: str) -> list[str]:
    """Return what stands between two of these marks, which may be doubled inside."""
    if quote not in text:
        return []
    edge, mark = re.escape(delimiter), re.escape(quote)
    inner = rf"(?:[^{mark}\r\n]|{mark}{mark}|\\{mark})*"
    field = rf"(?:^|{edge}) ?{mark}({inner}){mark}(?={edge}|$)"
    return re.findall(field, text, re.MULTILINE)


def _are_marks(fields: Mapping[str, list[str]], delimiter: str, text: str) -> bool:
    """Say whether single marks are more than apostrophes, and double ones are not.

    What holds a delimiter is a field in marks; otherwise they have to be many.
    """
    double, single = (fields[quote] for quote in QUOTES)
    holding = [sum(delimiter in inner for inner in each) for each in (double, single)]
    if any(holding):
        return holding[1] > holding[0]
    few = QUOTED_SHARE * (text.count("\n") + 1)
    return len(single) > max(few, len(double))
