"""What a person is shown of a file before it lands, and nothing of it too long.

The first records as text, what was detected with how surely and why, and for each
column what it was taken for with some of its values.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from processing.pipeline.findings import (
    Assumption,
    ColumnMatch,
    Hints,
    Question,
    Understanding,
)
from processing.pipeline.limits import Limits
from processing.pipeline.preview import GLANCE_BYTES, Preview, preview
from processing.pipeline.reader import understand
from processing.pipeline.readings import readings_of
from processing.pipeline.rounding import least_digits_of
from processing.pipeline.structure import Structure

# A screen of records, and as many columns as a file may have unless settings say more:
# some 3 MB if there are so many, for each of them may have to be asked about.
SHOWN_RECORDS, SHOWN_COLUMNS, SHOWN_REJECTS, SHOWN_SHEETS = 10, 2_000, 10, 100
SAMPLES = 3
# No text anybody can read holds a longer cell (design.md).
CELL_CHARS = 64
ELLIPSIS = "…"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was detected, how surely (0 to 1) and why, as a code."""

    value: str | int | None
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShownColumn:
    """A column, what it was taken for, and the first of its different values.

    ``readings`` says by convention what those values mean, as text in their order.
    """

    index: int
    header: str
    field: str | None
    confidence: float
    reason: str
    decimal_mark: str
    date_order: str
    samples: tuple[str, ...]
    readings: Mapping[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShownRecord:
    """A record as text, and the physical line it begins on."""

    line: int
    cells: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ShownReject:
    """A refused record among those shown."""

    line: int
    code: str
    excerpt: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """All of it. ``cells_cut`` were longer than shown; columns may have been left out.

    ``matched`` are all columns with their whole names, for programs to compare with.
    ``is_whole`` says that the file has no other records than these. ``sheet`` is the
    one of a workbook that is shown, else empty, and ``sheets`` are those that it has.
    """

    sheet: str
    sheets: tuple[str, ...]
    encoding: Finding
    delimiter: Finding
    quote: Finding
    line_ending: Finding
    header_line: Finding
    column_count: int
    columns: tuple[ShownColumn, ...]
    matched: tuple[ColumnMatch, ...]
    records: tuple[ShownRecord, ...]
    rejects: tuple[ShownReject, ...]
    assumptions: tuple[Assumption, ...]
    questions: tuple[Question, ...]
    cells_cut: int
    is_whole: bool


def glance(path: Path, hints: Hints, limits: Limits) -> Glance:
    """Return what the beginning of a file looks like, read as ``hints`` say.

    Raises ``FileError`` for a file that no answer could make readable.
    """
    seen = preview(path, hints, limits, records=SHOWN_RECORDS)
    understanding = understand(path, hints, limits, within=GLANCE_BYTES)
    structure = seen.structure
    found = findings_of(structure, hints)
    return Glance(
        sheet=cut(structure.sheet.name) if structure.sheet else "",
        sheets=tuple(map(cut, structure.sheets[:SHOWN_SHEETS])),
        encoding=found["encoding"],
        delimiter=found["delimiter"],
        quote=found["quote"],
        line_ending=found["line_ending"],
        header_line=found["header_line"],
        column_count=len(understanding.header),
        columns=_columns(understanding, seen, hints),
        matched=understanding.columns,
        records=_records(seen),
        rejects=_rejects(seen),
        assumptions=understanding.assumptions,
        questions=understanding.questions,
        cells_cut=_cells_cut(seen),
        is_whole=seen.is_whole,
    )


def findings_of(structure: Structure, hints: Hints) -> dict[str, Finding]:
    """Return what was detected of how a file lies, by the names of ``Glance``."""
    dialect, score = structure.judgement.dialect, structure.judgement.score
    return {
        "encoding": Finding(
            value=structure.encoding.name,
            confidence=structure.encoding.confidence,
            reason=structure.encoding.reason,
        ),
        "delimiter": Finding(
            value=dialect.delimiter,
            confidence=score,
            reason="told" if hints.delimiter else "cuts best",
        ),
        "quote": Finding(
            value=dialect.quote or "",
            confidence=1.0 if hints.quote is not None else score,
            reason="cuts best" if hints.quote is None else "told",
        ),
        "line_ending": Finding(
            value=dialect.line_ending, confidence=1.0, reason="most lines"
        ),
        "header_line": _header_line(structure, hints),
    }


def cut(cell: str) -> str:
    """Return a cell as it may be shown: what is longer ends in an ellipsis."""
    return cell if len(cell) <= CELL_CHARS else cell[: CELL_CHARS - 1] + ELLIPSIS


def _header_line(structure: Structure, hints: Hints) -> Finding:
    header = structure.header
    if hints.header_line is not None:
        reason = "told"
    elif not header.line:
        reason = "no line names the columns"
    else:
        reason = "known names" if header.confidence == 1 else "unlike what is below"
    return Finding(value=header.line, confidence=header.confidence, reason=reason)


def _columns(
    understanding: Understanding, seen: Preview, hints: Hints
) -> tuple[ShownColumn, ...]:
    return tuple(
        _column(
            column,
            understanding,
            samples=(samples := _samples(seen.records, column.index)),
            readings=readings_of(
                samples, hints, least_digits=least_digits_of(understanding.sheet)
            ),
        )
        for column in understanding.columns[:SHOWN_COLUMNS]
    )


def _column(
    column: ColumnMatch,
    understanding: Understanding,
    *,
    samples: tuple[str, ...],
    readings: Mapping[str, tuple[str, ...]],
) -> ShownColumn:
    field = column.field or ""
    return ShownColumn(
        index=column.index,
        header=cut(column.header),
        field=column.field,
        confidence=round(column.confidence, 2),
        reason=column.reason,
        decimal_mark=understanding.decimal_marks.get(field, ""),
        date_order=understanding.date_orders.get(field, ""),
        samples=samples,
        readings=readings,
    )


def _samples(records: Sequence[tuple[str, ...]], index: int) -> tuple[str, ...]:
    cells = (cut(cells[index].strip()) for cells in records if index < len(cells))
    return tuple(dict.fromkeys(cell for cell in cells if cell))[:SAMPLES]


def _records(seen: Preview) -> tuple[ShownRecord, ...]:
    return tuple(
        ShownRecord(line=line, cells=tuple(map(cut, cells[:SHOWN_COLUMNS])))
        for line, cells in zip(seen.lines, seen.records, strict=True)
    )


def _rejects(seen: Preview) -> tuple[ShownReject, ...]:
    return tuple(
        ShownReject(line=reject.line, code=reject.code, excerpt=reject.excerpt)
        for reject in seen.rejects[:SHOWN_REJECTS]
    )


def _cells_cut(seen: Preview) -> int:
    return sum(
        len(cell) > CELL_CHARS
        for cells in seen.records
        for cell in cells[:SHOWN_COLUMNS]
    )
