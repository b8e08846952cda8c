"""Which line names the columns, and where the records begin."""

import dataclasses
import re
from collections import Counter
from collections.abc import Sequence

from processing.pipeline.dialect import SEPARATOR_LINE
from processing.pipeline.encoding import shown
from processing.pipeline.records import Record
from processing.pipeline.synonyms import fields_of

# Titles and company addresses above a header take fewer lines than this.
SEARCHED_RECORDS = 40
# With two known names a line is a header, whatever stands above it.
ENOUGH_KNOWN = 2
NOT_A_NAME = re.compile(
    r"\s*[-+($]*\s*[0-9][0-9.,' ]*[%)]?-?\s*"
    r"|\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*"
    r"|\s*[0-9]{1,2}:[0-9]{2}.*|.*@.*\..*|\s*(?:true|false|null|n/a)\s*",
    re.IGNORECASE,
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The names of the columns. ``line`` is 0 where the file names none.

    ``first_line`` is where records begin, ``width`` how many fields they have.
    """

    names: tuple[str, ...]
    line: int
    first_line: int
    confidence: float


def find_header(records: Sequence[Record], *, line: int | None) -> Header:
    """Return the header among the first records of a file; ``line`` overrules it.

    Without one, columns are called by their position. Width follows the records where
    the header merely has trailing delimiters more or less than they.
    """
    searched = [r for r in records if not _is_separator(r)][:SEARCHED_RECORDS]
    usual = _usual_width(searched)
    told = next((r for r in searched if r.line == line), None)
    if told is not None:
        return _named(told, records, usual, 1.0)
    known = [(_known(record), record) for record in searched]
    most = max((count for count, _ in known), default=0)
    if most >= ENOUGH_KNOWN:
        first = next(record for count, record in known if count == most)
        return _named(first, records, usual, 1.0)
    candidate = next((r for r in searched if len(r.fields) >= usual), None)
    if candidate is not None and line != 0 and _names_things(candidate):
        return _named(candidate, records, usual, 0.7)
    begin = searched[0].line if searched else 1
    names = tuple(f"column {i + 1}" for i in range(usual))
    return Header(names=names, line=0, first_line=begin, confidence=0.6)


def _is_separator(record: Record) -> bool:
    return record.line == 1 and bool(SEPARATOR_LINE.fullmatch("".join(record.fields)))


def _usual_width(records: Sequence[Record]) -> int:
    widths = Counter(len(record.fields) for record in records)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _known(record: Record) -> int:
    return len({field for cell in record.fields for field in fields_of(cell)})


def _names_things(record: Record) -> bool:
    cells = [cell for cell in record.fields if cell.strip()]
    return bool(cells) and not any(NOT_A_NAME.fullmatch(cell) for cell in cells)


def _named(
    record: Record, records: Sequence[Record], usual: int, confidence: float
) -> Header:
    names = [_clean(cell) for cell in record.fields]
    while len(names) > max(usual, 1) and not names[-1]:
        names.pop()
    beyond = [cell for r in records for cell in r.fields[len(names) : usual]]
    if len(names) < usual and not any(cell.strip() for cell in beyond):
        names.extend([""] * (usual - len(names)))
    return Header(
        names=tuple(names),
        line=record.line,
        first_line=record.line + record.lines,
        confidence=confidence,
    )


def _clean(cell: str) -> str:
    return shown(" ".join(cell.replace("\ufeff", "").replace("\x00", "").split()))
