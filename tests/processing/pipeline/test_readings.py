"""What values would mean under each convention."""

import datetime as dt

from processing.pipeline.findings import Hints
from processing.pipeline.readings import readings_of

HINTS = Hints(today=dt.date(2026, 3, 1))


def test_a_number_says_what_it_means_with_each_mark() -> None:
    assert readings_of(("1.990", "12"), HINTS) == {
        "comma": ("1990", "12"),
        "point": ("1.99", "12"),
    }


def test_a_date_says_what_it_means_in_each_order_in_the_companys_zone() -> None:
    found = readings_of(("05-01-2026 10:30", "31-12-2025"), HINTS)

    assert found["day_first"] == (
        "2026-01-05T10:30:00-03:00",
        "2025-12-31T00:00:00-03:00",
    )
    assert found["month_first"] == ("2026-05-01T10:30:00-04:00", "")


def test_words_mean_nothing_under_any_convention() -> None:
    assert readings_of(("Café", ""), HINTS) == {}
