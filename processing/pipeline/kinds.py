"""What a file is, told by how it begins and never by its name.

What is no table is refused with a code that says what to send instead.
"""

import enum
import re

from processing.pipeline.errors import FileError

# Enough for the beginning of a web page behind its comments and a sheet's first key.
HEAD_BYTES = 2_048


class Kind(enum.Enum):
    """How the text of a file is wrapped."""

    PLAIN = enum.auto()
    GZIP = enum.auto()
    ZIP = enum.auto()
    ZSTANDARD = enum.auto()


WRAPPERS: tuple[tuple[bytes, Kind, str], ...] = (
    (b"\x1f\x8b", Kind.GZIP, "a gzip archive"),
    (b"PK\x03\x04", Kind.ZIP, "a zip archive or workbook"),
    (b"PK\x05\x06", Kind.ZIP, "an empty zip archive"),
    (b"PK\x07\x08", Kind.ZIP, "a zip archive in parts"),
    (b"\x28\xb5\x2f\xfd", Kind.ZSTANDARD, "a Zstandard archive"),
)
# A skippable frame may come first (RFC 8878, 3.1.2): sixteen magic numbers.
SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What files that are not text begin with, what to call them, and their code.
NOT_TEXT: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "a PDF document", "not_csv"),
    (b"\x89PNG\r\n", "an image", "not_csv"),
    (b"\xff\xd8\xff", "an image", "not_csv"),
    (b"GIF8", "an image", "not_csv"),
    (b"II*\x00", "an image", "not_csv"),
    (b"MM\x00*", "an image", "not_csv"),
    (OLE, "an old Excel workbook or one with a password", "other_workbook"),
    (b"\x09\x08\x10\x00\x00\x06", "an old Excel workbook", "other_workbook"),
    (b"\x09\x04\x06\x00", "an old Excel workbook", "other_workbook"),
    (b"MZ\x90\x00", "a program", "not_csv"),
    (b"\x7fELF", "a program", "not_csv"),
    (b"Rar!\x1a\x07", "a RAR archive", "archive_method"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "archive_method"),
    (b"BZh", "a bzip2 archive", "archive_method"),
    (b"\xfd7zXZ", "an XZ archive", "archive_method"),
    (b"PAR1", "a Parquet file", "not_csv"),
    (b"SQLite format 3\x00", "a database", "not_csv"),
    (b"{\\rtf", "a text document", "not_csv"),
)
# A table begins with none of these; ``.xls`` files of tills are often web pages.
MARKUP = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
XML = re.compile(rb"\s*<\?xml\b")
JSON = re.compile(rb'\s*(?:\{\s*"[^"]*"\s*:|\[\s*(?:\{\s*["}]|\[|\]))')
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def kind_of(head: bytes) -> Kind:
    """Return how a file is wrapped that begins with ``head``.

    Raises ``FileError`` for what holds no delimited text, naming what it is.
    """
    for magic, kind, _ in WRAPPERS:
        if head.startswith(magic):
            return kind
    if SKIPPABLE.match(head):
        return Kind.ZSTANDARD
    for magic, found, code in NOT_TEXT:
        if head.startswith(magic):
            raise FileError(code, found=found)
    _refuse_markup(head)
    return Kind.PLAIN


def check_inner(head: bytes) -> None:
    """Raise ``FileError`` if what was unpacked is packed again, or no table."""
    for magic, _, found in WRAPPERS:
        if head.startswith(magic):
            raise FileError("nested_archive", found=found)
    if kind_of(head) is not Kind.PLAIN:
        raise FileError("nested_archive", found="a Zstandard archive")


def _refuse_markup(head: bytes) -> None:
    # In UTF-16 every other byte is zero; what is left is the same in all encodings.
    text = head.replace(b"\x00", b"")
    for mark in BYTE_ORDER_MARKS:
        text = text.removeprefix(mark)
    if MARKUP.match(text):
        raise FileError("other_workbook", found="a web page")
    if XML.match(text):
        raise FileError("other_workbook", found="an XML document")
    if JSON.match(text):
        raise FileError("not_csv", found="JSON")
