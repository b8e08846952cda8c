"""The columns of a wide file on the page of a review: so many at a time. Pure."""

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.reviewing import Row, choices_of

# A page with the choices of more columns is slow, and nobody reads it.
PAGE_COLUMNS = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPage:
    """Some columns: the position of the first, and the numbers of first and last."""

    first: int
    number: int
    last: int


def page_of(
    rows: Sequence[Row], shown: Mapping[str, Any], *, first: int
) -> Mapping[str, Any]:
    """Return the columns to be seen from about ``first`` on, and what to keep.

    ``kept`` is what was chosen for columns that are not to be seen.
    """
    starts = range(0, max(len(rows), 1), PAGE_COLUMNS)
    start = min(first // PAGE_COLUMNS * PAGE_COLUMNS, starts[-1])
    end = start + PAGE_COLUMNS
    return {
        "first": start,
        "rows": rows[start:end],
        "kept": [c for c in choices_of(rows, shown) if not start <= c.index < end],
        "pages": [
            ColumnPage(
                first=one, number=one + 1, last=min(one + PAGE_COLUMNS, len(rows))
            )
            for one in starts
        ],
        "records": [
            {**record, "cells": record["cells"][start:end]}
            for record in shown["records"]
        ],
    }
