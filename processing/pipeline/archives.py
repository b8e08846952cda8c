"""Files wrapped in ``.gz``, ``.zst`` or ``.zip``: opened as streams, never unpacked.

Everything a hostile archive could do to memory or disk is judged before it can: the
size of a directory before it is loaded, the window of a frame before it is allocated.
"""

import contextlib
import gzip
import os
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from backports import zstd

from processing.pipeline.errors import FileError
from processing.pipeline.kinds import Kind

# What unpacking raises when an archive is not what it says it is.
DAMAGE = (
    gzip.BadGzipFile,
    zipfile.BadZipFile,
    zlib.error,
    zstd.ZstdError,
    EOFError,
    NotImplementedError,
    UnicodeDecodeError,
    # A directory that points before the beginning of the file.
    ValueError,
)
# The window the format asks every decoder to have, and what ``zstd --ultra`` uses.
ZSTANDARD_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 27}
# The flag of a member that needs a password (APPNOTE 4.4.4, bit 0).
ENCRYPTED = 0x1
# Others may ask for gigabytes to unpack (LZMA), or are not known here.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# A directory entry becomes an object ten times its size. Workbooks of a thousand
# sheets fit in a megabyte.
DIRECTORY_BYTES = 1 << 20
END_BYTES, LONGEST_COMMENT = 22, 0xFFFF
END, LOCATOR, END_64 = b"PK\x05\x06", b"PK\x06\x07", b"PK\x06\x06"
LOCATOR_BYTES = 20
NAMES = {
    Kind.GZIP: "a gzip archive",
    Kind.ZIP: "a zip archive",
    Kind.ZSTANDARD: "a Zstandard archive",
}
# What macOS adds to every archive it makes.
NOISE = ("__MACOSX/", ".DS_Store")


@contextlib.contextmanager
def damage_told(found: str) -> Iterator[None]:
    """Turn what unpacking raises into ``damaged_file``."""
    try:
        yield
    except DAMAGE as exc:
        raise FileError("damaged_file", found=found) from exc


def open_gzip(stream: BinaryIO) -> BinaryIO:
    """Return the text of all members, one after the other."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=stream))


def open_zstandard(stream: BinaryIO) -> BinaryIO:
    """Return the text of all frames, one after the other."""
    return cast("BinaryIO", zstd.ZstdFile(stream, options=ZSTANDARD_WINDOW))


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """Return the archive with its directory loaded, if that is not too large."""
    with damage_told(NAMES[Kind.ZIP]):
        size = _directory_bytes(stream)
        if size > DIRECTORY_BYTES:
            # An entry has at least 46 bytes before its name.
            raise FileError("not_one_file", files=size // 47)
        stream.seek(0)
        return zipfile.ZipFile(stream)


def only_member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the one file of an archive.

    Raises ``FileError`` if there is another number of them, or if it is none that can
    be read safely. Its name is only looked at, never used.
    """
    files = [info for info in archive.infolist() if not _is_noise(info)]
    if len(files) != 1:
        raise FileError("not_one_file", files=len(files))
    check_member(files[0], NAMES[Kind.ZIP])
    if _is_unsafe(files[0]):
        raise FileError("unsafe_archive")
    return files[0]


def check_member(info: zipfile.ZipInfo, found: str) -> None:
    """Raise ``FileError`` if a member has a password or an unknown packing."""
    if info.flag_bits & ENCRYPTED:
        raise FileError("locked_file", found=found)
    if info.compress_type not in METHODS:
        raise FileError("archive_method", found=f"{found} packed in an unusual way")
    if info.header_offset < 0:
        # The directory points before the beginning: seeking there is an OSError.
        raise FileError("damaged_file", found=found)


def _is_noise(info: zipfile.ZipInfo) -> bool:
    return info.is_dir() or info.filename.startswith(NOISE)


def _is_unsafe(info: zipfile.ZipInfo) -> bool:
    name = info.filename.replace("\\", "/")
    is_outside = name.startswith("/") or name[1:2] == ":"
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    return is_outside or is_link or ".." in PurePosixPath(name).parts


def _directory_bytes(stream: BinaryIO) -> int:
    """Return how long the directory says it is, from the end of the file."""
    size = stream.seek(0, os.SEEK_END)
    start = max(0, size - END_BYTES - LONGEST_COMMENT)
    stream.seek(start)
    tail = stream.read(END_BYTES + LONGEST_COMMENT)
    place = tail.rfind(END)
    if place < 0 or len(tail) < place + END_BYTES:
        raise zipfile.BadZipFile
    length = int.from_bytes(tail[place + 12 : place + 16], "little")
    locator = tail[max(place - LOCATOR_BYTES, 0) : place]
    if not locator.startswith(LOCATOR):
        return length
    stream.seek(int.from_bytes(locator[8:16], "little"))
    record = stream.read(56)
    if not record.startswith(END_64):
        raise zipfile.BadZipFile
    return max(length % 0xFFFFFFFF, int.from_bytes(record[40:48], "little"))
