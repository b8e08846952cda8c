"""A sheet of a workbook as the text of a delimited file, so that one reader is enough.

The text is made while it is read and its dialect is always the same, so nothing has to
be guessed about it but which row names the columns.
"""

import contextlib
import zipfile
from collections.abc import Generator, Iterator

from processing.pipeline.bounds import Bounds, Source
from processing.pipeline.cells import UNIT, Cells
from processing.pipeline.dialect import Judgement
from processing.pipeline.encoding import UTF_8, Encoding
from processing.pipeline.findings import SheetChoice
from processing.pipeline.markup import WORKBOOK
from processing.pipeline.records import Dialect
from processing.pipeline.sheet_rows import sheet_text
from processing.pipeline.texts import Texts, read_texts
from processing.pipeline.workbook import (
    Sheet,
    Workbook,
    choose_sheet,
    open_part,
    read_workbook,
)

ENCODING = Encoding(name=UTF_8, mark_bytes=0, confidence=1.0, reason="a workbook")
JUDGEMENT = Judgement(
    dialect=Dialect(delimiter=UNIT.decode(), quote=None), score=1.0, width=0, steady=1.0
)


def open_sheet(
    archive: zipfile.ZipFile,
    bounds: Bounds,
    choice: SheetChoice,
    stack: contextlib.ExitStack,
) -> Source:
    """Return the text of the chosen sheet; its cells are not looked at before.

    Raises ``FileError`` for what is no workbook or has no such sheet.
    """
    workbook = read_workbook(archive)
    sheet = choose_sheet(workbook, choice.name)
    text = _text(archive, workbook, sheet, bounds=bounds, choice=choice)
    source = Source(
        _Joined(stack.enter_context(contextlib.closing(text))),
        bounds,
        head=b"",
        found=WORKBOOK,
        sheet=sheet.name,
    )
    source.sheets = tuple(s.name for s in workbook.sheets if not s.is_hidden)
    return source


def _text(
    archive: zipfile.ZipFile,
    workbook: Workbook,
    sheet: Sheet,
    *,
    bounds: Bounds,
    choice: SheetChoice,
) -> Generator[bytes]:
    texts = _texts(archive, workbook, bounds)
    cells = Cells(
        workbook.formats,
        texts.__getitem__,
        counts_from_1904=workbook.counts_from_1904,
        decimal_mark=choice.decimal_mark,
    )
    with open_part(archive, sheet.part) as part:
        stream = Source(part, bounds, head=b"", found=WORKBOOK)
        yield from sheet_text(stream, cells, bounds.limits)


def _texts(archive: zipfile.ZipFile, workbook: Workbook, bounds: Bounds) -> Texts:
    if not workbook.texts_part:
        return Texts()
    with open_part(archive, workbook.texts_part) as part:
        stream = Source(part, bounds, head=b"", found=WORKBOOK)
        return read_texts(stream, bounds.limits)


class _Joined:
    """Pieces as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def read(self, size: int) -> bytes:
        parts, length = [self._left], len(self._left)
        while length < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            parts.append(piece)
            length += len(piece)
        text = b"".join(parts)
        self._left = text[size:]
        return text[:size]
