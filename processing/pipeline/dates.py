"""What turns text into a date: by one order a column, and by the company's zone.

``read_moment`` is the whole rule for one text. Columns are read in bulk where the text
has a common shape, and by that rule, once for each different text, where it has not.

Local times: a time that exists twice, when clocks go back, is the first of the two; a
time that does not exist, when clocks go forward, counts from the offset in force before
the change, so that midnight of such a day becomes one o'clock of the same day.
"""

import dataclasses
import datetime as dt
import re
from zoneinfo import ZoneInfo

import polars as pl

from processing.pipeline.findings import DateOrder

# Sales before this year are typing mistakes (reading.md, section 4).
FIRST_YEAR = 1990
CENTURY = 100
NOON = 12
# The days that Excel counts from, and how many years' worth of serials are believed:
# 1990-01-01 is 32874. A date column of bare numbers can be nothing else.
SERIAL_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - serials are local times
DAY_SECONDS = 86_400
# Enough values to see which shapes a column uses.
SHAPE_SAMPLE = 500
MOST_BULK_SHAPES = 3
# Share of the decisive values above which the losing order is not just mistakes.
CONTRADICTION_SHARE = 0.25
MOMENT = pl.Datetime("us")

MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            ("enero", "ene", "january", "jan"),
            ("febrero", "feb", "february"),
            ("marzo", "mar", "march"),
            ("abril", "abr", "april", "apr"),
            ("mayo", "may"),
            ("junio", "jun", "june"),
            ("julio", "jul", "july"),
            ("agosto", "ago", "august", "aug"),
            ("septiembre", "setiembre", "sept", "sep", "set", "september"),
            ("octubre", "oct", "october"),
            ("noviembre", "nov", "november"),
            ("diciembre", "dic", "december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS = "lun|mar|mi[eé]|jue|vie|s[aá]b|dom|mon|tue|wed|thu|fri|sat|sun"
_WEEKDAY = rf"(?:(?:{_DAYS})[a-záé]*\.?,?\s+)?"
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DATES = (
    re.compile(
        r"(?P<year>[0-9]{4})(?P<s>[-/.])(?P<month>[0-9]{1,2})(?P=s)(?P<day>[0-9]{1,2})"
    ),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    re.compile(
        rf"(?P<first>[0-9]{{1,2}})(?P<s>[-/.])(?P<second>[0-9]{{1,2}})(?P=s){_YEAR}"
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<day>[0-9]{{1,2}})[-/.\s]+(?:de\s+)?(?P<name>{_NAMES})\.?"
        rf"[-/.,\s]+(?:del?\s+)?{_YEAR}"
    ),
    re.compile(
        rf"{_WEEKDAY}(?P<name>{_NAMES})\.?[-/.\s]+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
        rf"[-/.,\s]+{_YEAR}"
    ),
)
_TIME = re.compile(
    r"(?:\s*t|[\s,]+(?:a las\s+)?)"
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:hrs?\.?)?\s*"
    r"(?P<zone>z|utc|gmt|[+-][0-9]{2}:?(?:[0-9]{2})?)?"
)
_SERIAL = re.compile(r"(?P<days>[0-9]{5})(?:[.,](?P<part>[0-9]{1,12}))?")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """How the dates of one column are read: order, zone, and the company's today."""

    order: DateOrder
    zone: str
    today: dt.date


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadMoment:
    """A moment in UTC without its zone, or the code that refuses the text."""

    moment: dt.datetime | None
    code: str = ""


def read_moment(text: str, calendar: Calendar) -> ReadMoment:
    """Return the moment a trimmed text stands for, in UTC.

    Knows ISO dates, numeric dates in the column's order, names of months in Spanish and
    English, times with seconds, AM and PM, and zones; a text without a zone is local to
    the calendar's. ``bad_date`` is no date, ``date_out_of_range`` is one before 1990 or
    after next year.
    """
    lowered = text.lower()
    try:
        if calendar.order is DateOrder.SERIAL:
            moment = _serial(lowered)
        else:
            moment = _written(lowered, calendar)
    except ValueError:
        return ReadMoment(moment=None, code="bad_date")
    if moment is None:
        return ReadMoment(moment=None, code="bad_date")
    if not FIRST_YEAR <= moment.year <= calendar.today.year + 1:
        return ReadMoment(moment=None, code="date_out_of_range")
    return ReadMoment(moment=as_utc(moment, calendar.zone))


def as_utc(moment: dt.datetime, zone: str) -> dt.datetime:
    """Return a moment in UTC without a zone; one without a zone is local to ``zone``.

    ``fold`` 0 is the rule of this module: the first of two, and the offset in force
    before a change.
    """
    aware = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    return aware.astimezone(dt.UTC).replace(tzinfo=None)


def _written(text: str, calendar: Calendar) -> dt.datetime | None:
    for pattern in _DATES:
        match = pattern.match(text)
        if match is None:
            continue
        rest = text[match.end() :]
        time = _TIME.fullmatch(rest) if rest else None
        if rest and time is None:
            continue
        date = _date(match.groupdict(), calendar)
        return dt.datetime.combine(date, _time(time) if time else dt.time())
    return None


def _date(parts: dict[str, str | None], calendar: Calendar) -> dt.date:
    year = int(parts["year"] or 0)
    if year < CENTURY:
        year += 2000 if year + 2000 <= calendar.today.year + 1 else 1900
    if parts.get("first"):
        day, month = int(parts["first"] or 0), int(parts["second"] or 0)
        if calendar.order is DateOrder.MONTH_FIRST:
            day, month = month, day
        return dt.date(year, month, day)
    name = parts.get("name")
    month = MONTHS[name] if name else int(parts["month"] or 0)
    return dt.date(year, month, int(parts["day"] or 0))


def _time(match: re.Match[str]) -> dt.time:
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= NOON:
            raise ValueError
        hour = hour % NOON + (NOON if match["half"].startswith("p") else 0)
    return dt.time(
        hour,
        int(match["minute"]),
        int(match["second"] or 0),
        int((match["fraction"] or "0").ljust(6, "0")[:6]),
        tzinfo=_zone(match["zone"]),
    )


def _zone(text: str | None) -> dt.tzinfo | None:
    if text is None:
        return None
    if text in {"z", "utc", "gmt"}:
        return dt.UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-offset if text.startswith("-") else offset)


def _serial(text: str) -> dt.datetime | None:
    match = _SERIAL.fullmatch(text)
    if match is None:
        return None
    part = match["part"] or "0"
    seconds = (int(part) * DAY_SECONDS * 2 + 10 ** len(part)) // (2 * 10 ** len(part))
    return SERIAL_ZERO + dt.timedelta(days=int(match["days"]), seconds=seconds)
