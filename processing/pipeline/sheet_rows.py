"""The rows of a sheet as text, read while they stream.

Like lines of a file, rows are read in two ways: one pattern takes those that hold
nothing unusual, and must account for every character of them; all others are given to
an XML parser. A row is one line of the text, on the line that its number says.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping

from processing.pipeline.bounds import Stream
from processing.pipeline.cells import UNIT, Cells, Convert
from processing.pipeline.errors import FileError
from processing.pipeline.limits import Limits
from processing.pipeline.markup import WORKBOOK, Events, walk
from processing.pipeline.stretches import stretches

# Excel's own bounds; LibreOffice may have sixteen times as many rows.
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576 * 16
# Rows that say how wide the table is: titles, the header, and enough sales.
SAMPLE_ROWS, SAMPLE_BYTES = 1_000, 1 << 20
CHUNK_BYTES = 256 << 10
ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"]*)"')

Row = tuple[int, list[bytes]]


class UnusualError(Exception):
    """A row that the pattern cannot account for: ask the parser."""


def sheet_text(stream: Stream, cells: Cells, limits: Limits) -> Iterator[bytes]:
    """Yield the text of a sheet: cells apart by ``UNIT``, a line a row, in pieces.

    Rows without a value are blank lines; behind the last value there are none. Rows
    are as wide as the widest of the first ones, so that absent cells look absent.
    """
    rows = _rows(stream, cells, limits)
    sample, width = _sample(rows, limits)
    line, size = 1, 0
    pieces: list[bytes] = []
    for number, row in itertools.chain(sample, rows):
        if number > line:
            pieces.append(b"\n" * (number - line))
        row.extend((b"",) * (width - len(row)))
        text = UNIT.join(row) + b"\n"
        pieces.append(text)
        line, size = number + 1, size + len(text)
        if size > CHUNK_BYTES:
            yield b"".join(pieces)
            pieces, size = [], 0
    yield b"".join(pieces)


def _sample(rows: Iterator[Row], limits: Limits) -> tuple[list[Row], int]:
    sample: list[Row] = []
    size = 0
    for number, row in rows:
        sample.append((number, row))
        size += sum(map(len, row)) + len(row)
        if len(sample) >= SAMPLE_ROWS or size > SAMPLE_BYTES:
            break
    # A stray cell at the far end of a sheet makes no table of it.
    widths = (len(row) for _, row in sample if len(row) <= limits.columns)
    return sample, max(widths, default=0)


def _rows(stream: Stream, cells: Cells, limits: Limits) -> Iterator[Row]:
    """Yield number and cells of each row that has a value, in order."""
    reader = _Reader(cells, limits)
    for stretch, prefix in stretches(
        stream,
        b"row",
        container=b"sheetData",
        limit_bytes=limits.line_bytes,
        too_long=reader.too_long,
    ):
        yield from reader.read(stretch, prefix)


class _Reader:
    """Reads stretches of whole rows; knows the number of the last one."""

    def __init__(self, cells: Cells, limits: Limits) -> None:
        self._cells, self._limits = cells, limits
        self._converters: dict[bytes, Convert] = {}
        self._columns: dict[bytes, int] = {}
        self._last = 0

    def read(self, stretch: bytes, prefix: bytes) -> list[Row]:
        last = self._last
        try:
            return self._read_usual(stretch, prefix)
        except UnusualError:
            self._last = last
            return self._read_unusual(stretch)

    def _read_usual(self, stretch: bytes, prefix: bytes) -> list[Row]:
        row_pattern, cell_pattern = _patterns(prefix)
        rows: list[Row] = []
        for told, attributes, body, other in row_pattern.findall(stretch):
            if other or (not told and b" r=" in attributes):
                raise UnusualError
            number = self.number(int(told) if told else None)
            if not body:
                continue
            if body.count(b"<" + prefix + b"c") > MOST_COLUMNS:
                self.too_wide()
            row = self._row(cell_pattern.findall(body), number)
            if row:
                rows.append((number, row))
        return rows

    def _row(
        self, found: list[tuple[bytes, bytes, bytes, bytes, bytes]], number: int
    ) -> list[bytes]:
        # The innermost loop of a sheet: every name in it is local.
        row: list[bytes] = []
        take, columns, converters = row.append, self._columns, self._converters
        place = 0
        for letters, attributes, value, inline, other in found:
            if other:
                raise UnusualError
            if letters and columns.get(letters) != place:
                place = self.column(letters)
                self.skip(row, place)
            raw = value or inline
            if raw:
                convert = converters.get(attributes) or self._learn(attributes)
                take(convert(raw))
            else:
                take(b"")
            place += 1
        return self.trimmed(row, number)

    def _learn(self, attributes: bytes) -> Convert:
        told = {k.decode(): v.decode() for k, v in ATTRIBUTE.findall(attributes)}
        if "r" in told:
            raise UnusualError
        convert = self.converter(told)
        self._converters[attributes] = convert
        return convert

    def _read_unusual(self, stretch: bytes) -> list[Row]:
        events = _RowEvents(self)
        walk(stretch, events)
        return events.rows

    def converter(self, attributes: Mapping[str, str]) -> Convert:
        return self._cells.converter(attributes.get("s", ""), attributes.get("t", "n"))

    def number(self, told: int | None) -> int:
        """Return the number of the next row. Raises ``FileError`` if it is not one."""
        number = self._last + 1 if told is None else told
        if number <= self._last:
            raise FileError("damaged_file", found=WORKBOOK)
        if number > MOST_ROWS:
            raise FileError("too_many_rows", limit=min(MOST_ROWS, self._limits.rows))
        self._last = number
        return number

    def column(self, letters: bytes) -> int:
        """Return the position of a column from its letters."""
        place = self._columns.get(letters)
        if place is None:
            number = 0
            for letter in letters:
                number = number * 26 + letter - 64
            place = number - 1
            self._columns[letters] = place
        return place

    def skip(self, row: list[bytes], column: int) -> None:
        """Fill the row up to a column. Raises ``FileError`` if that is behind."""
        if column < len(row):
            raise FileError("damaged_file", found=WORKBOOK)
        if column >= MOST_COLUMNS:
            self.too_wide()
        row += (b"",) * (column - len(row))

    def too_wide(self) -> None:
        raise FileError(
            "too_many_columns", columns=MOST_COLUMNS + 1, limit=self._limits.columns
        )

    def trimmed(self, row: list[bytes], number: int) -> list[bytes]:
        """Return a row without what is empty at its end; it is no longer than a line.

        Few bytes can point at much text, so it is measured before it is joined.
        """
        while row and not row[-1]:
            row.pop()
        if sum(map(len, row)) + len(row) > self._limits.line_bytes:
            raise self.too_long(number)
        return row

    def too_long(self, number: int | None = None) -> FileError:
        """Return the refusal of a row, or of the next one."""
        line = self._last + 1 if number is None else number
        return FileError("line_too_long", line=line, limit=self._limits.line_bytes)


@functools.lru_cache(maxsize=8)
def _patterns(prefix: bytes) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Return what takes a usual row, and what takes a usual cell.

    What is unusual is taken to the end, so that a hostile one is a single match.
    """
    row = rb'<@row(?: r="([0-9]{1,12})")?((?:[^<>]*[^<>/])?)(?:/>|>(.*?)</@row>)|(\S.*)'
    cell = (
        rb'<@c(?: r="([A-Z]{1,3})[0-9]+")?((?: [a-z]+="[^"<>]*")*)'
        rb"(?:/>|>(?:<@f[^<>]*(?:/>|>[^<]*</@f>))?"
        rb"(?:<@v>([^<]*)</@v>"
        rb'|<@is><@t(?: xml:space="preserve")?>([^<]*)</@t></@is>)?</@c>)|(\S.*)'
    )
    name = re.escape(prefix)
    return (
        re.compile(row.replace(b"@", name), re.DOTALL),
        re.compile(cell.replace(b"@", name), re.DOTALL),
    )


class _RowEvents(Events):
    """Gathers the rows of a stretch from what the parser tells."""

    def __init__(self, reader: _Reader) -> None:
        self.rows: list[Row] = []
        self._reader = reader
        self._number = 0
        self._row: list[bytes] = []
        self._attributes: Mapping[str, str] = {}
        self._parts: list[str] = []
        self._inside: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._inside.append(name)
        if name == "row":
            told = attributes.get("r", "")
            number = int(told[:12]) if told.isdecimal() else None
            self._number, self._row = self._reader.number(number), []
        elif name == "c":
            self._attributes, self._parts = attributes, []

    def end(self, name: str) -> None:
        self._inside.pop()
        if name == "c":
            self._take()
        elif name == "row":
            row = self._reader.trimmed(self._row, self._number)
            if row:
                self.rows.append((self._number, row))

    def text(self, text: str) -> None:
        is_value = self._inside[-1] in {"v", "t"}
        if is_value and "c" in self._inside and "rPh" not in self._inside:
            self._parts.append(text)

    def _take(self) -> None:
        letters = self._attributes.get("r", "").rstrip("0123456789")
        column = len(self._row)
        if letters:
            if not (letters.isascii() and letters.isalpha() and letters.isupper()):
                raise FileError("damaged_file", found=WORKBOOK)
            column = self._reader.column(letters[:4].encode())
        if column != len(self._row):
            self._reader.skip(self._row, column)
        if len(self._row) >= MOST_COLUMNS:
            self._reader.too_wide()
        # The converters take what stands in XML.
        raw = "".join(self._parts).replace("&", "&amp;").encode()
        convert = self._reader.converter(self._attributes)
        self._row.append(convert(raw) if raw else b"")
