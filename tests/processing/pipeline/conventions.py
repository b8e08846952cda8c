"""Values and every convention in which tills and spreadsheets write them."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

from hypothesis import strategies as st

from processing.pipeline.findings import DateOrder, DecimalMark

SERIAL_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - days of a sheet have no zone
SPANISH = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
    *("septiembre", "octubre", "noviembre", "diciembre"),
)
ENGLISH = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How a column writes its numbers."""

    mark: DecimalMark
    group: str = ""
    dress: str = "{}"
    minus: str = "-{}"
    decimals: int | None = None
    is_percent: bool = False

    def written(self, value: Decimal) -> str:
        shown = abs(value) * 100 if self.is_percent else abs(value)
        text = self.dress.format(self._body(shown))
        minus = self.minus if value < 0 else "{}"
        if not self.is_percent:
            return minus.format(text)
        # The sign of a percentage is the last one, but for a closing parenthesis.
        return minus.format(f"{text}%") if minus[-1] != "-" else f"{text}-%"

    def _body(self, value: Decimal) -> str:
        exact = format(value.normalize(), "f")
        whole, _, part = exact.partition(".")
        part = part.ljust(self.decimals or 0, "0")
        groups = f"{int(whole):,}".replace(",", self.group)
        sign = "," if self.mark is DecimalMark.COMMA else "."
        return f"{groups}{sign}{part}" if part else groups


MARKS = st.sampled_from(list(DecimalMark))
DRESSES = ("{}", "$ {}", "${}", "CLP {}", "{} CLP", "CLP$ {}", "{} pesos", " {} ")
MINUSES = ("-{}", "{}-", "({})", "\u2212{}", "- {}", "({} )")


def _numbers(mark: DecimalMark) -> st.SearchStrategy[Numbers]:
    other = "." if mark is DecimalMark.COMMA else ","
    return st.builds(
        Numbers,
        mark=st.just(mark),
        group=st.sampled_from(["", other, " ", "\xa0", "\u202f", "'", "\u2019"]),
        dress=st.sampled_from(DRESSES),
        minus=st.sampled_from(MINUSES),
        decimals=st.sampled_from([None, 2, 4, 6]),
        is_percent=st.booleans(),
    )


# Two columns of a file use one mark; everything else about them may differ.
PAIRS = MARKS.flatmap(lambda mark: st.tuples(_numbers(mark), _numbers(mark)))
QUANTITIES = st.decimals(-(10**10) + 1, 10**10 - 1, places=4)
TOTALS = st.decimals(-(10**12) + 1, 10**12 - 1, places=4)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """How a column writes its moments; ``step`` is the least it can tell apart."""

    name: str
    order: DateOrder
    step: dt.timedelta
    write: Callable[[dt.datetime], str]

    def __repr__(self) -> str:
        return self.name

    def told(self, moment: dt.datetime) -> dt.datetime:
        """Return what of a moment is still told once it is written."""
        return moment - (moment - dt.datetime(1900, 1, 1)) % self.step  # noqa: DTZ001


DAY, MINUTE, SECOND = (
    dt.timedelta(days=1),
    dt.timedelta(minutes=1),
    dt.timedelta(seconds=1),
)
TIMES: dict[str, dt.timedelta] = {
    "": DAY,
    " %H:%M": MINUTE,
    " %H:%M:%S": SECOND,
    " %I:%M %p": MINUTE,
    " %I:%M:%S %p": SECOND,
    "T%H:%M:%S": SECOND,
    " %H:%M:%S.%f": dt.timedelta(microseconds=1),
}
DATES: dict[str, DateOrder] = {
    **dict.fromkeys(("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d"), DateOrder.DAY_FIRST),
    **dict.fromkeys(("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"), DateOrder.DAY_FIRST),
    **dict.fromkeys(("%d-%m-%y", "%d/%m/%y"), DateOrder.DAY_FIRST),
    **dict.fromkeys(("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y"), DateOrder.MONTH_FIRST),
    "%Y%m%d": DateOrder.DAY_FIRST,
}


def _shaped(date: str, time: str) -> Moments:
    form = date + time
    return Moments(
        name=form,
        order=DATES[date],
        step=TIMES[time],
        write=lambda moment: moment.strftime(form),
    )


def _named(name: str, write: Callable[[dt.datetime], str]) -> Moments:
    return Moments(name=name, order=DateOrder.DAY_FIRST, step=DAY, write=write)


def _in_zone(hours: int, spelled: str) -> Moments:
    shift = dt.timedelta(hours=hours)
    return Moments(
        name=f"ISO{spelled}",
        order=DateOrder.DAY_FIRST,
        step=SECOND,
        write=lambda moment: (moment + shift).isoformat(timespec="seconds") + spelled,
    )


def _serial(moment: dt.datetime) -> str:
    return str((moment - SERIAL_ZERO).days)


SHAPES: tuple[Moments, ...] = (
    *(_shaped(date, time) for date in DATES for time in TIMES),
    _in_zone(0, "Z"),
    _in_zone(-4, "-04:00"),
    _in_zone(3, "+0300"),
    _named("de enero de", lambda m: f"{m.day} de {SPANISH[m.month - 1]} de {m.year}"),
    _named("ene", lambda m: f"{m.day:02}-{SPANISH[m.month - 1][:3]}-{m.year}"),
    _named("ene.", lambda m: f"{m.day}/{SPANISH[m.month - 1][:3]}./{m.year % 100:02}"),
    _named("January", lambda m: f"{ENGLISH[m.month - 1]} {m.day}, {m.year}"),
    _named("Jan", lambda m: f"{m.day} {ENGLISH[m.month - 1][:3]} {m.year}"),
    Moments(name="serial", order=DateOrder.DAY_FIRST, step=DAY, write=_serial),
)
MOMENTS = st.datetimes(dt.datetime(1990, 1, 2), dt.datetime(2025, 12, 30))  # noqa: DTZ001
