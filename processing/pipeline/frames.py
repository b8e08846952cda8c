"""Blocks of records as frames of text: one row a record, in file order.

Every record that is not blank becomes a row, refused ones too, so that nothing can be
lost between the file and the counts. ``flaw`` holds what is already known against one.
"""

import dataclasses
import re
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence

import polars as pl

from processing.pipeline.fields import FIELDS
from processing.pipeline.records import Record
from processing.pipeline.rejects import NUMBER_OF
from processing.pipeline.scanning import Scan

# Control characters but tabs and line ends, broken bytes, and text already lost. A
# lone carriage return is no line end.
ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffd]|\r(?!\n)")
# Where it ends the lines of a file, it does so inside of marks, too.
ODD_BETWEEN_RETURNS = re.compile(ODD.pattern.removesuffix("|\r(?!\n)"))
BROKEN = re.compile("[\ud800-\udfff\ufffd]")
# A verdict is one number: the rank of the column at fault, then the code. The lowest
# verdict of a row is the one reported.
RANK = 64
RECORD_RANK = 0
LINE = "line"
FLAW = "flaw"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which columns of a file are read, by position, and how they rank in a verdict.

    ``line_ending`` is what the lines of the file end with.
    """

    width: int
    columns: tuple[int, ...]
    ranks: Mapping[int, int]
    field_bytes: int
    line_ending: str = "\n"


def name_of(column: int) -> str:
    return f"c{column}"


def rank_of_column(column: int) -> int:
    """Return the rank of a column without a field: after all fields."""
    return 1 + len(FIELDS) + column


def verdict(rank: int, code: str) -> int:
    return rank * RANK + NUMBER_OF[code]


def frame_of(scan: Scan, selection: Selection) -> pl.DataFrame:
    """Return the records of a scan with ``line``, ``flaw`` and the chosen columns."""
    regular = _regular(scan, selection)
    if not scan.careful:
        return regular
    return pl.concat([regular, _careful(scan.careful, selection)]).sort(
        LINE, maintain_order=True
    )


def _regular(scan: Scan, selection: Selection) -> pl.DataFrame:
    if not scan.regular_lines:
        return pl.DataFrame(schema=_schema(selection))
    marks = _numbers(scan.regular_lines).alias(LINE)
    flaws = pl.lit(None, dtype=pl.Int32).alias(FLAW)
    if not selection.columns:
        return pl.select(marks, flaws)
    # Polars takes one mark away, also one that is the first sign of the first cell.
    regular = BOM_UTF8 + scan.regular if scan.regular[:3] == BOM_UTF8 else scan.regular
    texts = pl.read_csv(
        regular,
        separator=scan.separator,
        quote_char=None,
        has_header=False,
        schema={name_of(column): pl.String for column in range(selection.width)},
        columns=list(selection.columns),
    )
    # Proven regular, every line is one row; were it not so, stop rather than shift.
    assert len(marks) == texts.height  # noqa: S101
    for stand_in, meant in scan.stand_ins.items():
        texts = texts.with_columns(
            pl.all().str.replace_all(stand_in, meant, literal=True)
        )
    return texts.select(marks, flaws, *map(name_of, selection.columns))


def _numbers(lines: Sequence[int]) -> pl.Series:
    if isinstance(lines, range):
        return pl.int_range(lines.start, lines.stop, dtype=pl.Int64, eager=True)
    return pl.Series(lines, dtype=pl.Int64)


def _careful(records: Sequence[Record], selection: Selection) -> pl.DataFrame:
    flaws = [_flaw(record, selection) for record in records]
    data: dict[str, list[int] | list[int | None] | list[str | None]] = {
        LINE: [record.line for record in records],
        FLAW: flaws,
    }
    for column in selection.columns:
        data[name_of(column)] = [
            _cell(record, column, flaw)
            for record, flaw in zip(records, flaws, strict=True)
        ]
    return pl.DataFrame(data, schema=_schema(selection))


def _schema(selection: Selection) -> dict[str, type[pl.DataType]]:
    texts = {name_of(column): pl.String for column in selection.columns}
    return {LINE: pl.Int64, FLAW: pl.Int32, **texts}


def _cell(record: Record, column: int, flaw: int | None) -> str | None:
    if column >= len(record.fields):
        return None
    cell = record.fields[column]
    return cell if flaw is None else BROKEN.sub("\ufffd", cell)


def _flaw(record: Record, selection: Selection) -> int | None:
    if record.flaw:
        return verdict(RECORD_RANK, record.flaw)
    verdicts = [
        verdict(selection.ranks[column], code)
        for column, cell in enumerate(record.fields[: selection.width])
        if (code := _cell_flaw(cell, selection))
    ]
    return min(verdicts, default=None)


def _cell_flaw(cell: str, selection: Selection) -> str:
    limit_bytes = selection.field_bytes
    # A character is at least one byte, so only long cells are measured exactly.
    if len(cell) * 4 > limit_bytes and _size(cell) > limit_bytes:
        return "field_too_long"
    odd = ODD_BETWEEN_RETURNS if selection.line_ending == "\r" else ODD
    if odd.search(cell) is None:
        return ""
    return "bad_encoding" if BROKEN.search(cell) else "control_character"


def _size(cell: str) -> int:
    return len(cell.encode("utf-8", "surrogatepass"))
