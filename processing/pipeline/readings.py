"""How a few values would be read under each convention, for somebody who chooses."""

import datetime as dt
from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from processing.pipeline.dates import Calendar, read_moment
from processing.pipeline.findings import DateOrder, DecimalMark, Hints
from processing.pipeline.numbers import read_number
from processing.pipeline.rounding import CALCULATED_DIGITS

UNREADABLE = ""


def readings_of(
    samples: Sequence[str], hints: Hints, *, least_digits: int = CALCULATED_DIGITS
) -> Mapping[str, tuple[str, ...]]:
    """Return by convention what each sample means under it, ``UNREADABLE`` if nothing.

    Numbers are written with a point, moments as ISO in the company's zone. The rules
    are those by which rows are read. A convention that reads none is left out.
    """
    currency = hints.currency
    numbers = {
        str(mark): tuple(
            read_number(text, mark, currency=currency, least_digits=least_digits).text
            or UNREADABLE
            for text in samples
        )
        for mark in DecimalMark
    }
    moments = {
        str(order): tuple(_moment(text, order, hints) for text in samples)
        for order in DateOrder
    }
    return {name: read for name, read in {**numbers, **moments}.items() if any(read)}


def _moment(text: str, order: DateOrder, hints: Hints) -> str:
    calendar = Calendar(order=order, zone=hints.time_zone, today=hints.today)
    moment = read_moment(text, calendar).moment
    if moment is None:
        return UNREADABLE
    local = moment.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(hints.time_zone))
    return local.isoformat(timespec="seconds")
