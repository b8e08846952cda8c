"""Refused rows as values: where they stand in the file, and their raw record."""

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

from processing.pipeline.blocks import Block, Layout
from processing.pipeline.casts import RANKS, VERDICT
from processing.pipeline.encode import RECORD
from processing.pipeline.encoding import shown, source_length, spelled
from processing.pipeline.frames import LINE, RANK
from processing.pipeline.lines import lines_of
from processing.pipeline.records import (
    PATIENCE_BYTES,
    Record,
    Window,
    cut_record,
)
from processing.pipeline.rejects import EXCERPT_CHARS, REFUSALS, Reject

# In an excerpt, which stands in a line of its own, all control characters are shown.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
FIELD_OF_RANK = {rank: name for name, rank in RANKS.items()}
FIRST_FREE_RANK = 1 + len(RANKS)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A row with a verdict: its physical line, record number and verdict."""

    line: int
    record: int
    verdict: int


class RawRecords:
    """The records of one block as they stand in the file, found by line."""

    def __init__(self, block: Block, layout: Layout) -> None:
        # Not the block: its regular records are of no use here, and may be many.
        self._text = block.text
        self._first_line = block.first_line
        self._source_start = block.source_start
        self._layout = layout
        self._careful: dict[int, Record] = {r.line: r for r in block.scan.careful}

    @functools.cached_property
    def _lines(self) -> Sequence[bytes]:
        # Most blocks refuse nothing, and then need no lines.
        return lines_of(self._text, self._layout.dialect)

    @functools.cached_property
    def _window(self) -> Window:
        return Window(
            lines=self._lines,
            is_regular=[False] * len(self._lines),
            first_line=self._first_line,
            is_last=True,
            patience_bytes=PATIENCE_BYTES,
        )

    def fields_at(self, line: int) -> tuple[str, ...]:
        """Return the fields of the record that starts at a line."""
        if line in self._careful:
            return self._careful[line].fields
        index = line - self._first_line
        return cut_record(self._window, index, self._layout.dialect, width=None).fields

    def is_after_blank(self, line: int) -> bool:
        """Say whether the line above is a blank one."""
        index = line - self._first_line
        return index > 0 and not self._lines[index - 1].strip()

    def offsets_of(self, lines: Iterable[int]) -> Iterator[int]:
        """Yield where each of the lines, which ascend, begins in the file, in bytes."""
        offset, reached = self._source_start, 0
        for line in lines:
            index = line - self._first_line
            between = b"".join(self._lines[reached:index])
            offset += source_length(between, self._layout.encoding)
            reached = index
            yield offset


class Rejects:
    """The refused rows of a block in file order, described while somebody reads them.

    Described, they take many times the memory of their text, and a block may be nothing
    else. ``refused`` has the record, line and verdict of each; ``columns`` are the
    positions of each field.
    """

    def __init__(
        self,
        refused: pl.DataFrame,
        raw: RawRecords,
        *,
        headers: Sequence[str],
        columns: Mapping[str, tuple[int, ...]],
    ) -> None:
        self._refused = refused.select(RECORD, LINE, VERDICT)
        self._raw = raw
        self._headers = headers
        self._columns = columns

    def __len__(self) -> int:
        return self._refused.height

    def __iter__(self) -> Iterator[Reject]:
        raw, headers, columns = self._raw, self._headers, self._columns
        offsets = raw.offsets_of(self._refused[LINE])
        rows = self._refused.iter_rows()
        for (record, line, verdict), offset in zip(rows, offsets, strict=True):
            refusal = Refusal(record=record, line=line, verdict=verdict)
            yield _reject(refusal, raw.fields_at(line), offset, headers, columns)

    def counts(self) -> Counter[str]:
        """Return how many there are of each code."""
        found = (self._refused[VERDICT] % RANK).value_counts()
        return Counter({REFUSALS[code]: count for code, count in found.iter_rows()})


def _reject(
    refusal: Refusal,
    fields: tuple[str, ...],
    offset: int,
    headers: Sequence[str],
    columns: Mapping[str, tuple[int, ...]],
) -> Reject:
    rank, code = divmod(refusal.verdict, RANK)
    places = _places(rank, columns)
    cells = [fields[place] for place in places if place < len(fields)]
    return Reject(
        line=refusal.line,
        record=refusal.record,
        byte_offset=offset,
        column=_column(rank, places, headers),
        code=REFUSALS[code],
        excerpt=_excerpt(" ".join(cells) if rank else " | ".join(fields)),
        raw=tuple(map(shown, fields)),
    )


def _places(rank: int, columns: Mapping[str, tuple[int, ...]]) -> tuple[int, ...]:
    if rank >= FIRST_FREE_RANK:
        return (rank - FIRST_FREE_RANK,)
    return columns.get(FIELD_OF_RANK.get(rank, ""), ())


def _column(rank: int, places: Sequence[int], headers: Sequence[str]) -> str:
    """Return the header at fault; the field's own name where the file has no column."""
    return headers[places[0]] if places else FIELD_OF_RANK.get(rank, "")


def _excerpt(text: str) -> str:
    # Cut first, so that a long cell costs nothing; showing may make it longer again.
    visible = shown(text[:EXCERPT_CHARS].strip())
    return CONTROL.sub(spelled, visible)[:EXCERPT_CHARS]
