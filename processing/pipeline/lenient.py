"""A line that strict rules cannot cut into fields, cut by more lenient ones."""

import functools
import re


def split_leniently(line: str, *, delimiter: str, quote: str) -> tuple[str, ...] | None:
    """Return the fields where a mark closes only before a delimiter or the line's end.

    Spaces around a quoted field are left out, and marks inside one are kept. ``None``
    means that even so a mark never closes.
    """
    field = _lenient_field(delimiter, quote)
    bare = line.rstrip("\r\n")
    fields: list[str] = []
    position = 0
    while position <= len(bare):
        match = field.match(bare, position)
        if match is None:
            return None
        quoted = match["quoted"]
        plain = match["plain"]
        fields.append(plain if quoted is None else quoted.replace(quote * 2, quote))
        position = match.end() + len(delimiter)
    return tuple(fields)


@functools.cache
def _lenient_field(delimiter: str, quote: str) -> re.Pattern[str]:
    end, mark = re.escape(delimiter), re.escape(quote)
    plain = f"[^{end}]*" if len(delimiter) == 1 else f"(?:(?!{end}).)*"
    return re.compile(
        rf"(?: *{mark}(?P<quoted>.*?){mark} *|(?! *{mark})(?P<plain>{plain}))"
        rf"(?={end}|\Z)",
        re.DOTALL,
    )
