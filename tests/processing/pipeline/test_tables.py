"""Any table of any text, however it is written, is read back cell by cell."""

import contextlib
import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from processing.pipeline.blocks import Layout, blocks_of_file
from processing.pipeline.frames import (
    FLAW,
    LINE,
    Selection,
    frame_of,
    name_of,
    rank_of_column,
)
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.records import STAND_IN, Dialect
from tests.processing.pipeline.styles import (
    ENCODINGS,
    REFUSED,
    STYLES,
    Row,
    Style,
    can_hold,
    lines_of_rows,
    tables,
)

# A file is read in pieces that end anywhere, also inside of a character.
PIECES = st.sampled_from([5, 64, 1 << 20])
WRITTEN = st.sampled_from(sorted(ENCODINGS)).flatmap(
    lambda encoding: st.tuples(st.just(encoding), tables(encoding))
)


@contextlib.contextmanager
def on_disk(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content)
        yield path


def read_back(
    content: bytes, style: Style, encoding: str, *, width: int, piece_bytes: int
) -> list[tuple[int, Row | None]]:
    """Return line and cells of each record that is not blank; no cells if refused."""
    layout = Layout(
        dialect=Dialect(
            delimiter=style.delimiter,
            quote=style.quote,
            escape=style.escape or None,
            line_ending=style.ending,
        ),
        encoding=encoding,
        width=width,
        first_line=1,
    )
    selection = Selection(
        width=width,
        columns=tuple(range(width)),
        ranks={column: rank_of_column(column) for column in range(width)},
        field_bytes=DEFAULT_LIMITS.field_bytes,
        line_ending=style.ending,
    )
    names = [name_of(column) for column in range(width)]
    read: list[tuple[int, Row | None]] = []
    with on_disk(content) as path:
        sizes = itertools.repeat(piece_bytes)
        for block in blocks_of_file(
            path, layout, DEFAULT_LIMITS, sheet=None, sizes=sizes
        ):
            for row in frame_of(block.scan, selection).iter_rows(named=True):
                cells = tuple(row[name] or "" for name in names)
                if row[FLAW] is not None:
                    read.append((row[LINE], None))
                elif any(cell.strip() for cell in cells):
                    read.append((row[LINE], cells))
    return read


def expected(rows: list[Row], style: Style) -> list[tuple[int, Row | None]]:
    return [
        (line, None if is_refused(row, style) else tuple(map(style.kept, row)))
        for line, row in zip(lines_of_rows(rows, style, first=1), rows, strict=False)
        if any(cell.strip() for cell in row)
    ]


def is_refused(row: Row, style: Style) -> bool:
    stands_in = len(style.delimiter) > 1 and STAND_IN in "".join(row)
    return bool(REFUSED.search("".join(row))) or stands_in


@settings(max_examples=150, deadline=None)
@given(WRITTEN, STYLES, PIECES)
@example(("utf-8", [("\ufeff", "a")]), Style(), 64)
@example(("utf-8", [("a\nb", "c")]), Style(ending="\r", breaks_as_lines_end=True), 64)
@example(("utf-8", [("\x1f", "b")]), Style(delimiter="\x01", is_always_quoted=True), 64)
@example(("utf-8", [("\x01", "b")]), Style(delimiter="\x01"), 64)
@example(("utf-8", [("C:\\v", "b")]), Style(escape="\\", is_always_quoted=True), 64)
def test_a_table_reads_back_equal_cell_by_cell(
    written: tuple[str, list[Row]], style: Style, piece_bytes: int
) -> None:
    encoding, rows = written
    assume(can_hold(encoding, style.delimiter))
    content = style.written(rows).encode(encoding)

    read = read_back(
        content,
        style,
        ENCODINGS[encoding],
        width=len(rows[0]),
        piece_bytes=piece_bytes,
    )

    assert read == expected(rows, style)
