"""How a file is built, judged on its beginning: encoding, dialect, header."""

import dataclasses
import io
import itertools
from collections.abc import Sequence
from pathlib import Path

from processing.pipeline.blocks import Layout
from processing.pipeline.dialect import Judgement, cut_sample, detect_dialect
from processing.pipeline.encoding import Encoding, Piece, detect_encoding, pieces
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints, SheetChoice
from processing.pipeline.header import Header, find_header
from processing.pipeline.limits import Limits
from processing.pipeline.records import Record
from processing.pipeline.sheets import ENCODING, JUDGEMENT
from processing.pipeline.source import choice_of, open_source

# Of a workbook, so many sheets are looked into for one that has records.
MOST_SHEETS = 20
# Titles, the header and thousands of records: more would not change a judgement.
SAMPLE_BYTES = 1 << 20
# What values look like shows in so many records; more would not change a judgement.
LOOKED_AT = 100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What the beginning of a file says about all of it.

    ``sheets`` are those of a workbook that can be seen; ``sheet`` is the one read, and
    ``is_sheet_assumed`` says that nobody named it though there are others. ``records``
    are the first ones below the header that are as wide as it.
    """

    encoding: Encoding
    judgement: Judgement
    header: Header
    records: tuple[tuple[str, ...], ...]
    sheet: SheetChoice | None = None
    sheets: tuple[str, ...] = ()
    is_sheet_assumed: bool = False

    @property
    def layout(self) -> Layout:
        """Return how its records lie."""
        return Layout(
            dialect=self.judgement.dialect,
            encoding=self.encoding.name,
            width=len(self.header.names),
            first_line=self.header.first_line,
            source_start=self.encoding.mark_bytes,
            names=self.header.names,
        )


def find_structure(
    path: Path, hints: Hints, limits: Limits, *, within: int | None = None
) -> Structure:
    """Return how the file is built; what ``hints`` say is believed.

    ``within`` is how many bytes may be looked at for the encoding, else all are.

    Raises ``FileError`` if the file begins with nothing, or breaks a limit.
    """
    choice = choice_of(hints)
    with open_source(path, limits, sheet=choice) as stream:
        if stream.sheet:
            others = () if choice.name else stream.sheets[:MOST_SHEETS]
            names = others or (stream.sheet,)
            wanted = [dataclasses.replace(choice, name=name) for name in names]
            structure = _structure_of_first(path, wanted, hints, limits)
            return dataclasses.replace(structure, sheets=stream.sheets)
        seen = stream if within is None else io.BytesIO(stream.read(within))
        encoding = detect_encoding(seen, named=hints.encoding)
    lines = _sample(path, encoding, limits, sheet=choice)
    judgement = detect_dialect(lines, delimiter=hints.delimiter, quote=hints.quote)
    records = tuple(cut_sample(lines, judgement.dialect))
    header = _header(records, hints, limits)
    return Structure(
        encoding=encoding,
        judgement=judgement,
        header=header,
        records=_below(header, records),
    )


def _structure_of_first(
    path: Path, sheets: Sequence[SheetChoice], hints: Hints, limits: Limits
) -> Structure:
    """Return the structure of the first sheet that holds a table, else of the first.

    Only its header is to be found. One column is no table but a cover.
    """
    for sheet in sheets:
        lines = _sample(path, ENCODING, limits, sheet=sheet)
        records = tuple(cut_sample(lines, JUDGEMENT.dialect))
        if len(sheets) > 1 and not _is_table(records, hints):
            continue
        header = _header(records, hints, limits)
        return Structure(
            encoding=ENCODING,
            judgement=JUDGEMENT,
            header=header,
            records=_below(header, records),
            sheet=sheet,
            is_sheet_assumed=len(sheets) > 1,
        )
    return _structure_of_first(path, sheets[:1], hints, limits)


def _is_table(records: Sequence[Record], hints: Hints) -> bool:
    if not records:
        return False
    header = find_header(records, line=hints.header_line)
    return len(header.names) > 1 and records[-1].line >= header.first_line


def _header(records: Sequence[Record], hints: Hints, limits: Limits) -> Header:
    if not records:
        raise FileError("empty_file")
    header = find_header(records, line=hints.header_line)
    _check(header, limits)
    return header


def _below(header: Header, records: Sequence[Record]) -> tuple[tuple[str, ...], ...]:
    """Return the first records below the header that have as many fields."""
    whole = (
        record.fields
        for record in records
        if record.line >= header.first_line and len(record.fields) == len(header.names)
    )
    return tuple(itertools.islice(whole, LOOKED_AT))


def _sample(
    path: Path, encoding: Encoding, limits: Limits, *, sheet: SheetChoice
) -> Sequence[bytes]:
    with open_source(path, limits, sheet=sheet) as stream:
        read = pieces(
            stream,
            encoding.name,
            sizes=itertools.repeat(SAMPLE_BYTES),
            start=encoding.mark_bytes,
        )
        first = next(read, Piece(text=b"", is_damaged=False, source_end=0))
        lines = lines_of_sample(first.text)
        # The last line may be cut in two, unless it is all there is.
        return lines if next(read, None) is None else lines[:-1] or lines


def lines_of_sample(text: bytes) -> list[bytes]:
    """Return the lines of a text of which nothing is known yet.

    A carriage return ends a line where it does so more often than a line feed.
    """
    feeds, returns = text.count(b"\n"), text.count(b"\r") - text.count(b"\r\n")
    if returns > feeds:
        return text.splitlines(keepends=True)
    lines = text.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + [lines[-1]] * bool(lines[-1])


def _check(header: Header, limits: Limits) -> None:
    if len(header.names) > limits.columns:
        raise FileError(
            "too_many_columns", columns=len(header.names), limit=limits.columns
        )
    longest = max(map(len, header.names), default=0)
    if longest > limits.header_chars:
        raise FileError("header_too_long", chars=longest, limit=limits.header_chars)
