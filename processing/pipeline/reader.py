"""The face of the pipeline: understand a file, then read it in batches."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from processing.pipeline.batches import Batch, ReadOptions
from processing.pipeline.blocks import blocks_of_file
from processing.pipeline.columns import Matching, match_columns
from processing.pipeline.errors import FileError
from processing.pipeline.fields import REQUIRED
from processing.pipeline.findings import Assumption, Hints, Understanding
from processing.pipeline.footnotes import footnotes_of
from processing.pipeline.frames import (
    FLAW,
    LINE,
    Selection,
    frame_of,
    rank_of_column,
)
from processing.pipeline.limits import Limits
from processing.pipeline.rounding import least_digits_of
from processing.pipeline.rows import RowReader, layout_of
from processing.pipeline.structure import Structure, find_structure
from processing.pipeline.survey import (
    Conventions,
    settle_conventions,
    survey_frames,
    surveyed_columns,
)

# Large enough that per-block costs vanish, small enough that a few fit anywhere: about
# 70,000 rows of a usual sales file.
BLOCK_BYTES = 8 << 20
# The first rows are ready sooner than those of a whole block, and who lands them can
# begin; each of the next blocks is twice as long.
FIRST_BLOCK_BYTES = 1 << 20


def understand(
    path: Path, hints: Hints, limits: Limits, *, within: int | None = None
) -> Understanding:
    """Return how a file is to be read, having gone through all of it once.

    With ``within``, a guess from about so many bytes of its beginning, which counts
    bytes and values of no more than these.

    Opens questions instead of guessing; what was supposed is listed as assumptions.
    Raises ``FileError`` for what no answer could make readable.
    """
    structure = find_structure(path, hints, limits, within=within)
    matching = match_columns(structure.header.names, hints, records=structure.records)
    passage = _Passage(structure, matching, limits)
    frames = passage.frames(path, block_bytes=within or BLOCK_BYTES)
    if within is not None:
        frames = itertools.islice(frames, 1)
    survey = survey_frames(
        frames, matching.columns, least_digits=least_digits_of(structure.sheet)
    )
    if not passage.records:
        raise FileError("empty_file")
    conventions = settle_conventions(survey, matching.columns, hints)
    return _understanding(
        structure, matching, conventions, hints=hints, total_bytes=passage.total_bytes
    )


class _Passage:
    """One walk over the whole file; knows afterwards how much there was."""

    def __init__(
        self, structure: Structure, matching: Matching, limits: Limits
    ) -> None:
        width = len(structure.header.names)
        self._limits = limits
        self._sheet = structure.sheet
        self._layout = structure.layout
        self._selection = Selection(
            width=width,
            columns=surveyed_columns(matching.columns),
            ranks={column: rank_of_column(column) for column in range(width)},
            field_bytes=limits.field_bytes,
            line_ending=structure.judgement.dialect.line_ending,
        )
        self.records = 0
        self.total_bytes = 0

    def frames(self, path: Path, *, block_bytes: int) -> Iterator[pl.DataFrame]:
        """Yield the columns to survey of every record that is not refused."""
        blocks = blocks_of_file(
            path,
            self._layout,
            self._limits,
            sheet=self._sheet,
            sizes=itertools.repeat(block_bytes),
        )
        for block in blocks:
            self.total_bytes = block.source_end
            self.records += len(block.scan.regular_lines) + len(block.scan.careful)
            if self.records > self._limits.rows:
                raise FileError("too_many_rows", limit=self._limits.rows)
            frame = frame_of(block.scan, self._selection)
            if block.scan.careful:
                frame = frame.filter(frame[FLAW].is_null())
            if footnotes := footnotes_of(block, self._layout):
                frame = frame.filter(~frame[LINE].is_in(footnotes))
            yield frame


def _understanding(
    structure: Structure,
    matching: Matching,
    conventions: Conventions,
    *,
    hints: Hints,
    total_bytes: int,
) -> Understanding:
    dialect, header = structure.judgement.dialect, structure.header
    return Understanding(
        encoding=structure.encoding.name,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        escape=dialect.escape,
        line_ending=dialect.line_ending,
        header_line=header.line,
        first_line=header.first_line,
        header=header.names,
        columns=matching.columns,
        assumptions=(
            *_assumed_sheet(structure),
            *matching.assumptions,
            *conventions.assumptions,
        ),
        questions=(*matching.questions, *conventions.questions),
        decimal_marks=conventions.marks,
        date_orders=conventions.orders,
        time_zone=hints.time_zone,
        today=hints.today,
        currency=hints.currency,
        defaults=hints.defaults,
        mark_bytes=structure.encoding.mark_bytes,
        total_bytes=total_bytes,
        confidence=_confidence(structure, matching),
        sheet=structure.sheet,
    )


def _assumed_sheet(structure: Structure) -> tuple[Assumption, ...]:
    if structure.sheet is None or not structure.is_sheet_assumed:
        return ()
    name = structure.sheet.name
    return (Assumption(kind="sheet", column=name, assumed="sheet", values=0),)


def _confidence(structure: Structure, matching: Matching) -> float:
    """Return the confidence of the weakest link: each one can shift every value."""
    required = [c.confidence for c in matching.columns if c.field in REQUIRED]
    links = (structure.encoding.confidence, structure.header.confidence, *required)
    return round(min(links), 2)


def read_batches(
    path: Path, understanding: Understanding, options: ReadOptions
) -> Iterator[Batch]:
    """Yield the rows of a file in batches, in order; every record is in one of them.

    The file is open while the iterator is. Raises ``FileError`` when a limit breaks,
    with all batches before it already handed over.
    """
    rows = RowReader(understanding, options)
    blocks = blocks_of_file(
        path,
        layout_of(understanding),
        options.limits,
        sheet=understanding.sheet,
        sizes=_growing(),
    )
    for block in blocks:
        yield rows.read(block)


def _growing() -> Iterator[int]:
    size = FIRST_BLOCK_BYTES
    while size < BLOCK_BYTES:
        yield size
        size *= 2
    yield from itertools.repeat(BLOCK_BYTES)
