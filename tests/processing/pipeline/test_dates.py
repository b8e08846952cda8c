import datetime as dt

import polars as pl
import pytest

from processing.pipeline.dates import Calendar, read_moment
from processing.pipeline.findings import DateOrder
from processing.pipeline.moments import (
    OrderEvidence,
    add_orders,
    cast_moments,
    count_orders,
    is_contradictory,
    proven_order,
)
from processing.pipeline.rejects import REFUSALS

DAY, MONTH, SERIAL = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.SERIAL
TODAY = dt.date(2024, 6, 15)
# Two offsets of Chile: UTC-3 in summer, UTC-4 in winter.
MARCH_5 = "2024-03-05 03:00:00"

READABLE = [
    pytest.param("2024-03-05", DAY, MARCH_5, id="ISO"),
    pytest.param("2024/3/5", MONTH, MARCH_5, id="year first, slashes"),
    pytest.param("20240305", DAY, MARCH_5, id="digits only"),
    pytest.param("05-03-2024", DAY, MARCH_5, id="day first"),
    pytest.param("5.3.24", DAY, MARCH_5, id="short, points"),
    pytest.param("03/05/2024", MONTH, MARCH_5, id="month first"),
    pytest.param("31/12/99", DAY, "1999-12-31 03:00:00", id="last century"),
    pytest.param("5 de marzo de 2024", DAY, MARCH_5, id="Spanish"),
    pytest.param("martes, 5 de marzo del 2024", DAY, MARCH_5, id="with weekday"),
    pytest.param("05-mar-2024", DAY, MARCH_5, id="Spanish, short"),
    pytest.param("5-SET-2024", DAY, "2024-09-05 04:00:00", id="setiembre"),
    pytest.param("March 5th, 2024", DAY, MARCH_5, id="English"),
    pytest.param("Tue Mar 5 2024", DAY, MARCH_5, id="English with weekday"),
    pytest.param("05-03-2024 10:30", DAY, "2024-03-05 13:30:00", id="time"),
    pytest.param("05-03-2024 10:30:15", DAY, "2024-03-05 13:30:15", id="seconds"),
    pytest.param("05-03-2024, 10:30 hrs", DAY, "2024-03-05 13:30:00", id="hrs"),
    pytest.param("05-03-2024 12:10 a.m.", DAY, "2024-03-05 03:10:00", id="midnight"),
    pytest.param("05-03-2024 12:10 PM", DAY, "2024-03-05 15:10:00", id="noon"),
    pytest.param("05-03-2024 1:10 p. m.", DAY, "2024-03-05 16:10:00", id="p. m."),
    pytest.param("2024-03-05T10:30:00Z", DAY, "2024-03-05 10:30:00", id="UTC"),
    pytest.param("2024-03-05 10:30 GMT", DAY, "2024-03-05 10:30:00", id="GMT"),
    pytest.param("2024-03-05T10:30+02:00", DAY, "2024-03-05 08:30:00", id="offset"),
    pytest.param("2024-03-05T10:30-0330", DAY, "2024-03-05 14:00:00", id="odd zone"),
    pytest.param("2024-03-05T10:30-03", DAY, "2024-03-05 13:30:00", id="hours only"),
    pytest.param(
        "2024-03-05 10:30:15,25", DAY, "2024-03-05 13:30:15.250000", id="fraction"
    ),
    pytest.param(
        "2024-03-05 10:30:15.123456789", DAY, "2024-03-05 13:30:15.123456", id="nanos"
    ),
    pytest.param("45356", SERIAL, MARCH_5, id="Excel serial"),
    pytest.param("45356,5", SERIAL, "2024-03-05 15:00:00", id="serial with time"),
]


@pytest.mark.parametrize(("text", "order", "expected"), READABLE)
def test_a_date_is_read_in_utc(text: str, order: DateOrder, expected: str) -> None:
    assert str(read_moment(text, calendar(order)).moment) == expected


@pytest.mark.parametrize(("text", "order", "expected"), READABLE)
def test_reading_in_bulk_and_one_by_one_agree(
    text: str, order: DateOrder, expected: str
) -> None:
    moments, codes = cast_moments(pl.Series([text]), calendar(order))

    assert moments.dtype == pl.Datetime("us")
    assert (str(moments[0]), codes[0]) == (expected, None)


UNREADABLE = [
    pytest.param("31-02-2024", DAY, "bad_date", id="no such day"),
    pytest.param("12-31-2024", DAY, "bad_date", id="the other order"),
    pytest.param("ayer", DAY, "bad_date", id="word"),
    pytest.param("45356", DAY, "bad_date", id="serial where dates are due"),
    pytest.param("05-03-2024", SERIAL, "bad_date", id="date where serials are due"),
    pytest.param("05-03/2024", DAY, "bad_date", id="two separators"),
    pytest.param("05-03-2024 25:00", DAY, "bad_date", id="no such hour"),
    pytest.param("05-03-2024 13:00 pm", DAY, "bad_date", id="13 pm"),
    pytest.param("05-03-2024 10:30 y", DAY, "bad_date", id="something behind"),
    pytest.param("2024-03-05 10:30+99:00", DAY, "bad_date", id="no such zone"),
    pytest.param("00-00-0000", DAY, "bad_date", id="zeros"),
    pytest.param("05-03-1989", DAY, "date_out_of_range", id="too early"),
    pytest.param("01-01-2026", DAY, "date_out_of_range", id="too late"),
    pytest.param("00001", SERIAL, "date_out_of_range", id="serial of 1899"),
]


@pytest.mark.parametrize(("text", "order", "code"), UNREADABLE)
def test_what_is_no_date_is_refused_with_a_code(
    text: str, order: DateOrder, code: str
) -> None:
    alone = read_moment(text, calendar(order))
    moments, codes = cast_moments(pl.Series([text]), calendar(order))

    assert (alone.moment, alone.code) == (None, code)
    assert (moments[0], REFUSALS[codes[0]]) == (None, code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("06-04-2024 23:30", "2024-04-07 02:30:00", id="twice: the first"),
        pytest.param("08-09-2024 00:00", "2024-09-08 04:00:00", id="never: moved on"),
        pytest.param("08-09-2024", "2024-09-08 04:00:00", id="never: midnight"),
    ],
)
def test_clock_changes_follow_one_rule(text: str, expected: str) -> None:
    moments, _ = cast_moments(pl.Series([text]), calendar(DAY))

    assert str(moments[0]) == expected
    assert str(read_moment(text, calendar(DAY)).moment) == expected


def test_a_column_of_many_shapes_is_read_whole() -> None:
    texts = ["05-03-2024", "05/03/2024 00:00", None, "x", "2024-03-05", "5.3.2024"] * 3

    moments, codes = cast_moments(pl.Series(texts), calendar(DAY))

    assert [m is None for m in moments] == [False, False, True, True, False, False] * 3
    assert moments.drop_nulls().n_unique() == 1
    assert [REFUSALS[c] for c in codes if c is not None] == ["bad_date"] * 3


def test_a_column_without_any_date_has_none() -> None:
    moments, codes = cast_moments(pl.Series([None], dtype=pl.String), calendar(DAY))

    assert (moments[0], codes[0]) == (None, None)


@pytest.mark.parametrize(
    ("texts", "expected", "order"),
    [
        pytest.param(["31-01-2024"], {"day_first": 1}, DAY, id="day first"),
        pytest.param(["01/31/2024 10:00"], {"month_first": 1}, MONTH, id="month first"),
        pytest.param(["05.03.24"], {"either": 1}, None, id="either"),
        pytest.param(["05-05-2024", "40-50-2024"], {}, None, id="nothing proven"),
        pytest.param(["2024-01-31"], {}, None, id="ISO needs no proof"),
        pytest.param(["45356", "45357,5"], {"serial": 2}, SERIAL, id="serials"),
        pytest.param(["50-01-2024"], {"day_first": 1}, DAY, id="no such day"),
    ],
)
def test_dates_prove_an_order_or_leave_it_open(
    texts: list[str], expected: dict[str, int], order: DateOrder | None
) -> None:
    evidence = count_orders(pl.Series(texts))

    assert evidence == OrderEvidence(**expected, present=len(texts))
    assert proven_order(evidence) is order


def test_orders_add_up_and_contradict() -> None:
    days = OrderEvidence(day_first=2, either=1, present=3)
    months = OrderEvidence(month_first=1, serial=1, present=2)

    both = add_orders(days, months)

    assert both == OrderEvidence(
        day_first=2, month_first=1, either=1, serial=1, present=5
    )
    assert is_contradictory(both)
    assert not is_contradictory(days)


def calendar(order: DateOrder) -> Calendar:
    return Calendar(order=order, zone="America/Santiago", today=TODAY)
