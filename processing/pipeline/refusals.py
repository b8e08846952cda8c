"""Refused rows as values: where they stand in the file, and their raw record."""

import dataclasses
import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from processing.pipeline.blocks import Block, Layout
from processing.pipeline.casts import RANKS
from processing.pipeline.encoding import shown, source_length, spelled
from processing.pipeline.frames import RANK
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
        self._block = block
        self._layout = layout
        self._careful: dict[int, Record] = {r.line: r for r in block.scan.careful}

    @functools.cached_property
    def _lines(self) -> Sequence[bytes]:
        # Most blocks refuse nothing, and then need no lines.
        return lines_of(self._block.text, self._layout.dialect)

    @functools.cached_property
    def _window(self) -> Window:
        return Window(
            lines=self._lines,
            is_regular=[False] * len(self._lines),
            first_line=self._block.first_line,
            is_last=True,
            patience_bytes=PATIENCE_BYTES,
        )

    def fields_at(self, line: int) -> tuple[str, ...]:
        """Return the fields of the record that starts at a line."""
        if line in self._careful:
            return self._careful[line].fields
        index = line - self._block.first_line
        return cut_record(self._window, index, self._layout.dialect, width=None).fields

    def is_after_blank(self, line: int) -> bool:
        """Say whether the line above is a blank one."""
        index = line - self._block.first_line
        return index > 0 and not self._lines[index - 1].strip()

    def offsets_of(self, lines: Iterable[int]) -> Iterator[int]:
        """Yield where each of the lines, which ascend, begins in the file, in bytes."""
        offset, reached = self._block.source_start, 0
        for line in lines:
            index = line - self._block.first_line
            between = b"".join(self._lines[reached:index])
            offset += source_length(between, self._layout.encoding)
            reached = index
            yield offset


def describe(
    refusals: Sequence[Refusal],
    raw: RawRecords,
    *,
    headers: Sequence[str],
    columns: Mapping[str, tuple[int, ...]],
) -> tuple[Reject, ...]:
    """Return the rejects of a block. ``columns`` are the positions of each field."""
    offsets = raw.offsets_of(refusal.line for refusal in refusals)
    return tuple(
        _reject(refusal, raw.fields_at(refusal.line), offset, headers, columns)
        for refusal, offset in zip(refusals, offsets, strict=True)
    )


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
