"""A header that was spoilt, above records which say no more than text above text."""

import dataclasses
import itertools
from collections.abc import Iterator

from processing.pipeline.cell_kinds import TEXT, kind_of
from processing.pipeline.delimiters import COMMON
from processing.pipeline.marks import QUOTES
from processing.pipeline.records import Record

# Signs that stand in titles, too: between names in marks they part them.
BARE, IN_MARKS = (*COMMON, ":"), (" ", ", ", ": ")
# A name or two may have lost the delimiter between them, but not most.
KEPT_SHARE = 0.5


def spoilt_header(record: Record, width: int) -> Record | None:
    """Return the record as the header of ``width`` columns that it was, or ``None``.

    Either another delimiter parts it into so many names, or it has lost few of its own.
    """
    if len(record.fields) > 1:
        is_near = len(record.fields) > width * KEPT_SHARE
        return record if is_near and _are_names(record.fields) else None
    text = record.fields[0].strip()
    for names in _partings(text):
        if len(names) == width > 1 and _are_names(names):
            return dataclasses.replace(record, fields=names)
    return None


def _partings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield what a line is in parts, bare ones and such in marks."""
    for sign in BARE:
        yield tuple(part.strip(QUOTES[0]) for part in text.split(sign))
    words = tuple(text.split(", "))
    if not any(" " in word for word in words):
        yield words
    for sign, mark in itertools.product((*BARE, *IN_MARKS), QUOTES):
        yield tuple(text.strip(mark).split(f"{mark}{sign}{mark}"))


def _are_names(cells: tuple[str, ...]) -> bool:
    return all(cell == cell.strip() != "" and kind_of(cell) == TEXT for cell in cells)
