"""Opening a stored file as a stream of bytes, whatever it is wrapped in."""

import contextlib
import gzip
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from processing.pipeline.errors import FileError

# What files that are not text begin with, and what to call them.
NOT_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
    (b"MZ\x90\x00", "a program"),
    (b"\x7fELF", "a program"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3\x00", "a database"),
)
GZIP = b"\x1f\x8b\x08"
ZIP = b"PK\x03\x04"
HEAD_BYTES = 16
# The flag of a member that needs a password (APPNOTE 4.4.4, bit 0).
ENCRYPTED = 0x1


# What unpacking raises when an archive is not what it says it is.
DAMAGE = (
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
)


class _Bounded:
    """A stream that refuses to give more than a file may have, however it unpacks."""

    def __init__(self, stream: BinaryIO, limit_bytes: int) -> None:
        self._stream = stream
        self._limit_bytes = limit_bytes
        self._taken_bytes = 0

    def read(self, size: int) -> bytes:
        with _damage_told():
            taken = self._stream.read(size)
        self._taken_bytes += len(taken)
        if self._taken_bytes > self._limit_bytes:
            raise FileError("too_many_bytes", limit=self._limit_bytes)
        return taken


@contextlib.contextmanager
def open_source(path: Path, *, limit_bytes: int) -> Iterator[BinaryIO]:
    """Yield the text of a file as bytes: as it is, or out of ``.gz`` or ``.zip``.

    What it is is judged by content, not by name. The stream can be read in pieces and
    nothing else. Raises ``FileError`` for what is not delimited text, for archives that
    are damaged or hold more than one file, and, while reading, for more bytes than
    ``limit_bytes``.
    """
    with contextlib.ExitStack() as stack:
        stream = _opened(path, stack)
        yield cast("BinaryIO", _Bounded(stream, limit_bytes))


@contextlib.contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except DAMAGE as exc:
        raise FileError("not_csv", found="a damaged archive") from exc


def _opened(path: Path, stack: contextlib.ExitStack) -> BinaryIO:
    stream = stack.enter_context(path.open("rb"))
    head = stream.read(HEAD_BYTES)
    stream.seek(0)
    for magic, found in NOT_TEXT:
        if head.startswith(magic):
            raise FileError("not_csv", found=found)
    if head.startswith(GZIP):
        return cast("BinaryIO", stack.enter_context(gzip.open(stream)))
    if head.startswith(ZIP):
        with _damage_told():
            return _member(stack.enter_context(zipfile.ZipFile(stream)), stack)
    return stream


def _member(archive: zipfile.ZipFile, stack: contextlib.ExitStack) -> BinaryIO:
    names = [info for info in archive.infolist() if not info.is_dir()]
    if any(info.filename == "[Content_Types].xml" for info in names):
        raise FileError("not_csv", found="an Excel workbook or office document")
    if len(names) != 1:
        raise FileError("not_csv", found=f"an archive of {len(names)} files")
    if names[0].flag_bits & ENCRYPTED:
        raise FileError("not_csv", found="an archive with a password")
    if names[0].header_offset < 0:
        # The directory points before the beginning: seeking there is an OSError.
        raise zipfile.BadZipFile
    return cast("BinaryIO", stack.enter_context(archive.open(names[0])))
