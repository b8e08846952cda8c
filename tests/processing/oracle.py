"""How many records a file holds, found without anything of the reader.

Told how a file is written, a machine of three states walks over its text, one character
after the other: no blocks, no proofs, no tokenizer. It knows the rules for broken text
(``docs/reading.md``) and nothing about speed.
"""

import dataclasses
import gzip
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from backports import zstd

# A mark looks no further for its end, and takes no more whole records with it.
FURTHEST_BYTES, MOST_SWALLOWED = 1 << 20, 100
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How a file is written; ``first_line`` is where its records begin."""

    encoding: str
    delimiter: str
    quote: str
    escape: str
    line_ending: str
    width: int
    first_line: int
    sheet: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a file holds from its first record on."""

    records: int
    blank: int


def count_records(path: Path, writing: Writing) -> Counted:
    """Return how many records stand in a file, and how many of them are blank."""
    if writing.sheet:
        return _rows_of_sheet(path, writing)
    text = _unpacked(path.read_bytes()).decode(writing.encoding, _lenient(writing))
    return count_text(text.removeprefix("\ufeff"), writing)


def count_text(text: str, writing: Writing) -> Counted:
    """Return the same of a text."""
    lines = _lines(text, writing)[writing.first_line - 1 :]
    total = blank = index = 0
    while index < len(lines):
        span, is_blank, count = _record(lines, index, writing)
        index += span
        total += count
        blank += is_blank
    return Counted(records=total - blank, blank=blank)


def _unpacked(content: bytes) -> bytes:
    if content.startswith(b"\x1f\x8b"):
        return gzip.decompress(content)
    if content.startswith(b"\x28\xb5\x2f\xfd"):
        return zstd.decompress(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(next(n for n in archive.namelist() if n[-1] != "/"))
    return content


def _lenient(writing: Writing) -> str:
    if writing.encoding.startswith("utf-32"):
        return "replace"
    wide = writing.encoding.startswith("utf-16")
    return "surrogatepass" if wide else "surrogateescape"


def _lines(text: str, writing: Writing) -> list[str]:
    end = r"\r\n|\r|\n" if writing.line_ending == "\r" else r"\n"
    lines = re.split(end, text)
    return lines[:-1] if not lines[-1] else lines


def _record(
    lines: Sequence[str], start: int, writing: Writing
) -> tuple[int, bool, int]:
    """Return how many lines the record takes, whether it is blank, how many it is."""
    line = lines[start].rstrip("\r")
    parts = line.split("\r")
    if len(parts) > 1 and all(_is_record(part, writing) for part in parts):
        return 1, False, len(parts)
    marked = _marked(lines, start, writing)
    if marked is None:
        return 1, not line.replace(writing.delimiter, "").strip(), 1
    span, cells = marked
    return span, not any(cell.strip() for cell in cells), 1


def _is_record(part: str, writing: Writing) -> bool:
    """Say whether what a lone return ends is a record of more cells than one."""
    machine = _Machine(writing)
    if not machine.takes(part) or machine.is_open:
        return False
    return len(machine.cells) == writing.width > 1 and any(
        map(str.strip, machine.cells)
    )


def _marked(
    lines: Sequence[str], start: int, writing: Writing
) -> tuple[int, list[str]] | None:
    """Return the lines and cells of a record with marks, or ``None``: a line by itself.

    A mark that is astray costs its own line and no other.
    """
    if not writing.quote or writing.quote not in lines[start]:
        return None
    swallowed = size = 0
    machine = _Machine(writing)
    for span, index in enumerate(range(start, len(lines)), 1):
        line = lines[index]
        swallowed += _is_whole(line, writing)
        if span > 1 and (swallowed > MOST_SWALLOWED or size > FURTHEST_BYTES):
            return None
        size += len(line.encode("utf-8", "surrogatepass")) + 1
        if not machine.takes(line.rstrip("\r")):
            return None
        if not machine.is_open:
            fits = not any(cell.strip() for cell in machine.cells[writing.width :])
            fits = fits and len(machine.cells) >= writing.width
            return (span, machine.cells) if fits or not swallowed else None
    return None


class _Machine:
    """Outside of marks, inside of them, or just behind one that may close."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self.cells = [""]
        self._state = "begin"

    @property
    def is_open(self) -> bool:
        return self._state == "inside"

    def takes(self, line: str) -> bool:
        """Take a line; say whether its marks stand where marks may."""
        writing, place = self._writing, 0
        if self.is_open:
            self.cells[-1] += "\n"
        while place < len(line):
            sign = line[place]
            if self._state == "behind" and not self._may_follow(line, place):
                return False
            if writing.escape and sign == writing.escape and place + 1 < len(line):
                self.cells[-1] += line[place + 1]
                self._state = "inside" if self.is_open else "outside"
                place += 2
                continue
            place += self._step(line, place)
        if not self.is_open:
            self._state = "begin"
        return True

    def _may_follow(self, line: str, place: int) -> bool:
        signs = (self._writing.quote, self._writing.delimiter)
        return line.startswith(signs, place)

    def _step(self, line: str, place: int) -> int:
        writing, sign = self._writing, line[place]
        if self._state != "inside" and line.startswith(writing.delimiter, place):
            self.cells.append("")
            self._state = "begin"
            return len(writing.delimiter)
        if sign == writing.quote and self._state == "begin":
            self._state = "inside"
        elif sign == writing.quote and self._state == "inside":
            self._state = "behind"
        elif sign == writing.quote and self._state == "behind":
            self._state = "inside"
            self.cells[-1] += sign
        else:
            self.cells[-1] += sign
            self._state = "inside" if self.is_open else "outside"
        return 1


def _is_whole(line: str, writing: Writing) -> bool:
    """Say whether a line by itself has the delimiters of a record and a value."""
    bare = line.rstrip("\r")
    if bare.count(writing.delimiter) != writing.width - 1 or "\r" in bare:
        return False
    cells = bare.split(writing.delimiter)
    mark = writing.quote
    return any(cells) and all(
        not mark or mark not in cell or re.fullmatch(f"{mark}[^{mark}]*{mark}", cell)
        for cell in cells
    )


def _rows_of_sheet(path: Path, writing: Writing) -> Counted:
    """Return the rows of a sheet from its first record to the last one with a value."""
    with zipfile.ZipFile(path) as archive:
        root = _parsed(archive, _part_of(archive, writing.sheet))
    filled, number = [], 0
    for row in root.iter():
        if row.tag.rpartition("}")[2] != "row":
            continue
        number = int(row.get("r") or number + 1)
        if number >= writing.first_line and any(_has_value(cell) for cell in row):
            filled.append(number)
    last = max(filled, default=writing.first_line - 1)
    total = last - writing.first_line + 1
    return Counted(records=len(filled), blank=total - len(filled))


def _has_value(cell: ET.Element) -> bool:
    return any(
        part.text and part.text.strip()
        for part in cell.iter()
        if part.tag.rpartition("}")[2] in {"v", "t"}
    )


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    relations = _parsed(archive, "xl/_rels/workbook.xml.rels")
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    tabs = _parsed(archive, "xl/workbook.xml").iter()
    target = targets[next(t.get(RELATION) for t in tabs if t.get("name") == sheet)]
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _parsed(archive: zipfile.ZipFile, part: str) -> ET.Element:
    return ET.fromstring(archive.read(part))  # noqa: S314 - tests write these files
