"""What the cells of a workbook say, as text: exact, as its program shows it, one line.

Numbers have the fifteen digits that a spreadsheet keeps, dates are ISO, and a line
break inside a cell is the separator Unicode has for it, so that a row is one line.
"""

import datetime as dt
import functools
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from processing.pipeline.errors import FileError
from processing.pipeline.findings import DecimalMark
from processing.pipeline.formats import PLAIN, Format, Shown
from processing.pipeline.markup import WORKBOOK

# Stands between the cells of a row: no text of a workbook may hold it (XML 1.0, 2.2).
UNIT = b"\x1f"
# What a cell that holds it all the same shows: another control, which refuses the row.
NO_UNIT = b"\x1e"
LINE_BREAK = "\N{LINE SEPARATOR}".encode()
NAMED = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
ENTITY = re.compile(rb"&([^;&]{0,10})(;?)")
# How a workbook writes characters that XML has no place for (ECMA-376, 22.4.2.4).
ESCAPED = re.compile(rb"_x([0-9A-Fa-f]{4})_")
# Nearly all texts are as they stand.
PLAIN_TEXT = re.compile(rb"[^&_\r\n\x1f]*").fullmatch
BREAK = re.compile(rb"\r\n|\n|\r")
# Three digits behind the mark and one to three before it could be thousands.
LIKE_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
WHOLE = re.compile(rb"-?[0-9]{1,40}")
SHORT = re.compile(rb"-?(?=[0-9.]{2,16}\Z)(?:0|[1-9][0-9]*)\.[0-9]+")
DIGITS = 15
DAY_MS = 86_400_000
# The day after the last one a workbook knows, 9999-12-31.
DAYS_END = 2_958_466
# The year 1900 had no such day, but the first spreadsheet thought so.
FALSE_LEAP_DAY = 60
BEGINNING, AFTER_LEAP_DAY = dt.date(1899, 12, 31), dt.date(1899, 12, 30)
BEGINNING_1904 = dt.date(1904, 1, 1)
# Prices and days repeat; so many different ones are remembered.
REMEMBERED = 65_536

Convert = Callable[[bytes], bytes]


class Cells:
    """Turns the values of one sheet's cells into text.

    ``converter`` is asked once for each style and type; values are as they stand in
    the XML.
    """

    def __init__(
        self,
        formats: tuple[Format, ...],
        text_at: Callable[[int], bytes],
        *,
        counts_from_1904: bool,
        decimal_mark: DecimalMark,
    ) -> None:
        self._formats, self._text_at = formats, text_at
        self._counts_from_1904 = counts_from_1904
        self._mark = "," if decimal_mark is DecimalMark.COMMA else "."
        self._by_type: Mapping[str, Convert] = {
            "s": self._shared,
            "b": _truth,
            "str": text_of,
            "inlineStr": text_of,
            "e": text_of,
            "d": text_of,
        }

    def converter(self, style: str, kind: str) -> Convert:
        """Return what makes text of a cell of this style and type."""
        found = self._by_type.get(kind)
        if found is not None:
            return found
        form = PLAIN
        if style.isdecimal() and int(style[:9]) < len(self._formats):
            form = self._formats[int(style[:9])]
        if form.shown is Shown.NUMBER:
            number = functools.partial(number_text, mark=self._mark, digits=form.digits)
            return _remembering(number)
        return _remembering(functools.partial(self._moment, form=form))

    def _shared(self, raw: bytes) -> bytes:
        try:
            return self._text_at(int(raw))
        except (ValueError, LookupError) as exc:
            raise FileError("damaged_file", found=WORKBOOK) from exc

    def _moment(self, raw: bytes, *, form: Format) -> bytes:
        try:
            value = float(raw)
        except ValueError:
            return text_of(raw)
        if not 0 <= value < DAYS_END:
            return number_text(raw, mark=self._mark)
        days, rest = divmod(round(value * DAY_MS), DAY_MS)
        if form.shown is Shown.ELAPSED:
            return _clock(days * DAY_MS + rest).encode()
        if form.shown is Shown.TIME or not (days or self._counts_from_1904):
            return _clock(rest).encode()
        date = _date(days, counts_from_1904=self._counts_from_1904)
        return (f"{date} {_clock(rest)}" if rest else date).encode()


def number_text(raw: bytes, *, mark: str = ".", digits: int = 0) -> bytes:
    """Return a number as its program shows it, with the fifteen digits it keeps.

    What could be taken for thousands gets one zero more; a whole number is as written.
    """
    raw = raw.strip()
    if WHOLE.fullmatch(raw):
        return raw.zfill(digits)
    if SHORT.fullmatch(raw):
        text = raw.decode()
    else:
        try:
            value = float(raw)
        except ValueError:
            return text_of(raw)
        if not math.isfinite(value):
            return text_of(raw)
        text = format(value, f".{DIGITS}g")
        if "e" in text:
            text = format(Decimal(text), "f")
    if LIKE_THOUSANDS.fullmatch(text):
        text += "0"
    return text.replace(".", mark).zfill(digits).encode()


def text_of(raw: bytes) -> bytes:
    """Return the text that stands in XML, on one line."""
    return raw if PLAIN_TEXT(raw) else one_line(_resolved(raw))


def one_line(text: bytes) -> bytes:
    """Return text that is not XML any more on one line, with nothing like ``UNIT``."""
    if b"_x" in text:
        text = ESCAPED.sub(_spelled_out, text)
    if b"\n" in text or b"\r" in text:
        text = BREAK.sub(LINE_BREAK, text)
    return text.replace(UNIT, NO_UNIT)


def _resolved(raw: bytes) -> bytes:
    try:
        return ENTITY.sub(_entity, raw)
    except (ValueError, KeyError, OverflowError) as exc:
        raise FileError("damaged_file", found=WORKBOOK) from exc


def _entity(match: re.Match[bytes]) -> bytes:
    name, end = match.groups()
    if not end:
        raise ValueError
    if name[:2] == b"#x":
        return chr(int(name[1:].replace(b"x", b"0x"), 0)).encode()
    if name[:1] == b"#":
        return chr(int(name[1:])).encode()
    return NAMED[name]


def _spelled_out(match: re.Match[bytes]) -> bytes:
    # Half a pair stays half a pair, which refuses the row as text that is broken.
    return chr(int(match[1], 16)).encode("utf-8", "surrogatepass")


def _remembering(convert: Convert) -> Convert:
    return functools.lru_cache(maxsize=REMEMBERED)(convert)


def _truth(raw: bytes) -> bytes:
    return b"FALSE" if raw.strip() in {b"0", b"false", b"off"} else b"TRUE"


def _date(days: int, *, counts_from_1904: bool) -> str:
    if counts_from_1904:
        return (
            BEGINNING_1904 + dt.timedelta(days=min(days, DAYS_END - 1463))
        ).isoformat()
    if days == FALSE_LEAP_DAY:
        return "1900-02-29"
    first = BEGINNING if days < FALSE_LEAP_DAY else AFTER_LEAP_DAY
    return (first + dt.timedelta(days=days)).isoformat()


def _clock(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    text = f"{hour:02}:{minute:02}:{second:02}"
    return f"{text}.{rest:03}" if rest else text
