"""Remarks: what is odd about rows that are accepted all the same."""

import dataclasses
from collections.abc import Mapping

import polars as pl

# As many lines as somebody looks up by hand to see what a remark is about.
FIRST_LINES = 5


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """How many accepted rows have it, and the physical lines of the first of them."""

    rows: int
    lines: tuple[int, ...]


# By a code of the catalogue whose severity is ``warning``.
Remarks = Mapping[str, Remark]


def remarks_of(lines: Mapping[str, pl.Series]) -> Remarks:
    """Return the remarks of a batch from the lines of its rows that have each code."""
    return {
        code: Remark(rows=len(found), lines=tuple(found.head(FIRST_LINES)))
        for code, found in lines.items()
        if len(found)
    }


def add_remarks(left: Remarks, right: Remarks) -> Remarks:
    """Return the remarks of both, in a fixed order of codes."""
    return {code: _add(left, right, code) for code in sorted({*left, *right})}


def _add(left: Remarks, right: Remarks, code: str) -> Remark:
    both = [remarks[code] for remarks in (left, right) if code in remarks]
    lines = sorted(line for remark in both for line in remark.lines)
    return Remark(
        rows=sum(remark.rows for remark in both), lines=tuple(lines[:FIRST_LINES])
    )
