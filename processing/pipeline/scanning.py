"""Sorting the lines of a stretch of text: regular records, other records, blanks."""

import dataclasses
from collections.abc import Mapping, Sequence

from processing.pipeline.lines import (
    count_lines,
    end_of_line,
    has_line_longer_than,
    lines_of,
)
from processing.pipeline.records import Dialect, Record
from processing.pipeline.regular import UNIT, Regularity, as_line_feeds
from processing.pipeline.reprints import HeaderAgain
from processing.pipeline.unmarking import Unmarker
from processing.pipeline.walking import Walker

# Blank lines of so many bytes behind the records of a stretch are counted, not cut.
LONG_TAIL_BYTES = 1 << 16


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What stands in a stretch of text, and how much of it is settled.

    ``regular`` holds the regular records, one a line, fields apart by ``separator``;
    ``regular_lines`` are the physical lines they begin on. In their cells each of
    ``stand_ins`` is put for the character it maps to. ``careful`` are the other
    records. ``headers`` counts how often the header stood among them. What lies behind
    ``used_bytes`` begins with a record that needs more text, or, if the scan
    ``is_crowded``, with one more than it should hold of those that need care.
    """

    regular: bytes
    separator: str
    regular_lines: Sequence[int]
    careful: tuple[Record, ...]
    blank: int
    headers: int
    used_bytes: int
    used_lines: int
    stand_ins: Mapping[str, str] = dataclasses.field(default_factory=dict)
    is_crowded: bool = False


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
        self._field_bytes = field_bytes
        self._regularity = Regularity(dialect, width=width)
        self._header = HeaderAgain(names, dialect)
        self._unmarker = Unmarker(dialect)
        self._walker = Walker(
            dialect,
            regularity=self._regularity,
            header=self._header,
            unmarker=self._unmarker,
            field_bytes=field_bytes,
        )
        self._emptiness = b" \t\r\n" + dialect.delimiter.encode()

    def scan(self, text: bytes, *, line: int, is_last: bool) -> Scan:
        """Return what stands in ``text``, whose first line is number ``line``.

        ``text`` ends with a line's end. ``is_last`` says that the file ends there, so
        that a mark still open is a flaw and does not ask for more.
        """
        if not text.strip(self._emptiness):
            return _nothing_but_blanks(text, count_lines(text, self._dialect))
        filled = len(text.rstrip(self._emptiness))
        if len(text) - filled > LONG_TAIL_BYTES:
            end = end_of_line(text, filled, self._dialect)
            # A mark that is left open looks on behind them; all is read as it stands.
            scan = self._scan_records(text[:end], line=line, is_last=False)
            if scan.used_bytes == end:
                return _with_blanks(scan, text[end:], self._dialect)
        return self._scan_records(text, line=line, is_last=is_last)

    def _scan_records(self, text: bytes, *, line: int, is_last: bool) -> Scan:
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
        is_marked = self._unmarker.can_unmark(text)
        walk_over = self._walker.walk_marked if is_marked else self._walker.walk_lines
        walk = walk_over(lines, line=line, is_last=is_last)
        regular = b"".join(walk.regular)
        return Scan(
            regular=as_line_feeds(regular, self._dialect.line_ending.encode()),
            separator=self._dialect.delimiter,
            regular_lines=walk.regular_lines,
            careful=tuple(walk.careful),
            blank=walk.blank,
            headers=walk.headers,
            used_bytes=sum(map(len, lines[: walk.used_lines])),
            used_lines=walk.used_lines,
            stand_ins=self._unmarker.stand_ins_of(regular) if is_marked else {},
            is_crowded=walk.is_full,
        )


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


def _with_blanks(scan: Scan, blanks: bytes, dialect: Dialect) -> Scan:
    count = count_lines(blanks, dialect)
    return dataclasses.replace(
        scan,
        blank=scan.blank + count,
        used_bytes=scan.used_bytes + len(blanks),
        used_lines=scan.used_lines + count,
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
