"""Sorting the lines of a stretch of text: regular records, other records, blanks."""

import dataclasses
import itertools
import re
from collections.abc import Sequence

from processing.pipeline.records import (
    Dialect,
    OpenQuoteError,
    Record,
    Window,
    cut_record,
)
from processing.pipeline.regular import UNIT, Regularity, as_line_feeds
from processing.pipeline.reprints import HeaderAgain

# How far a mark looks for its end. Cells with line feeds are far shorter.
PATIENCE_BYTES = 1 << 20
# What the marks of a file that never close may waste before each looks only so far.
WASTE_BYTES = 64 << 20
LITTLE_PATIENCE_BYTES = 4_096
LINE = re.compile(rb"[^\n]*\n")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What stands in a stretch of text, and how much of it is settled.

    ``regular`` holds the regular records, one a line, fields apart by ``separator``;
    ``regular_lines`` are their physical lines. ``careful`` are the others. ``headers``
    counts how often the header stood among them. What lies behind ``used_bytes`` begins
    with a record that needs more text.
    """

    regular: bytes
    separator: str
    regular_lines: Sequence[int]
    careful: tuple[Record, ...]
    blank: int
    headers: int
    used_bytes: int
    used_lines: int


@dataclasses.dataclass(slots=True)
class _Walk:
    """The state of a walk over the lines that are not regular."""

    is_regular: list[bool]
    used_lines: int
    careful: list[Record] = dataclasses.field(default_factory=list)
    blank: int = 0
    headers: int = 0


class Scanner:
    """Scans the text of one file in order; remembers what open marks have wasted.

    ``names`` are the columns': a line that says them again is no record.
    """

    def __init__(
        self,
        dialect: Dialect,
        *,
        width: int,
        field_bytes: int,
        names: Sequence[str] = (),
    ) -> None:
        self._dialect = dialect
        self._width = width
        self._field_bytes = field_bytes
        self._regularity = Regularity(dialect, width=width)
        self._header = HeaderAgain(names, dialect)
        self._waste_left = WASTE_BYTES
        self._emptiness = b" \t\r\n" + dialect.delimiter.encode()

    def scan(self, text: bytes, *, line: int, is_last: bool) -> Scan:
        """Return what stands in ``text``, whose first line is number ``line``.

        ``text`` ends with a line's end. ``is_last`` says that the file ends there, so
        that a mark still open is a flaw and does not ask for more.
        """
        if not text.strip(self._emptiness):
            return _nothing_but_blanks(text, len(lines_of(text, self._dialect)))
        is_short = not has_line_longer_than(text, self._field_bytes)
        if is_short and not self._header.is_in(text):
            plain = self._regularity.prove_all(text)
            if plain is not None:
                return _all_of(
                    text, plain, line=line, separator=self._dialect.delimiter
                )
            quoted = self._regularity.prove_quoted(text)
            if quoted is not None:
                return _all_of(text, quoted, line=line, separator=UNIT.decode())
        return self._scan_lines(text, line=line, is_last=is_last)

    def _scan_lines(self, text: bytes, *, line: int, is_last: bool) -> Scan:
        lines = lines_of(text, self._dialect)
        regular = self._regularity.prove_each(lines)
        if has_line_longer_than(text, self._field_bytes):
            regular = [
                proven and len(each) <= self._field_bytes
                for proven, each in zip(regular, lines, strict=True)
            ]
        if self._header.is_in(text):
            regular = [
                proven and not self._header.is_line(each)
                for proven, each in zip(regular, lines, strict=True)
            ]
        window = Window(
            lines=lines,
            is_regular=regular,
            first_line=line,
            is_last=is_last,
            patience_bytes=PATIENCE_BYTES
            if self._waste_left > 0
            else LITTLE_PATIENCE_BYTES,
        )
        walk = self._walk(window)
        used = lines[: walk.used_lines]
        numbers = range(line, line + walk.used_lines)
        return Scan(
            regular=as_line_feeds(
                self._regularity.bared(
                    b"".join(itertools.compress(used, walk.is_regular))
                ),
                self._dialect.line_ending.encode(),
            ),
            separator=self._dialect.delimiter,
            regular_lines=list(itertools.compress(numbers, walk.is_regular)),
            careful=tuple(walk.careful),
            blank=walk.blank,
            headers=walk.headers,
            used_bytes=sum(map(len, used)),
            used_lines=walk.used_lines,
        )

    def _walk(self, window: Window) -> _Walk:
        walk = _Walk(is_regular=list(window.is_regular), used_lines=len(window.lines))
        resume = 0
        others = [i for i, proven in enumerate(window.is_regular) if not proven]
        for index in others:
            if index < resume:
                continue
            if not window.lines[index].strip(self._emptiness):
                walk.blank += 1
                continue
            try:
                resume = self._take(window, index, walk)
            except OpenQuoteError:
                walk.used_lines = index
                break
        return walk

    def _take(self, window: Window, index: int, walk: _Walk) -> int:
        several = self._parted_by_returns(window, index)
        if several:
            walk.careful.extend(several)
            return index + 1
        record = cut_record(window, index, self._dialect, width=self._width)
        self._waste_left -= record.wasted_bytes
        end = index + record.lines
        walk.is_regular[index:end] = [False] * record.lines
        if not any(cell.strip() for cell in record.fields):
            walk.blank += 1
        elif self._header.is_record(record.fields):
            walk.headers += 1
        else:
            walk.careful.append(record)
        return end

    def _parted_by_returns(self, window: Window, index: int) -> list[Record]:
        line = window.lines[index]
        if b"\r" not in line.rstrip(b"\r\n"):
            return []
        parts = line.splitlines(keepends=True)
        if not all(self._regularity.prove_each(parts)):
            return []
        inner = dataclasses.replace(window, lines=parts, is_regular=[True] * len(parts))
        return [
            dataclasses.replace(
                cut_record(inner, part, self._dialect, width=self._width),
                line=window.first_line + index,
            )
            for part in range(len(parts))
        ]


def lines_of(text: bytes, dialect: Dialect) -> list[bytes]:
    """Return the lines with their ends, as line numbers count them.

    A lone carriage return ends a line only in a file whose lines end that way.
    """
    if dialect.line_ending == "\r" or text.count(b"\r") == text.count(b"\r\n"):
        return text.splitlines(keepends=True)
    return LINE.findall(text)


def has_line_longer_than(text: bytes, limit_bytes: int) -> bool:
    """Say whether some line may be longer, without cutting the text into lines."""
    position = 0
    while len(text) - position > limit_bytes:
        end = max(
            text.rfind(b"\n", position, position + limit_bytes),
            text.rfind(b"\r", position, position + limit_bytes),
        )
        if end < position:
            return True
        position = end + 1
    return False


def _all_of(
    text: bytes, proven: tuple[bytes, int], *, line: int, separator: str
) -> Scan:
    records, count = proven
    return Scan(
        regular=records,
        separator=separator,
        regular_lines=range(line, line + count),
        careful=(),
        blank=0,
        headers=0,
        used_bytes=len(text),
        used_lines=count,
    )


def _nothing_but_blanks(text: bytes, count: int) -> Scan:
    # Millions of blank lines below the sales are common enough to be counted at once.
    return Scan(
        regular=b"",
        separator="",
        regular_lines=range(0),
        careful=(),
        blank=count,
        headers=0,
        used_bytes=len(text),
        used_lines=count,
    )
