"""How a workbook shows a number: plainly, as a date or time, or with leading zeros."""

import dataclasses
import enum
import functools
import re

# What is no placeholder of a format: quoted and escaped text, colours and locales,
# spaces as wide as a character, and characters that fill the cell.
SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
ZEROS = re.compile(r"0{2,}")
# Longer codes are shown in no shop; the longest number has fifteen digits.
MOST_ZEROS = 32
# Minutes and months share a letter: next to hours or seconds it is minutes.
HALVES = re.compile(r"(?:am/pm|a/p)", re.IGNORECASE)
LONGEST_CODE = 255


class Shown(enum.Enum):
    """What a number of this format means."""

    NUMBER = enum.auto()
    DATE = enum.auto()
    TIME = enum.auto()
    ELAPSED = enum.auto()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """How numbers are shown; ``digits`` is how many whole ones there are at least."""

    shown: Shown = Shown.NUMBER
    digits: int = 0


PLAIN = Format()
DATE = Format(shown=Shown.DATE)
TIME = Format(shown=Shown.TIME)
# ECMA-376, 18.8.30, with the ones that only East Asian editions have.
BUILTIN = {
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)), DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47), TIME),
    46: Format(shown=Shown.ELAPSED),
}


def builtin_format(number: int) -> Format:
    """Return the format that a number below 164 stands for."""
    return BUILTIN.get(number, PLAIN)


@functools.lru_cache(maxsize=4096)
def format_of(code: str) -> Format:
    """Return what a format code such as ``dd/mm/yyyy`` or ``00000`` shows."""
    first = SILENT.sub("", code[:LONGEST_CODE]).partition(";")[0].lower()
    if ELAPSED.search(first):
        return Format(shown=Shown.ELAPSED)
    if ZEROS.fullmatch(first) and len(first) <= MOST_ZEROS:
        return Format(digits=len(first))
    return PLAIN if "general" in first else _calendar(HALVES.sub("h", first))


def _calendar(code: str) -> Format:
    if "d" in code or "y" in code:
        return DATE
    if "h" in code or "s" in code:
        return TIME
    return DATE if "m" in code else PLAIN
