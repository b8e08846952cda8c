"""No record is lost in silence: counted anew for every file that a test reads whole.

Reading is one function and so is the preview. From the start of a test run both are
watched: when a file has been read to its end, what they say it holds must be what
``oracle`` counts in it. No test has to ask for that, and none can forget to.
"""

import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from processing.pipeline import preview as previewing
from processing.pipeline import reader
from processing.pipeline.batches import Batch, ReadOptions
from processing.pipeline.blocks import Layout
from processing.pipeline.findings import SheetChoice, Understanding
from processing.pipeline.preview import Preview
from processing.pipeline.rows import layout_of
from tests.processing.oracle import Counted, Writing, count_records

# Nobody walks over more than this character by character in a test.
LARGEST_BYTES = 64 << 20


def watch() -> None:
    """Have both watched, wherever they are called. Calling it twice changes nothing."""
    _put_in_place(reader.read_batches, watched_reading(reader.read_batches))
    _put_in_place(previewing.preview, watched_preview(previewing.preview))


def _put_in_place(original: Callable[..., Any], watched: Callable[..., Any]) -> None:
    if hasattr(original, "__wrapped__"):
        return
    for module in list(sys.modules.values()):
        if getattr(module, original.__name__, None) is original:
            setattr(module, original.__name__, watched)


def watched_reading(
    read: Callable[[Path, Understanding, ReadOptions], Iterator[Batch]],
) -> Callable[[Path, Understanding, ReadOptions], Iterator[Batch]]:
    @functools.wraps(read)
    def read_and_count(
        path: Path, understanding: Understanding, options: ReadOptions
    ) -> Iterator[Batch]:
        records = blank = 0
        for batch in read(path, understanding, options):
            assert batch.records_read == batch.accepted + len(batch.rejects)
            # Footnotes and headers that stand again are records set aside.
            records += batch.records_read + batch.footnotes + batch.headers
            blank += batch.blank
            yield batch
        counted = counted_in(path, layout_of(understanding), understanding.sheet)
        if counted is not None:
            assert Counted(records=records, blank=blank) == counted, path.name

    return read_and_count


def watched_preview(look: Callable[..., Preview]) -> Callable[..., Preview]:
    @functools.wraps(look)
    def look_and_count(path: Path, *arguments: Any, **options: Any) -> Preview:
        seen = look(path, *arguments, **options)
        structure = seen.structure
        if seen.is_whole:
            counted = counted_in(path, structure.layout, structure.sheet)
            found = len(seen.records) + len(seen.rejects) + seen.aside
            if counted is not None:
                assert found == counted.records + counted.blank, path.name
        return seen

    return look_and_count


def counted_in(path: Path, layout: Layout, sheet: SheetChoice | None) -> Counted | None:
    """Return what a file holds, or nothing if it is too large to be walked over."""
    if path.stat().st_size > LARGEST_BYTES:
        return None
    dialect = layout.dialect
    return count_records(
        path,
        Writing(
            encoding=layout.encoding,
            delimiter=dialect.delimiter,
            quote=dialect.quote or "",
            escape=dialect.escape or "",
            line_ending=dialect.line_ending,
            width=layout.width,
            first_line=layout.first_line,
            sheet=sheet.name if sheet else "",
        ),
    )
