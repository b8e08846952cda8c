"""Any value that is typed, in any convention we know, is read back equal."""

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processing.pipeline.conventions import (
    MOMENTS,
    PAIRS,
    QUANTITIES,
    SHAPES,
    TOTALS,
    Moments,
    Numbers,
)
from tests.processing.pipeline.files import HEADER, hints
from tests.processing.pipeline.styles import Style
from tests.processing.pipeline.test_properties import reread

STYLE = Style(delimiter=";")
COLUMNS = tuple(HEADER.split(";"))
Values = tuple[dt.datetime, Decimal, Decimal]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(MOMENTS, QUANTITIES, TOTALS), min_size=1, max_size=8),
    st.sampled_from(SHAPES),
    PAIRS,
)
def test_a_value_is_read_back_equal_in_any_convention(
    values: list[Values], moments: Moments, numbers: tuple[Numbers, Numbers]
) -> None:
    rows = [
        (moments.write(m), "B", "A", numbers[0].written(q), numbers[1].written(t))
        for m, q, t in values
    ]
    told = hints(
        decimal_mark=numbers[0].mark, date_order=moments.order, time_zone="UTC"
    )

    reading = reread(STYLE.written([COLUMNS, *rows]).encode(), told)

    assert reading.faults() == []
    assert [
        (
            dt.datetime.fromisoformat(row["occurred_at"] or "").replace(tzinfo=None),
            Decimal(row["quantity"] or "x"),
            Decimal(row["price_total"] or "x"),
        )
        for row in reading.rows
    ] == [(moments.told(m), q, t) for m, q, t in values]
