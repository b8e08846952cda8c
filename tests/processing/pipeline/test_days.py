"""Rows are counted by the day on which their moment falls in the company's zone."""

import datetime as dt
from collections import Counter
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.pipeline.days import count_days

# Half hours, three quarters, and a day that a zone left out (Apia, 30-12-2011).
ZONES = ("America/Santiago", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia")
FIRST = dt.datetime(1990, 1, 2, tzinfo=dt.UTC)
MOMENTS = st.integers(min_value=0, max_value=35 * 365 * 86_400_000_000).map(
    lambda microseconds: FIRST + dt.timedelta(microseconds=microseconds)
)


def series(moments: list[dt.datetime]) -> pl.Series:
    aware = pl.Series(moments, dtype=pl.Datetime("us", "UTC"))
    return aware.dt.replace_time_zone(None)


@settings(deadline=None)
@given(moments=st.lists(MOMENTS, max_size=30), zone=st.sampled_from(ZONES))
def test_days_are_those_of_the_zone(moments: list[dt.datetime], zone: str) -> None:
    expected = Counter(moment.astimezone(ZoneInfo(zone)).date() for moment in moments)

    assert count_days(series(moments), zone) == expected


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2024-01-01T02:59:59.999999Z", dt.date(2023, 12, 31)),
        ("2024-01-01T03:00:00Z", dt.date(2024, 1, 1)),
        # Winter: an hour later in UTC.
        ("2024-07-01T03:59:59Z", dt.date(2024, 6, 30)),
    ],
)
def test_a_day_begins_at_local_midnight(moment: str, day: dt.date) -> None:
    moments = [dt.datetime.fromisoformat(moment)]

    assert count_days(series(moments), "America/Santiago") == {day: 1}
