"""Which delimiter, quotation mark and escape a file uses, judged over a whole sample.

Every candidate cuts the sample into records. The best one gives records of the same
width whose cells look like values of their own, not like several stuck together.
"""

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from processing.pipeline.delimiters import (
    COMMON,
    NONE_OF_THEM,
    SPEAKING,
    UNCOMMON,
    several_signs,
    with_spaces,
)
from processing.pipeline.records import Dialect, Record, Window, cut_record
from processing.pipeline.synonyms import fields_written

QUOTES = ('"', "'")
BACKSLASH = "\\"
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
# An apostrophe is a mark if it is one in so many lines, or around a delimiter.
QUOTED_SHARE = 0.05
VALUE = re.compile(
    r"\s*(?:[-+(]?\s*\$?\s*[0-9][0-9.,' ]*%?\)?-?"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T][0-9:.]+)?"
    r"(?:[-+][0-9:]+|Z)?(?:\s*[apAP]\.?m\.?)?"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[\w .°ºª-]*)\s*"
)
MOMENT = re.compile(
    r"(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T]?)?"
    r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9.,]+)?\s*(?:[apAP]\.?m\.?)?(?:[-+][0-9:]+|Z)?)?"
)
NUMBER = re.compile(r"\s*[-+]?\$?[0-9][0-9.,]*%?\s*")
STUCK = re.compile(r"[;\t|]")
# How much a cell counts: a value, a text with punctuation, several values stuck.
CLEAN, WORDY, STUCK_TOGETHER = 1.0, 0.8, 0.1


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
    ending = _line_ending(lines)
    judged = _judged(lines)
    told = delimiter or _told(judged)
    if told is not None:
        return _best(judged, (told,), ending)
    best = _most_convincing(judged, ending)
    if best.steady > RAGGED_SHARE or _names_columns(judged, best.dialect):
        return best
    return _best(judged, _absent(judged), ending)


def _most_convincing(judged: list[bytes], ending: str) -> Judgement:
    text = b"".join(judged).decode("utf-8", "surrogatepass")
    spaced = tuple(with_spaces(text, quotes=QUOTES))
    common = _best(judged, COMMON + spaced, ending)
    several = [
        judgement
        for mark in several_signs(text, quotes=QUOTES)
        if (judgement := _best(judged, (mark,), ending)).steady >= STEADY_SHARE
        and judgement.width > 1
        and (common.score < GOOD_ENOUGH or common.dialect.delimiter in mark)
    ]
    if several:
        return max(several, key=lambda judgement: judgement.score)
    if common.score >= GOOD_ENOUGH:
        return common
    others = [
        _best(judged, (mark,), ending) for mark in UNCOMMON + SPEAKING if mark in text
    ]
    convincing = [
        other
        for other in others
        if other.dialect.delimiter in UNCOMMON or _is_convincing(other, judged)
    ]
    return max((common, *convincing), key=lambda judgement: judgement.score)


def _names_columns(lines: list[bytes], dialect: Dialect) -> bool:
    return any(
        known_names(record.fields) >= ENOUGH_KNOWN
        for record in cut_sample(lines, dialect)
    )


def known_names(cells: Sequence[str]) -> int:
    """Return how many fields these cells name, each field once."""
    return len({field for cell in cells[:MOST_NAMES] for field in fields_written(cell)})


def _absent(lines: list[bytes]) -> tuple[str, ...]:
    text = b"".join(lines).decode("utf-8", "surrogatepass")
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
    return judgement.width >= TELLING_WIDTH or any(
        all(NUMBER.fullmatch(cell) for cell in column)
        for column in zip(*wide[1:], strict=True)
    )


def _line_ending(lines: Sequence[bytes]) -> str:
    endings = Counter(
        "\r\n" if line.endswith(b"\r\n") else line[-1:].decode("ascii", "ignore")
        for line in lines
    )
    known = [ending for ending in ("\n", "\r\n", "\r") if endings[ending]]
    return max(known, key=lambda ending: endings[ending], default="\n")


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
    judgements = [
        _judge(lines, dialect)
        for delimiter in delimiters
        for dialect in _variants(lines, delimiter, ending)
    ]
    return max(judgements, key=lambda judgement: judgement.score)


def _variants(lines: list[bytes], delimiter: str, ending: str) -> Iterator[Dialect]:
    text = b"".join(lines).decode("utf-8", "surrogatepass")
    plain = Dialect(delimiter=delimiter, line_ending=ending)
    for quote in QUOTES:
        quoted = dataclasses.replace(plain, quote=quote)
        is_used = quote in text and _opens_fields(text, delimiter, quote)
        variants = [quoted] if is_used or quoted == plain else []
        if is_used and BACKSLASH + quote in text:
            variants.append(dataclasses.replace(quoted, escape=BACKSLASH))
        # First the commoner way, because ties go to the first.
        if _escapes_more_than_it_doubles(text, delimiter, quote):
            variants.reverse()
        yield from variants


def _escapes_more_than_it_doubles(text: str, delimiter: str, quote: str) -> bool:
    edge, mark = re.escape(delimiter), re.escape(quote)
    doubled = rf"(?<!^)(?<!{edge}){mark}{mark}(?!{edge}|\r?$)"
    return text.count(BACKSLASH + quote) > len(re.findall(doubled, text, re.MULTILINE))


def _opens_fields(text: str, delimiter: str, quote: str) -> bool:
    """Say whether fields stand between two of these marks.

    One is enough of double marks. Single ones are apostrophes, too, and must do more.
    """
    edge, mark = re.escape(delimiter), re.escape(quote)
    field = rf"(?:^|{edge}) ?{mark}([^{mark}\r\n]*){mark}(?={edge}|\r?$)"
    fields = re.findall(field, text, re.MULTILINE)
    if quote == QUOTES[0] or any(delimiter in inner for inner in fields):
        return bool(fields)
    return len(fields) > QUOTED_SHARE * (text.count("\n") + 1)


def _judge(lines: list[bytes], dialect: Dialect) -> Judgement:
    records = [record.fields for record in cut_sample(lines, dialect)]
    widths = Counter(len(fields) for fields in records)
    if not widths:
        return Judgement(dialect=dialect, score=0.0, width=0, steady=1.0)
    width = max(widths, key=lambda w: (widths[w] * (w > 1), w))
    modal = [fields for fields in records if len(fields) == width]
    consistency = len(modal) / len(records)
    fitting = sum(_fits(fields, width) for fields in records)
    cells = [cell for fields in modal for cell in fields]
    clean = sum(_cleanness(cell, dialect) for cell in cells) / len(cells)
    score = consistency * (1 - 1 / (width + 1)) * clean
    return Judgement(
        dialect=dialect,
        score=score if width > 1 else score / 4,
        width=width,
        steady=fitting / len(records),
    )


def _fits(fields: tuple[str, ...], width: int) -> bool:
    return len(fields) >= width and not any(cell.strip() for cell in fields[width:])


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
        record = cut_record(window, index, dialect, width=None)
        index += record.lines
        if any(cell.strip() for cell in record.fields):
            yield record


def _cleanness(cell: str, dialect: Dialect) -> float:
    if VALUE.fullmatch(cell):
        return CLEAN
    bare = cell.replace(dialect.delimiter, "")
    if STUCK.search(bare) or (dialect.quote or '"') in cell:
        return STUCK_TOGETHER
    return WORDY
