"""CSV that people open in a spreadsheet: no cell of it is taken for a formula."""

import csv
import io
import re
from collections.abc import Generator, Iterable, Sequence

# A spreadsheet runs a cell that begins with one of these (CWE-1236).
RISKY = ("=", "+", "-", "@", "\t", "\r")
# A number may begin with a sign and is no formula, in either convention.
NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?\Z", re.ASCII)
# Without it Excel takes UTF-8 for cp1252, and what it then saves is damaged.
BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = frozenset(",;\t|")
# Small enough that the first bytes come at once, large enough to be worth sending.
CHUNK_CHARS = 64 * 1024


def csv_chunks(
    rows: Iterable[Sequence[object]], *, delimiter: str = ",", mark: str = ""
) -> Generator[bytes]:
    """Yield the rows as CSV in UTF-8, a chunk at a time, beginning with ``mark``.

    A delimiter that no spreadsheet knows becomes a comma. ``None`` is an empty cell.
    """
    text = io.StringIO()
    text.write(mark)
    known = delimiter if delimiter in DELIMITERS else ","
    writer = csv.writer(text, delimiter=known, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
        if text.tell() >= CHUNK_CHARS:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def harmless(cell: object) -> object:
    """Return ``cell`` with ``'`` before it if a spreadsheet would run it."""
    if not isinstance(cell, str) or not cell.startswith(RISKY):
        return cell
    return cell if NUMBER.match(cell) else f"'{cell}"
