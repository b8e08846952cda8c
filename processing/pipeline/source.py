"""Opening a stored file as a stream of text in bytes, whatever it is wrapped in."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from processing.pipeline.archives import (
    NAMES,
    damage_told,
    only_member,
    open_gzip,
    open_zip,
    open_zstandard,
)
from processing.pipeline.bounds import Bounds, Source
from processing.pipeline.findings import Hints, SheetChoice
from processing.pipeline.kinds import HEAD_BYTES, Kind, check_inner, kind_of
from processing.pipeline.limits import Limits
from processing.pipeline.sheets import open_sheet
from processing.pipeline.workbook import is_office_document


def choice_of(hints: Hints) -> SheetChoice:
    """Return which sheet of a workbook is read, and how its numbers are written."""
    return SheetChoice(
        name=hints.sheet or "",
        decimal_mark=hints.forced_decimal_mark or hints.decimal_mark,
    )


@contextlib.contextmanager
def open_source(path: Path, limits: Limits, *, sheet: SheetChoice) -> Iterator[Source]:
    """Yield the text of a file as bytes: as it is, unpacked, or out of a workbook.

    What it is is judged by content, not by name. The stream can be read in pieces and
    nothing else; ``Source.sheet`` names the sheet it comes from, if any. Raises
    ``FileError`` for what holds no table and, while reading, for what is damaged or
    longer than ``limits`` allow.
    """
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(path.open("rb"))
        yield _opened(stream, limits, sheet, stack)


def _opened(
    stream: BinaryIO, limits: Limits, sheet: SheetChoice, stack: contextlib.ExitStack
) -> Source:
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    kind = kind_of(head)
    bounds = Bounds(stream, limits)
    if kind is Kind.PLAIN:
        return Source(stream, bounds, head=b"", found="a file")
    if kind is Kind.ZIP:
        return _zipped(stream, bounds, sheet, stack)
    opener = open_gzip if kind is Kind.GZIP else open_zstandard
    return _unpacked(stack.enter_context(opener(stream)), bounds, NAMES[kind])


def _zipped(
    stream: BinaryIO, bounds: Bounds, sheet: SheetChoice, stack: contextlib.ExitStack
) -> Source:
    archive = stack.enter_context(open_zip(stream))
    if is_office_document(archive):
        return open_sheet(archive, bounds, sheet, stack)
    with damage_told(NAMES[Kind.ZIP]):
        member = stack.enter_context(archive.open(only_member(archive)))
    return _unpacked(cast("BinaryIO", member), bounds, NAMES[Kind.ZIP])


def _unpacked(stream: BinaryIO, bounds: Bounds, found: str) -> Source:
    with damage_told(found):
        head = stream.read(HEAD_BYTES)
    check_inner(head)
    return Source(stream, bounds, head=head, found=found)
