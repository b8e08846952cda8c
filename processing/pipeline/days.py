"""How many rows fall on which day of the company."""

import datetime as dt
from collections import Counter

import polars as pl

# Days begin on a quarter of an hour of UTC, in every zone since 1990: few moments are
# left to be told in the company's zone when rows were counted by those first.
QUARTER_MICROSECONDS = 15 * 60 * 1_000_000
QUARTER, ROWS = "quarter", "rows"


def count_days(moments: pl.Series, zone: str) -> Counter[dt.date]:
    """Return the rows of each day; ``moments`` are UTC without a zone, none absent."""
    microseconds = moments.cast(pl.Datetime("us")).to_physical()
    quarters = (microseconds // QUARTER_MICROSECONDS).alias(QUARTER)
    counts = quarters.value_counts(name=ROWS)
    begins = (counts[QUARTER] * QUARTER_MICROSECONDS).cast(pl.Datetime("us"))
    local = begins.dt.replace_time_zone("UTC").dt.convert_time_zone(zone).dt.date()
    days: Counter[dt.date] = Counter()
    for day, rows in zip(local, counts[ROWS], strict=True):
        days[day] += rows
    return days
