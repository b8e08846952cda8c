"""Columns of dates in bulk: what order they prove, and their moments in UTC."""

import dataclasses
import functools
import itertools

import polars as pl

from processing.pipeline.dates import FIRST_YEAR, Calendar, as_utc, read_moment
from processing.pipeline.findings import DateOrder
from processing.pipeline.rejects import NUMBER_OF

MONTHS_A_YEAR = 12
# Enough values to see which shapes a column uses, and how many of them are worth it.
SHAPE_SAMPLE = 500
MOST_BULK_SHAPES = 3
# Share of the decisive values above which the losing order is not just mistakes.
CONTRADICTION_SHARE = 0.25
MOMENT = pl.Datetime("us")
DAY_AND_MONTH = r"^([0-9]{1,2}[-/.][0-9]{1,2})[-/.][0-9]{2}"
SERIAL = r"^[0-9]{5}(?:[.,][0-9]{1,12})?$"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvidence:
    """How many dates prove an order, could be read in either, or are day numbers."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    serial: int = 0
    present: int = 0


def count_orders(texts: pl.Series) -> OrderEvidence:
    """Return what the dates of a column prove. A date like 05-05 proves nothing."""
    pairs = texts.str.extract(DAY_AND_MONTH, 1).drop_nulls().value_counts()
    counts = {"day_first": 0, "month_first": 0, "either": 0}
    for pair, count in pairs.iter_rows():
        verdict = _order_of(pair)
        if verdict:
            counts[verdict] += count
    return OrderEvidence(
        **counts,
        serial=int(texts.str.contains(SERIAL).sum() or 0),
        present=len(texts) - texts.null_count(),
    )


def _order_of(pair: str) -> str:
    first, second = (
        int(part) for part in pair.replace("/", "-").replace(".", "-").split("-")
    )
    if first == second:
        return ""
    if first > MONTHS_A_YEAR:
        return "day_first" if second <= MONTHS_A_YEAR else ""
    return "either" if second <= MONTHS_A_YEAR else "month_first"


def add_orders(left: OrderEvidence, right: OrderEvidence) -> OrderEvidence:
    return OrderEvidence(
        day_first=left.day_first + right.day_first,
        month_first=left.month_first + right.month_first,
        either=left.either + right.either,
        serial=left.serial + right.serial,
        present=left.present + right.present,
    )


def proven_order(evidence: OrderEvidence) -> DateOrder | None:
    """Return the order the dates prove: that of most decisive ones, if any."""
    if evidence.serial * 2 > evidence.present:
        return DateOrder.SERIAL
    if evidence.day_first == evidence.month_first:
        return None
    if evidence.day_first > evidence.month_first:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST


def is_contradictory(evidence: OrderEvidence) -> bool:
    """Say whether both orders are so common that neither is a mistake."""
    decisive = evidence.day_first + evidence.month_first
    fewer = min(evidence.day_first, evidence.month_first)
    return fewer > decisive * CONTRADICTION_SHARE


def cast_moments(texts: pl.Series, calendar: Calendar) -> tuple[pl.Series, pl.Series]:
    """Return the moments in UTC, and the code number of each refused text."""
    local = _in_bulk(texts, calendar.order)
    years = local.dt.year()
    outside = (years < FIRST_YEAR) | (years > calendar.today.year + 1)
    moments = _utc(local, calendar.zone)
    code = pl.lit(NUMBER_OF["date_out_of_range"], dtype=pl.Int32)
    judged = pl.select(
        moment=pl.when(~outside).then(moments), code=pl.when(outside).then(code)
    )
    return _with_others(
        texts, local, judged["moment"], judged["code"], calendar=calendar
    )


def _in_bulk(texts: pl.Series, order: DateOrder) -> pl.Series:
    shapes = _shapes_of(texts.drop_nulls().head(SHAPE_SAMPLE), order)
    if not shapes:
        return pl.Series([None], dtype=MOMENT).new_from_index(0, len(texts))
    return pl.select(
        pl.coalesce(
            pl.when(texts.str.contains(pattern)).then(
                texts.str.to_datetime(form, strict=False, time_unit="us")
            )
            for pattern, form in shapes
        )
    ).to_series()


def _shapes_of(sample: pl.Series, order: DateOrder) -> list[tuple[str, str]]:
    seen = [(int(sample.str.contains(s[0]).sum() or 0), s) for s in _shapes(order)]
    seen.sort(key=lambda pair: -pair[0])
    return [shape for count, shape in seen[:MOST_BULK_SHAPES] if count]


@functools.cache
def _shapes(order: DateOrder) -> tuple[tuple[str, str], ...]:
    if order is DateOrder.SERIAL:
        return ()
    short, long = "[0-9]{1,2}", "[0-9]{4}"
    dates = []
    for mark in "-/.":
        part = "%d{0}%m" if order is DateOrder.DAY_FIRST else "%m{0}%d"
        shape = mark.join((short, short, long)).replace(".", r"\.")
        dates.append((shape, (part + "{0}%Y").format(mark)))
        shape = mark.join((long, short, short)).replace(".", r"\.")
        dates.append((shape, f"%Y{mark}%m{mark}%d"))
    times = [("", "")]
    for gap in (" ", "T"):
        times.append((gap + "[0-9]{1,2}:[0-9]{2}", gap + "%H:%M"))
        times.append((gap + "[0-9]{1,2}:[0-9]{2}:[0-9]{2}", gap + "%H:%M:%S"))
    return tuple(
        (f"^{date}{time}$", date_form + time_form)
        for (date, date_form), (time, time_form) in itertools.product(dates, times)
    )


def _utc(local: pl.Series, zone: str) -> pl.Series:
    aware = local.dt.replace_time_zone(zone, ambiguous="earliest", non_existent="null")
    moments = aware.dt.convert_time_zone("UTC").dt.replace_time_zone(None)
    skipped = (moments.is_null() & local.is_not_null()).arg_true()
    if skipped.is_empty():
        return moments
    lost = local.gather(skipped)
    known = lost.unique().to_list()
    return moments.scatter(
        skipped,
        lost.replace_strict(
            known, [as_utc(m, zone) for m in known], return_dtype=MOMENT
        ),
    )


def _with_others(
    texts: pl.Series,
    local: pl.Series,
    moments: pl.Series,
    codes: pl.Series,
    *,
    calendar: Calendar,
) -> tuple[pl.Series, pl.Series]:
    places = (local.is_null() & texts.is_not_null()).arg_true()
    if places.is_empty():
        return moments, codes
    others = texts.gather(places)
    readings = {t: read_moment(t, calendar) for t in others.unique().to_list()}
    known = list(readings)
    read = others.replace_strict(
        known, [r.moment for r in readings.values()], return_dtype=MOMENT
    )
    refused = others.replace_strict(
        known,
        [NUMBER_OF.get(r.code) for r in readings.values()],
        return_dtype=pl.Int32,
    )
    return moments.scatter(places, read), codes.scatter(places, refused)
