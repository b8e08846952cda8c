"""Which line names the columns, and where the records begin."""

import dataclasses
import itertools
import re
from collections import Counter
from collections.abc import Sequence

from processing.pipeline.cell_kinds import TEXT, kind_of
from processing.pipeline.dialect import (
    ENOUGH_KNOWN,
    MOST_NAMES,
    SEPARATOR_LINE,
    TELLING_WIDTH,
    known_names,
    used_width,
)
from processing.pipeline.encoding import shown
from processing.pipeline.records import Record
from processing.pipeline.spoilt_header import spoilt_header
from processing.pipeline.synonyms import fields_written

# Titles and company addresses above a header take fewer lines than this.
SEARCHED_RECORDS = 40
# A column is of a kind if this share of its cells is.
MOSTLY = 0.8
# Of a title that a spreadsheet padded with delimiters, most cells are empty.
PADDED_SHARE = 0.5
# Lines of one width, a header and records, are a table, whatever follows them.
FEWEST_OF_A_TABLE = 3
# If more records than these have a value too many, two names were glued into one: of
# the last column many cells may be empty, and what would land there would be shifted.
GLUED_SHARE = 0.1
# What stands below a name to say how its values are written; no sale looks like that.
UNIT = re.compile(
    r"\s*(?:\(\D*\)|\[\D*\]|[dmay]{1,4}(?:[-/.][dmay]{1,4}){2}(?: hh:mm(?::ss)?)?"
    r"|hh:mm(?::ss)?|\$|%|n[°º]|u[dn]?s?\.?|unid(?:ad)?(?:es)?\.?|clp|usd|pesos|kg)\s*",
    re.IGNORECASE,
)
# Marks that a program put around names where it puts others around values.
MARKS = "'`"
# Years name columns more often than they are the first of all values.
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns. ``line`` is 0 where the file names none.

    ``names`` has one for every field of a record, ``cells`` is what the line itself
    says, with the spaces and line ends inside of names. ``first_line`` is where
    records begin.
    """

    names: tuple[str, ...]
    cells: tuple[str, ...]
    line: int
    first_line: int
    confidence: float


def find_header(records: Sequence[Record], *, line: int | None) -> Header:
    """Return the header among the first records of a file; ``line`` overrules it.

    A ``line`` of 0 says that there is none.

    Without one, columns are called by their position; so they are where records have
    more values than the header has names, since any name might be one that is missing.
    Width follows the records where the header merely has trailing delimiters more or
    less than they. Two lines are one header where it takes both to name the columns, or
    where the second one holds units.
    """
    below = [r for r in records if not _is_separator(r)]
    usual = _usual_width(below)
    searched = _searched(below, usual)
    told = next((r for r in below if r.line == line), None)
    if told is not None:
        return _named(told, records, usual, 1.0)
    known = None if line == 0 else _with_known_names(searched)
    if known is not None:
        return _named(known, records, usual, 1.0)
    candidate = _candidate(searched, usual)
    if candidate is not None and line != 0 and _names_things(candidate, searched):
        return _named(_with_units(candidate, searched), records, usual, 0.7)
    begin = searched[0].line if searched else 1
    return Header(
        names=_positions(usual), cells=(), line=0, first_line=begin, confidence=0.6
    )


def _searched(records: Sequence[Record], usual: int) -> Sequence[Record]:
    """Return the first records, from the first of the usual width if that is late."""
    start = next((i for i, r in enumerate(records) if len(r.fields) == usual), 0)
    start = start if start >= SEARCHED_RECORDS else 0
    return records[start : start + SEARCHED_RECORDS]


def _with_known_names(searched: Sequence[Record]) -> Record | None:
    """Return the record that names most fields, if it names enough of them.

    A second line that is a part of the header is joined to it.
    """
    lines = [(_sureness(record), record) for record in searched]
    pairs = [
        (_sureness(joined), joined)
        for (sureness, record), (_, following) in itertools.pairwise(lines)
        if sureness and (joined := _joined(record, following)) is not None
    ]
    # The first of those that name most; a line for itself before two lines.
    _, best = max(lines + pairs, key=lambda each: each[0], default=(0, None))
    if best is None or known_names(best.fields) < ENOUGH_KNOWN:
        return None
    return _with_units(best, searched)


def _with_units(header: Record, searched: Sequence[Record]) -> Record:
    end = header.line + header.lines
    following = next((r for r in searched if r.line == end), None)
    if following is None or not _holds_units(following):
        return header
    return dataclasses.replace(header, lines=header.lines + following.lines)


def _sureness(record: Record) -> float:
    """Return how many fields the cells name, each counted as far as that is sure."""
    sure: dict[str, float] = {}
    for cell in record.fields[:MOST_NAMES]:
        for field, confidence in fields_written(cell).items():
            sure[field] = max(sure.get(field, 0), confidence)
    return round(sum(sure.values()), 2)


def _joined(first: Record, second: Record) -> Record | None:
    """Return two lines as one, if the second goes on with the first and is all text."""
    cells = (*first.fields, *second.fields)
    is_next = second.line == first.line + first.lines
    if not is_next or any(cell.strip() and kind_of(cell) != TEXT for cell in cells):
        return None
    return dataclasses.replace(
        first,
        lines=first.lines + second.lines,
        fields=tuple(
            f"{above} {below}".strip()
            for above, below in itertools.zip_longest(
                first.fields, second.fields, fillvalue=""
            )
        ),
    )


def _holds_units(record: Record) -> bool:
    cells = [cell for cell in record.fields if cell.strip()]
    return bool(cells) and all(UNIT.fullmatch(cell) for cell in cells)


def _positions(width: int) -> tuple[str, ...]:
    return tuple(f"column {i + 1}" for i in range(width))


def _is_separator(record: Record) -> bool:
    return record.line == 1 and bool(SEPARATOR_LINE.fullmatch("".join(record.fields)))


def _usual_width(records: Sequence[Record]) -> int:
    """Return the width of most records below the lines that are one cell."""
    below = [*itertools.dropwhile(lambda record: len(record.fields) == 1, records)]
    widths = Counter(len(record.fields) for record in below or records)
    most = max(widths, key=lambda width: (widths[width], width), default=0)
    # What stands below a table does not make titles of its records. Asked only where
    # it matters: thousands of records are looked at cell by cell.
    if not below or len(below[0].fields) == most:
        return most
    return _width_of_table(below) or most


def _width_of_table(below: Sequence[Record]) -> int:
    """Return the width of the records that come first if they are a table, or 0."""
    width = len(below[0].fields)
    first = [*itertools.takewhile(lambda r: len(r.fields) == width, below)]
    is_telling = len(first) >= FEWEST_OF_A_TABLE and width >= TELLING_WIDTH
    return width if is_telling and _votes(first[0], first) > 0 else 0


def _candidate(searched: Sequence[Record], usual: int) -> Record | None:
    """Return the first record as wide as the others that is no padded title.

    Where nothing tells it from the records below, one that was spoilt may stand above.
    """
    least = used_width([r.fields for r in searched if len(r.fields) == usual])
    wide = [r for r in searched if len(r.fields) >= least]
    fullest = min(max((_filled(r) for r in wide), default=0), usual)
    found = next((r for r in wide if not _is_padded(r, fullest)), None)
    if found is None or _votes(found, searched) > 0:
        return found
    above = next((r for r in searched if r.line + r.lines == found.line), None)
    return found if above is None else spoilt_header(above, least) or found


def _is_padded(record: Record, fullest: int) -> bool:
    """Say whether a record is a title in its first cells and nothing in the others."""
    is_title = bool(record.fields[0].strip()) or not record.fields[-1].strip()
    return is_title and _filled(record) <= fullest * PADDED_SHARE


def _filled(record: Record) -> int:
    return sum(bool(cell.strip()) for cell in record.fields)


def _names_things(candidate: Record, searched: Sequence[Record]) -> bool:
    """Say whether a record differs from those below it as names do from values.

    Every column has a vote: a cell of another kind than the values below it is a name,
    one of the same kind is a value. Where no column tells, text is a name.
    """
    votes = _votes(candidate, searched)
    filled = [cell for cell in candidate.fields if cell.strip()]
    if votes:
        return votes > 0
    return bool(filled) and all(kind_of(cell) == TEXT for cell in filled)


def _votes(candidate: Record, searched: Sequence[Record]) -> int:
    below = [r.fields for r in searched if r.line > candidate.line]
    return sum(
        _vote(cell, [fields[i] for fields in below if i < len(fields)])
        for i, cell in enumerate(candidate.fields)
        if cell.strip()
    )


def _vote(cell: str, below: Sequence[str]) -> int:
    kinds = Counter(kind_of(value) for value in below if value.strip())
    if not kinds:
        return 0
    kind, count = kinds.most_common(1)[0]
    own = kind_of(cell)
    if own == TEXT:
        return int(kind != TEXT and count >= MOSTLY * kinds.total())
    if kind != own or _is_year_above_others(cell, below):
        return 1
    return -1


def _is_year_above_others(cell: str, below: Sequence[str]) -> bool:
    return bool(YEAR.fullmatch(cell.strip())) and not any(
        YEAR.fullmatch(value.strip()) for value in below
    )


def _named(
    record: Record, records: Sequence[Record], usual: int, confidence: float
) -> Header:
    written = _without_marks(record.fields)
    names = [clean_name(cell) for cell in written]
    while len(names) > max(usual, 1) and not names[-1]:
        names.pop()
    cells = tuple(map(_as_written, written[: len(names)]))
    wide = [r.fields for r in records if r is not record and len(r.fields) == usual]
    beyond = [any(cell.strip() for cell in fields[len(names) :]) for fields in wide]
    if len(names) < usual and not any(beyond):
        names.extend([""] * (usual - len(names)))
    if len(names) < usual and sum(beyond) > GLUED_SHARE * len(wide):
        names = list(_positions(usual))
    return Header(
        names=tuple(names),
        cells=cells,
        line=record.line,
        first_line=record.line + record.lines,
        confidence=confidence,
    )


def _without_marks(cells: Sequence[str]) -> Sequence[str]:
    """Return names without the same mark around each of them."""
    bare = [cell.strip() for cell in cells if cell.strip()]
    for mark in MARKS:
        if bare and all(len(c) > 1 and c[0] == c[-1] == mark for c in bare):
            return [cell.strip()[1:-1] for cell in cells]
    return cells


def _as_written(cell: str) -> str:
    return shown(cell.replace("\ufeff", "").replace("\x00", "").strip())


def clean_name(cell: str) -> str:
    """Return the text of a header's cell as people and databases may see it."""
    return shown(" ".join(cell.replace("\ufeff", "").replace("\x00", "").split()))
