"""What stands below the records without being one: totals, signatures, notes.

Nothing here decides that a sale is none: whoever lands rows sets aside only what would
be refused otherwise.
"""

import heapq
import itertools
import re
from collections import Counter
from collections.abc import Collection, Sequence

from processing.pipeline.blocks import Block, Layout
from processing.pipeline.cell_kinds import TEXT, kind_of
from processing.pipeline.header import MOSTLY
from processing.pipeline.refusals import RawRecords

# Totals, signatures and notes below a table take fewer records than this.
TAIL_RECORDS = 100
# Of a footnote, few cells hold anything.
HOLLOW_SHARE = 1 / 3
# Fewer values than these say nothing about a column.
ENOUGH_VALUES = 3
TOTAL = re.compile(
    r"\W*(?:sub ?-?total(?:es)?|gran total|grand total|totals?|totales|suma|sumas|sum"
    r"|resumen|summary)\b",
    re.IGNORECASE,
)

Tail = Sequence[tuple[int, tuple[str, ...]]]


def footnotes_of(block: Block, layout: Layout) -> frozenset[int]:
    """Return the lines of the records below the table that are none of its records.

    They begin with a word for totals, or with text where the column has numbers or
    dates, or stand by themselves behind a blank line; whatever stands below such a one
    with few cells filled belongs to it. Only the last block of a file has any.
    """
    if not block.is_last:
        return frozenset()
    raw = RawRecords(block, layout)
    lines = heapq.merge(
        block.scan.regular_lines[-TAIL_RECORDS:],
        [record.line for record in block.scan.careful[-TAIL_RECORDS:]],
    )
    tail = [(line, raw.fields_at(line)) for line in [*lines][-TAIL_RECORDS:]]
    # A record that a mark cut short is broken, and no note.
    broken = {r.line for r in block.scan.careful if r.flaw == "unbalanced_quote"}
    below = _hollow_below(tail, layout.width, broken=broken)
    kinds = _kinds_of(tail[: len(tail) - len(below)])
    anchors = (
        index
        for index, (line, fields) in enumerate(below)
        if _begins_notes(fields, kinds, layout.width)
        or (_is_sentence(fields, layout.width) and raw.is_after_blank(line))
    )
    first = next(anchors, len(below))
    return frozenset(line for line, _ in below[first:])


def _hollow_below(tail: Tail, width: int, *, broken: Collection[int]) -> Tail:
    """Return the records at the very end that look as if they were none."""
    hollow = itertools.takewhile(
        lambda each: (
            each[0] not in broken
            and (_is_hollow(each[1], width) or _is_total(each[1], width))
        ),
        reversed(tail),
    )
    return [*hollow][::-1]


def _is_hollow(fields: tuple[str, ...], width: int) -> bool:
    filled = sum(bool(cell.strip()) for cell in fields)
    is_one_of_two = len(fields) == 1 < width
    return 0 < filled <= width * HOLLOW_SHARE or is_one_of_two


def _is_total(fields: tuple[str, ...], width: int) -> bool:
    filled = [cell for cell in fields if cell.strip()]
    return bool(filled) and len(filled) != width and bool(TOTAL.match(filled[0]))


def _kinds_of(records: Tail) -> dict[int, str]:
    """Return the kind of each column that has values of one kind."""
    counts: dict[int, Counter[str]] = {}
    for _, fields in records:
        for column, cell in enumerate(fields):
            if cell.strip():
                counts.setdefault(column, Counter())[kind_of(cell)] += 1
    usual = {column: found.most_common(1)[0] for column, found in counts.items()}
    return {
        column: kind
        for column, (kind, count) in usual.items()
        if count >= max(ENOUGH_VALUES, MOSTLY * counts[column].total())
    }


def _begins_notes(fields: tuple[str, ...], kinds: dict[int, str], width: int) -> bool:
    if _is_total(fields, width):
        return True
    first, cell = next((i, cell) for i, cell in enumerate(fields) if cell.strip())
    # What is left of a value that was cut off has no letters.
    is_text = kind_of(cell) == TEXT and any(map(str.isalpha, cell))
    return is_text and kinds.get(first, TEXT) != TEXT


def _is_sentence(fields: tuple[str, ...], width: int) -> bool:
    return len(fields) == 1 < width and " " in fields[0].strip()
