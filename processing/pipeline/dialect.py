"""Which delimiter, quotation mark and escape a file uses, judged over a whole sample.

Every candidate cuts the sample into records. The best one gives records of the same
width whose cells look like values of their own, not like several stuck together.
"""

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from processing.pipeline.cell_kinds import MOMENT, NUMBER, VALUE, cleanness
from processing.pipeline.delimiters import (
    COMMON,
    NONE_OF_THEM,
    SPEAKING,
    UNCOMMON,
    between_marks,
    several_signs,
    with_spaces,
)
from processing.pipeline.lines import usual_ending
from processing.pipeline.marks import QUOTES, count_between, variants
from processing.pipeline.records import Dialect, Record, Window, cut_record
from processing.pipeline.returns import parted_by_returns
from processing.pipeline.synonyms import fields_written

# Lines that are judged: enough for evidence, few enough to try every candidate.
JUDGED_LINES = 300
JUDGED_BYTES = 200_000
# A common delimiter that does at least this well is not questioned.
GOOD_ENOUGH = 0.5
SEPARATOR_LINE = re.compile(
    r"\ufeff?\"?sep=(?P<delimiter>[^\r\n]?)\"?[\r\n]*", re.IGNORECASE
)
# Of a delimiter that speaks: how many records are as wide as the others, how clean
# their cells are, and how many lines may be values as they stand (times, dates).
STEADY_SHARE, CLEAN_SHARE, WHOLE_SHARE = 0.9, 0.85, 0.5
# Where records of one width are no more than this share, the lines are no table, unless
# one of them names columns we know: a list is asked about, a shifted value is not seen.
RAGGED_SHARE = 0.5
# With two known names a line is a header, whatever else the file holds.
ENOUGH_KNOWN = 2
# Cells of a line that are asked what they name. A line of a million cells, which is to
# be refused, would take minutes; no table has so many columns.
MOST_NAMES = 4_000
# A name and a surname are two words in every line, too: two columns need a number.
TELLING_WIDTH = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A dialect and how well it cuts the sample, 0 to 1.

    ``steady`` is the share of records that are ``width`` wide, as most are, or wider by
    empty cells.
    """

    dialect: Dialect
    score: float
    width: int
    steady: float


def detect_dialect(
    lines: Sequence[bytes], *, delimiter: str | None, quote: str | None = None
) -> Judgement:
    """Return the dialect of a sample of whole lines; what is told overrules it.

    A first line like ``sep=;`` is believed. A ``quote`` of ``""`` is none. Lines that
    no delimiter makes a table of are cut by one that stands in none of them.
    """
    judgement = _detected(lines, delimiter=delimiter)
    if quote is None or (quote or None) == judgement.dialect.quote:
        return judgement
    dialect = dataclasses.replace(judgement.dialect, quote=quote or None, escape=None)
    return _judge(_judged(lines), dialect)


def _detected(lines: Sequence[bytes], *, delimiter: str | None) -> Judgement:
    ending = usual_ending(lines)
    judged = _judged(lines)
    told = delimiter or _told(judged)
    if told is not None:
        return _best(judged, (told,), ending)
    best = _most_convincing(judged, ending)
    if _is_of_decimals(judged, best):
        return _best(judged, _absent(judged), ending)
    if best.steady > RAGGED_SHARE or _is_table(judged, best.dialect):
        return best
    return _best(judged, _absent(judged), ending)


def _most_convincing(judged: list[bytes], ending: str) -> Judgement:
    text = _text_of(judged)
    spaced = tuple(with_spaces(text, quotes=QUOTES))
    common = _best(judged, COMMON + spaced, ending)
    several = [
        judgement
        for mark in several_signs(text, quotes=QUOTES)
        if (judgement := _best(judged, (mark,), ending)).steady >= STEADY_SHARE
        and judgement.width > 1
        and (
            common.score < GOOD_ENOUGH
            or common.dialect.delimiter in mark
            or _is_wider(judgement, common)
        )
    ]
    if several:
        return max(several, key=lambda judgement: judgement.score)
    rare = [_best(judged, (mark,), ending) for mark in UNCOMMON if mark in text]
    best = max((common, *rare), key=lambda judgement: judgement.score)
    if common.score >= GOOD_ENOUGH:
        return best if _is_wider(best, common) else common
    marked = [*between_marks(text, lines=len(judged))]
    others = [
        _best(judged, (mark,), ending)
        for mark in dict.fromkeys([*SPEAKING, *marked])
        if mark in text and mark not in UNCOMMON
    ]
    convincing = [
        other
        for other in others
        if (other.dialect.delimiter in marked and other.steady >= STEADY_SHARE)
        or _is_convincing(other, judged)
    ]
    return max((best, *convincing), key=lambda judgement: judgement.score)


def _is_of_decimals(lines: list[bytes], judgement: Judgement) -> bool:
    """Say whether the lines are numbers with a decimal comma below their one name."""
    if judgement.dialect.delimiter != "," or judgement.width != len(("whole", "part")):
        return False
    name, *values = (r.fields for r in cut_sample(lines, judgement.dialect))
    return len(name) == 1 and all(
        len(fields) == judgement.width and all(map(str.isdecimal, fields))
        for fields in values
    )


def _is_wider(judgement: Judgement, common: Judgement) -> bool:
    """Say whether a rare sign does better than decimal commas, which cut lines well."""
    return judgement.score > common.score and judgement.width >= TELLING_WIDTH


def _names_columns(lines: list[bytes], dialect: Dialect) -> bool:
    return any(
        known_names(record.fields) >= ENOUGH_KNOWN
        for record in cut_sample(lines, dialect)
    )


def _is_table(lines: list[bytes], dialect: Dialect) -> bool:
    """Say whether lines of many widths are a table all the same.

    They are if one names columns, if most have fields in marks on either side of a
    delimiter, if nothing but lines without one stands above records of one width, or
    if as many are of one width as are not and nothing else stands in their cells.
    """
    text = _text_of(lines)
    if count_between(text, dialect.delimiter) > RAGGED_SHARE * len(lines):
        return True
    records = [record.fields for record in cut_sample(lines, dialect)]
    below = [*itertools.dropwhile(lambda fields: len(fields) == 1, records)]
    widths = Counter(map(len, below))
    if len(widths) == 1 < len(below):
        return True
    if len(below) == len(records) and 1 not in widths:
        cells = [cell for fields in records for cell in fields]
        clean = sum(bool(VALUE.fullmatch(cell)) for cell in cells)
        evenly = max(widths.values(), default=0) >= RAGGED_SHARE * len(records)
        if evenly and clean >= CLEAN_SHARE * len(cells):
            return True
    return _names_columns(lines, dialect)


def known_names(cells: Sequence[str]) -> int:
    """Return how many fields these cells name, each field once."""
    return len({field for cell in cells[:MOST_NAMES] for field in fields_written(cell)})


def _absent(lines: list[bytes]) -> tuple[str, ...]:
    text = _text_of(lines)
    return tuple(mark for mark in NONE_OF_THEM if mark not in text)[:1] or COMMON[:1]


def _is_convincing(judgement: Judgement, lines: Sequence[bytes]) -> bool:
    """Say whether a delimiter that stands in texts as well does part these."""
    records = [r.fields for r in cut_sample(lines, judgement.dialect)]
    wide = [fields for fields in records if len(fields) == judgement.width]
    if judgement.width < len(("one", "two")) or len(wide) < STEADY_SHARE * len(records):
        return False
    cells = [cell for fields in wide for cell in fields]
    clean = sum(bool(VALUE.fullmatch(cell)) for cell in cells)
    is_quoted = any((judgement.dialect.quote or '"').encode() in line for line in lines)
    if not is_quoted and clean < CLEAN_SHARE * len(cells):
        return False
    texts = [line.decode("utf-8", "surrogatepass").strip() for line in lines]
    whole = sum(bool(MOMENT.fullmatch(text)) for text in texts)
    if whole >= WHOLE_SHARE * len(texts):
        return False
    columns = [*zip(*wide[1:], strict=True)]
    if any(not any(map(str.strip, column)) for column in columns):
        return False
    return judgement.width >= TELLING_WIDTH or any(
        all(NUMBER.fullmatch(cell) for cell in column) for column in columns
    )


def _text_of(lines: Sequence[bytes]) -> str:
    """Return lines as a text whose lines end in a line feed, whatever they end in."""
    bare = b"\n".join(line.rstrip(b"\r\n") for line in lines)
    return bare.decode("utf-8", "surrogatepass")


def _judged(lines: Sequence[bytes]) -> list[bytes]:
    sizes = itertools.accumulate(len(line) for line in lines)
    return [
        line
        for line, size in zip(lines[:JUDGED_LINES], sizes, strict=False)
        if size <= JUDGED_BYTES
    ] or list(lines[:1])


def _told(lines: Sequence[bytes]) -> str | None:
    if not lines:
        return None
    match = SEPARATOR_LINE.fullmatch(lines[0].decode("utf-8", "replace"))
    return match["delimiter"] or None if match else None


def _best(lines: list[bytes], delimiters: tuple[str, ...], ending: str) -> Judgement:
    text = _text_of(lines)
    judgements = [
        _judge(lines, dialect)
        for delimiter in delimiters
        for dialect in variants(text, delimiter, ending)
    ]
    return max(judgements, key=lambda judgement: judgement.score)


def _judge(lines: list[bytes], dialect: Dialect) -> Judgement:
    records = [record.fields for record in cut_sample(lines, dialect)]
    widths = Counter(len(fields) for fields in records)
    if not widths:
        return Judgement(dialect=dialect, score=0.0, width=0, steady=1.0)
    width = max(widths, key=lambda w: (widths[w] * (w > 1), w))
    modal = [fields for fields in records if len(fields) == width]
    consistency = len(modal) / len(records)
    # A delimiter that stands in few lines must not make the others fit by empty cells.
    least = max(used_width(modal), min(width, len(("one", "two"))))
    fitting = sum(
        least <= len(fields) and used_width([fields]) <= width for fields in records
    )
    cells = [cell for fields in modal for cell in fields]
    clean = sum(cleanness(cell, dialect.delimiter) for cell in cells) / len(cells)
    score = consistency * (1 - 1 / (width + 1)) * clean
    return Judgement(
        dialect=dialect,
        score=score if width > 1 else score / 4,
        width=width,
        steady=fitting / len(records),
    )


def used_width(records: Sequence[tuple[str, ...]]) -> int:
    """Return how many columns these records have up to the last that holds anything."""
    filled = (
        max((i for i, cell in enumerate(fields, 1) if cell.strip()), default=0)
        for fields in records
    )
    return max(filled, default=0)


def cut_sample(lines: Sequence[bytes], dialect: Dialect) -> Iterator[Record]:
    """Yield each record of a sample that is not blank; its lines count from 1."""
    window = Window(
        lines=lines,
        is_regular=[False] * len(lines),
        first_line=1,
        is_last=True,
        patience_bytes=JUDGED_BYTES,
    )
    index = 0
    while index < len(lines):
        if not lines[index].strip():
            # A million of them take a second each time if they are cut like the others.
            index += 1
            continue
        if b"\r" in lines[index].rstrip(b"\r\n"):
            several = parted_by_returns(lines[index], index + 1, dialect, width=None)
            if several:
                yield from several
                index += 1
                continue
        record = cut_record(window, index, dialect, width=None)
        index += record.lines
        if any(cell.strip() for cell in record.fields):
            yield record
