"""One record at a time: cutting lines into fields, repairing or refusing a record.

The standard tokenizer does the cutting. What it cannot read is read again by a more
lenient rule, which is believed only if it gives exactly the fields of the header.
"""

import csv
import dataclasses
import enum
from collections.abc import Iterator, Sequence
from typing import Protocol

from processing.pipeline.escapes import keep_lone_escapes
from processing.pipeline.lenient import split_leniently

# The tokenizer's own bound is per process; lines are bounded before it sees them.
csv.field_size_limit(1 << 27)

# How far a mark looks for its end. Cells with line feeds are far shorter.
PATIENCE_BYTES = 1 << 20

# Stands for a delimiter of several characters before the tokenizer, which takes one. It
# is in no text: Unicode keeps it free for programs.
STAND_IN = "\U0010ffff"
NO_TEXT = "\ufffd"

# A quoted cell that holds this many lines, each with exactly the delimiters of a
# record, is not a cell: its quotation mark never closed.
MOST_RECORD_LINES_IN_A_CELL = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a file separates fields. ``line_ending`` is what most lines end with.

    With an ``escape`` a mark inside a quoted field may be escaped or doubled.
    """

    delimiter: str
    quote: str | None = '"'
    escape: str | None = None
    line_ending: str = "\n"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as text. ``line`` is where it starts, ``lines`` how many it spans.

    ``flaw`` is a reject code if the record as a whole is refused, else empty.
    ``wasted_bytes`` were read in vain for the end of a quotation mark.
    """

    line: int
    lines: int
    fields: tuple[str, ...]
    flaw: str = ""
    wasted_bytes: int = 0


class Flags(Protocol):
    """What is known of each line, by its index."""

    def __getitem__(self, index: int, /) -> bool: ...


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The lines a record may reach over, as UTF-8, and which of them look regular.

    ``is_regular`` marks lines that by themselves have exactly the delimiters of a
    record. ``is_last`` says that the file ends with them; ``patience_bytes`` is how far
    an open quotation mark may look for its end.
    """

    lines: Sequence[bytes]
    is_regular: Flags
    first_line: int
    is_last: bool
    patience_bytes: int


class Spaces(enum.Enum):
    """What becomes of spaces where a field begins."""

    KEPT = enum.auto()
    SKIPPED = enum.auto()


class Tokenizer(Protocol):
    """What ``csv.reader`` returns: the standard library gives its type no name."""

    line_num: int

    def __next__(self) -> list[str]: ...


class OpenQuoteError(Exception):
    """A quotation mark is still open where the lines end; ask again with more."""


def cut_record(
    window: Window, start: int, dialect: Dialect, *, width: int | None
) -> Record:
    """Return the record that begins at index ``start`` of the window.

    With ``width`` the record is judged by it: a record with more fields is refused
    unless what is too much is empty, and a mark that never closes costs its own line
    only. Raises ``OpenQuoteError`` if more lines are needed to know.
    """
    first = as_text(window.lines[start])
    line = window.first_line + start
    if dialect.quote is None or dialect.quote not in first:
        fields = _split_plain(first, dialect)
        return Record(line=line, lines=1, fields=fields, flaw=_flaw(fields, width))
    reach = _Reach(window, start)
    quoted = _cut_quoted(reach, dialect, width=width)
    if quoted is None:
        return Record(
            line=line,
            lines=1,
            fields=_split_plain(first, dialect),
            flaw="unbalanced_quote",
            wasted_bytes=reach.bytes_taken + reach.wasted_bytes,
        )
    fields, lines = quoted
    return Record(
        line=line,
        lines=lines,
        fields=fields,
        flaw=_flaw(fields, width),
        wasted_bytes=reach.wasted_bytes,
    )


def as_text(line: bytes) -> str:
    """Return a line as text, lone surrogates standing for bytes that are not."""
    return line.decode("utf-8", "surrogatepass")


def _split_plain(line: str, dialect: Dialect) -> tuple[str, ...]:
    bare = line.rstrip("\r\n")
    if dialect.escape is not None and dialect.escape in bare:
        try:
            tokenizer = _tokenizer(iter((bare,)), dialect, spaces=Spaces.KEPT)
            return _fields(next(tokenizer, []), dialect)
        except csv.Error:
            pass  # A lone escape at the end: the plain cut below shows it as it is.
    return tuple(bare.split(dialect.delimiter))


def _cut_quoted(
    reach: "_Reach", dialect: Dialect, *, width: int | None
) -> tuple[tuple[str, ...], int] | None:
    tokenizer = _tokenizer(reach, dialect, spaces=Spaces.KEPT)
    try:
        fields = _fields(next(tokenizer), dialect)
    except csv.Error:
        if reach.may_go_on:
            raise OpenQuoteError from None
        return _repaired(reach, dialect, width=width)
    lines = tokenizer.line_num
    if width is None or _fits(fields, width):
        return fields, lines
    repaired = _repaired(reach, dialect, width=width)
    if repaired is None and not reach.has_taken_regular:
        return fields, lines
    return repaired


def _repaired(
    reach: "_Reach", dialect: Dialect, *, width: int | None
) -> tuple[tuple[str, ...], int] | None:
    fields = split_leniently(
        as_text(reach.first), delimiter=dialect.delimiter, quote=dialect.quote or '"'
    )
    if fields is not None and (width is None or _fits(fields, width)):
        return fields, 1
    return None if width is None else _cut_spaced(reach, dialect, width=width)


def _cut_spaced(
    reach: "_Reach", dialect: Dialect, *, width: int
) -> tuple[tuple[str, ...], int] | None:
    """Return the fields if marks that stand behind a space open a field as well.

    It is believed only if it gives a whole record and takes no other with it.
    """
    opening = f"{dialect.delimiter} {dialect.quote}"
    if dialect.delimiter == " " or opening not in as_text(reach.first):
        return None
    again = reach.from_the_start()
    tokenizer = _tokenizer(again, dialect, spaces=Spaces.SKIPPED)
    try:
        fields = _fields(next(tokenizer), dialect)
    except csv.Error:
        if again.may_go_on:
            raise OpenQuoteError from None
        fields = ()
    if len(fields) != width or again.has_taken_regular:
        reach.wasted_bytes += again.bytes_taken
        return None
    return fields, tokenizer.line_num


def _fits(fields: tuple[str, ...], width: int) -> bool:
    return len(fields) >= width and not _flaw(fields, width)


def _flaw(fields: tuple[str, ...], width: int | None) -> str:
    excess = () if width is None else fields[width:]
    return "too_many_fields" if any(cell.strip() for cell in excess) else ""


def _tokenizer(lines: Iterator[str], dialect: Dialect, *, spaces: Spaces) -> Tokenizer:
    delimiter = dialect.delimiter
    if dialect.escape is not None:
        meant = (dialect.escape, dialect.quote or dialect.escape, delimiter[0])
        lines = keep_lone_escapes(lines, escape=dialect.escape, meant=meant)
    if len(delimiter) > 1:
        lines = (
            line.replace(STAND_IN, NO_TEXT).replace(dialect.delimiter, STAND_IN)
            for line in lines
        )
        delimiter = STAND_IN
    if dialect.quote is None:
        return csv.reader(
            lines,
            delimiter=delimiter,
            quoting=csv.QUOTE_NONE,
            escapechar=dialect.escape,
            strict=True,
        )
    return csv.reader(
        lines,
        delimiter=delimiter,
        quotechar=dialect.quote,
        escapechar=dialect.escape,
        skipinitialspace=spaces is Spaces.SKIPPED,
        strict=True,
    )


def _fields(cells: list[str], dialect: Dialect) -> tuple[str, ...]:
    """Return the cells the tokenizer gave, delimiters inside quotes as they stood."""
    if len(dialect.delimiter) == 1:
        return tuple(cells)
    return tuple(cell.replace(STAND_IN, dialect.delimiter) for cell in cells)


class _Reach:
    """Hands out the lines from ``start`` one by one and knows why it stopped."""

    def __init__(self, window: Window, start: int) -> None:
        self._window = window
        self._start = start
        self._next = start
        self._records_taken = 0
        self.first = window.lines[start]
        self.bytes_taken = -len(self.first)
        self.wasted_bytes = 0
        self.may_go_on = False

    def from_the_start(self) -> "_Reach":
        return _Reach(self._window, self._start)

    @property
    def has_taken_regular(self) -> bool:
        return self._records_taken > 0

    def __iter__(self) -> "_Reach":
        return self

    def __next__(self) -> str:
        if self._next == len(self._window.lines):
            self.may_go_on = not self._window.is_last
            raise StopIteration
        if self.bytes_taken > self._window.patience_bytes:
            raise StopIteration
        if self._records_taken > MOST_RECORD_LINES_IN_A_CELL:
            raise StopIteration
        line = self._window.lines[self._next]
        self.bytes_taken += len(line)
        self._records_taken += self._window.is_regular[self._next]
        self._next += 1
        return as_text(line)
