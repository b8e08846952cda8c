"""What the pipeline sees in any delimited file, as text: no fields, nothing typed.

Detection and reading are the pipeline's own, so that what is shown here is what would
be landed, whether or not the columns are those of a sale.
"""

import dataclasses
import itertools
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from processing.pipeline.blocks import Block, blocks_of_file
from processing.pipeline.casts import VERDICT
from processing.pipeline.encode import RECORD
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints
from processing.pipeline.footnotes import footnotes_of
from processing.pipeline.frames import (
    FLAW,
    LINE,
    Selection,
    frame_of,
    name_of,
    rank_of_column,
)
from processing.pipeline.limits import Limits
from processing.pipeline.refusals import RawRecords, Rejects
from processing.pipeline.rejects import Reject
from processing.pipeline.structure import Structure, find_structure

# Most previews want the first records only: a small block is read for them. The whole
# file is read in blocks as large as the pipeline's.
GLANCE_BYTES = 1 << 20
BLOCK_BYTES = 8 << 20
ALL = 0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The first records of a file and the refused ones among them.

    ``records`` are as wide as ``structure.header`` names columns, less what trailing
    delimiters add; absent cells are empty. ``lines`` are where they stand, one a
    record. ``is_whole`` says that nothing of the file lies behind them; ``aside`` then
    counts what is no record: blank lines, footnotes, and the header where it is again.
    """

    structure: Structure
    records: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    rejects: tuple[Reject, ...]
    is_whole: bool
    aside: int = 0


def preview(path: Path, hints: Hints, limits: Limits, *, records: int) -> Preview:
    """Return the first ``records`` records of a file that are not refused, or ``ALL``.

    Rejects are those that stand before the last record shown. Raises ``FileError`` for
    a file that no answer could make readable.
    """
    structure = find_structure(path, hints, limits)
    reader = _Reader(structure, limits)
    good: list[tuple[str, ...]] = []
    lines: list[int] = []
    rejects: list[Reject] = []
    is_whole = True
    for block in reader.blocks(path, GLANCE_BYTES if records else BLOCK_BYTES):
        numbers, rows, refused = reader.read(block)
        lines += numbers
        good += rows
        rejects += refused
        if records and len(good) > records:
            rejects = [r for r in rejects if r.line < lines[records]]
            is_whole = False
            break
    shown = records or len(good)
    return Preview(
        structure=structure,
        records=tuple(good[:shown]),
        lines=tuple(lines[:shown]),
        rejects=tuple(rejects),
        is_whole=is_whole,
        aside=reader.aside,
    )


class _Reader:
    """Reads every column of the blocks of one file, in order; counts the records."""

    def __init__(self, structure: Structure, limits: Limits) -> None:
        width = len(structure.header.names)
        self._limits = limits
        self._sheet = structure.sheet
        self._headers = structure.header.names
        self._layout = structure.layout
        self._selection = Selection(
            width=width,
            columns=tuple(range(width)),
            ranks={column: rank_of_column(column) for column in range(width)},
            field_bytes=limits.field_bytes,
            line_ending=structure.judgement.dialect.line_ending,
        )
        self._named = len(structure.header.cells)
        self._records = 0
        self.aside = 0

    def blocks(self, path: Path, block_bytes: int) -> Iterator[Block]:
        return blocks_of_file(
            path,
            self._layout,
            self._limits,
            sheet=self._sheet,
            sizes=itertools.repeat(block_bytes),
        )

    def read(
        self, block: Block
    ) -> tuple[list[int], list[tuple[str, ...]], tuple[Reject, ...]]:
        """Return the lines and cells of the good records of a block, and the others."""
        frame = frame_of(block.scan, self._selection)
        footnotes = footnotes_of(block, self._layout)
        self.aside += block.scan.blank + block.scan.headers + len(footnotes)
        if footnotes:
            frame = frame.filter(~frame[LINE].is_in(footnotes))
        frame = frame.with_row_index(RECORD, offset=self._records + 1)
        self._records += frame.height
        if self._records > self._limits.rows:
            raise FileError("too_many_rows", limit=self._limits.rows)
        good = frame.filter(pl.col(FLAW).is_null())
        names = [name_of(column) for column in self._selection.columns]
        cells = good.select(pl.col(names).fill_null(""))
        rows = [self._trimmed(row) for row in cells.iter_rows()]
        return good[LINE].to_list(), rows, self._refused(frame, block)

    def _trimmed(self, row: tuple[str, ...]) -> tuple[str, ...]:
        named = self._named or len(row)
        return row if any(row[named:]) else row[:named]

    def _refused(self, frame: pl.DataFrame, block: Block) -> tuple[Reject, ...]:
        refused = frame.filter(pl.col(FLAW).is_not_null())
        rejects = Rejects(
            refused.rename({FLAW: VERDICT}),
            RawRecords(block, self._layout),
            headers=self._headers,
            columns={},
        )
        return tuple(rejects)
