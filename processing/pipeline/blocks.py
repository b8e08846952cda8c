"""A file as blocks of records, each beginning exactly where the one before it ended.

If a file stops being regular half-way, only its irregular lines cost more; none is
lost or seen twice.
"""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

from processing.pipeline.encoding import Piece, pieces, source_length
from processing.pipeline.errors import FileError
from processing.pipeline.findings import SheetChoice
from processing.pipeline.limits import Limits
from processing.pipeline.lines import has_line_longer_than
from processing.pipeline.records import PATIENCE_BYTES, Dialect
from processing.pipeline.scanning import Scan, Scanner
from processing.pipeline.source import open_source

# Above this many lines a piece is taken in parts, or a file of line feeds would become
# millions of small objects; and where a scan was crowded, or each would look at lines
# that the next ones look at again. A part is longer than any quotation mark looks.
MOST_LINES = 250_000
PART_BYTES = 2 * PATIENCE_BYTES
# The end of a file is taken together with what stands before it if it is shorter than
# this share of it: what stands below a table is judged with the table in sight.
SHORT_SHARE = 1 / 4
FEED = re.compile(rb"\n")
RETURN = re.compile(rb"\r\n|\n|\r")
# Where a piece ends with a return, its line feed may be in the next one.
RETURN_OR_HALF = re.compile(rb"\r\n|\n|\r(?!\Z)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the records of a file lie: dialect, encoding, fields a record, first line.

    ``source_start`` is how many bytes of the file are its byte order mark. ``names``
    are what the columns are called.
    """

    dialect: Dialect
    encoding: str
    width: int
    first_line: int
    source_start: int = 0
    names: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Some records in file order, and where they came from.

    ``text`` is all of it as UTF-8; its first line is ``first_line``. ``source_start``
    and ``source_end`` are its place in the file, in bytes. ``is_last`` says that the
    file ends with it.
    """

    scan: Scan
    text: bytes
    first_line: int
    source_start: int
    source_end: int
    is_last: bool


def blocks_of_file(
    path: Path,
    layout: Layout,
    limits: Limits,
    *,
    sheet: SheetChoice | None,
    sizes: Iterator[int],
) -> Iterator[Block]:
    """Yield the blocks of a file or of a workbook's sheet, read in pieces of ``sizes``.

    The file is open while the iterator is. Raises ``FileError`` as ``read_blocks``
    does, and for what cannot be opened.
    """
    with open_source(path, limits, sheet=sheet or SheetChoice()) as stream:
        texts = pieces(stream, layout.encoding, sizes=sizes, start=layout.source_start)
        yield from read_blocks(texts, layout, limits)


def read_blocks(
    pieces: Iterator[Piece], layout: Layout, limits: Limits
) -> Iterator[Block]:
    """Yield the records of a file block by block; together they are all of it.

    Raises ``FileError`` if a line is longer than a line may be.
    """
    scanner = _scanner(layout, limits)
    text, line, source, is_crowded = b"", 1, layout.source_start, False
    for piece, is_last in _marking_last(pieces):
        text += piece.text
        added = _missing_end(text, layout.dialect) if is_last else b""
        text += added
        terminator = _terminator(layout.dialect, is_last=is_last)
        skip, skipped = _lines_before(text, layout.first_line - line, terminator)
        source += source_length(text[:skip], layout.encoding)
        text, line = text[skip:], line + skipped
        while end := _end_of_part(
            text, layout.dialect, is_last=is_last, is_crowded=is_crowded
        ):
            part = text[:end]
            _check_lines(part, line, limits)
            scan = scanner.scan(part, line=line, is_last=is_last and end == len(text))
            is_crowded = scan.is_crowded
            if not scan.used_bytes:
                break
            text = text[scan.used_bytes :]
            ahead = text.removesuffix(added)
            ended = piece.source_end - source_length(ahead, layout.encoding)
            yield Block(
                scan=scan,
                text=part[: scan.used_bytes],
                first_line=line,
                source_start=source,
                source_end=ended,
                is_last=is_last and not text,
            )
            line, source = line + scan.used_lines, ended
        _check_lines(text, line, limits)


def _scanner(layout: Layout, limits: Limits) -> Scanner:
    return Scanner(
        layout.dialect,
        width=layout.width,
        field_bytes=limits.field_bytes,
        names=layout.names,
    )


def _marking_last(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, bool]]:
    previous = next(pieces, None)
    if previous is None:
        return
    is_whole = True
    for piece in pieces:
        if is_whole and len(piece.text) < SHORT_SHARE * len(previous.text):
            previous, is_whole = _as_one(previous, piece), False
            continue
        yield previous, False
        previous, is_whole = piece, True
    yield previous, True


def _as_one(first: Piece, second: Piece) -> Piece:
    return Piece(
        text=first.text + second.text,
        is_damaged=first.is_damaged or second.is_damaged,
        source_end=second.source_end,
    )


def _terminator(dialect: Dialect, *, is_last: bool) -> re.Pattern[bytes]:
    """Return what ends a line, as ``lines_of`` has it."""
    if dialect.line_ending != "\r":
        return FEED
    return RETURN if is_last else RETURN_OR_HALF


def _lines_before(
    text: bytes, count: int, terminator: re.Pattern[bytes]
) -> tuple[int, int]:
    """Return where the line after ``count`` lines begins, and how many there were."""
    position = skipped = 0
    while skipped < count:
        match = terminator.search(text, position)
        if match is None:
            break
        position, skipped = match.end(), skipped + 1
    return position, skipped


def _missing_end(text: bytes, dialect: Dialect) -> bytes:
    if dialect.line_ending == "\r":
        return b"" if text.endswith((b"\r", b"\n")) else b"\r"
    return b"" if text.endswith(b"\n") else b"\n"


def _end_of_part(
    text: bytes, dialect: Dialect, *, is_last: bool, is_crowded: bool
) -> int:
    mark = b"\r" if dialect.line_ending == "\r" else b"\n"
    most = PART_BYTES * (1 + SHORT_SHARE) if is_crowded else len(text)
    if len(text) <= most and text.count(mark) <= MOST_LINES:
        return len(text) if is_last else text.rfind(mark) + 1
    return text.rfind(mark, 0, PART_BYTES) + 1 or text.find(mark) + 1


def _check_lines(text: bytes, line: int, limits: Limits) -> None:
    if not has_line_longer_than(text, limits.line_bytes):
        return
    lines = re.finditer(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)", text)
    above = next(n for n, m in enumerate(lines) if len(m.group()) > limits.line_bytes)
    raise FileError("line_too_long", line=line + above, limit=limits.line_bytes)
