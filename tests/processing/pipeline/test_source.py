import gzip
import io
import zipfile
from pathlib import Path

import pytest
from backports import zstd

from processing.pipeline.errors import FileError
from processing.pipeline.findings import SheetChoice
from processing.pipeline.limits import DEFAULT_LIMITS, Limits
from processing.pipeline.source import open_source
from tests.processing.pipeline.files import stored

TEXT = b"Fecha;Total\n1;2\n"


def opened(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    with open_source(path, limits, sheet=SheetChoice()) as stream:
        return b"".join(iter(lambda: stream.read(1_000), b""))


def refused(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileError:
    with pytest.raises(FileError) as caught:
        opened(path, limits)
    return caught.value


def zipped(method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT, id="as it is"),
        pytest.param(gzip.compress(TEXT), id="gzip"),
        pytest.param(gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]), id="members"),
        pytest.param(gzip.compress(TEXT) + b"\x00" * 512, id="gzip padded"),
        pytest.param(zipped(ventas=TEXT), id="zip"),
        pytest.param(zipped(zipfile.ZIP_STORED, ventas=TEXT), id="zip not packed"),
        pytest.param(zipped(folder__=b"", folder__ventas=TEXT), id="zip with folder"),
        pytest.param(zipped(ventas=TEXT, __MACOSX___v=b"x"), id="zip of a Mac"),
        pytest.param(zstd.compress(TEXT), id="zstd"),
        pytest.param(zstd.compress(TEXT[:9]) + zstd.compress(TEXT[9:]), id="frames"),
        pytest.param(
            b"\x50\x2a\x4d\x18\x02\x00\x00\x00hi" + zstd.compress(TEXT), id="skippable"
        ),
    ],
)
def test_the_text_is_found_whatever_wraps_it(tmp_path: Path, content: bytes) -> None:
    content = content.replace(b"MACOSX/_v", b"__MACOSX/")

    assert opened(stored(tmp_path, content)) == TEXT


def encrypted() -> bytes:
    content = bytearray(zipped(ventas=TEXT))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def misplaced() -> bytes:
    # The directory says that the archive begins later than it does.
    content = zipped(ventas=TEXT)
    place = content.index(b"PK\x05\x06") + 16
    offset = int.from_bytes(content[place : place + 4], "little") + 40
    return content[:place] + offset.to_bytes(4, "little") + content[place + 4 :]


def crowded() -> bytes:
    # A directory of two gigabytes, of which nothing is there.
    content = bytearray(zipped(ventas=TEXT))
    place = content.index(b"PK\x05\x06") + 12
    content[place : place + 4] = (2 << 30).to_bytes(4, "little")
    return bytes(content)


def linked() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("ventas.csv")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def wide_window() -> bytes:
    options = {int(zstd.CompressionParameter.window_log): 30}
    packer = zstd.ZstdCompressor(options=options)
    return packer.compress(TEXT * 1000) + packer.flush()


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        pytest.param(zipped(a=TEXT, b=TEXT), "not_one_file", "2 files", id="two"),
        pytest.param(zipped(), "not_one_file", "0 files", id="none"),
        pytest.param(crowded(), "not_one_file", "files", id="crowded"),
        pytest.param(encrypted(), "locked_file", "password", id="password"),
        pytest.param(
            zipped(zipfile.ZIP_STORED, **{"..__x": TEXT}),
            "unsafe_archive",
            "path",
            id="path",
        ),
        pytest.param(zipped(__x=TEXT), "unsafe_archive", "path", id="absolute"),
        pytest.param(
            zipped(zipfile.ZIP_STORED, **{"C:x": TEXT}),
            "unsafe_archive",
            "path",
            id="drive",
        ),
        pytest.param(linked(), "unsafe_archive", "link", id="link"),
        pytest.param(
            zipped(zipfile.ZIP_LZMA, a=TEXT), "archive_method", "unusual", id="LZMA"
        ),
        pytest.param(
            zipped(a=zipped(b=TEXT)), "nested_archive", "zip archive", id="zip in zip"
        ),
        pytest.param(
            gzip.compress(gzip.compress(TEXT)), "nested_archive", "gzip", id="gz in gz"
        ),
        pytest.param(
            gzip.compress(b"\x50\x2a\x4d\x18abcd"), "nested_archive", "Zst", id="zst in"
        ),
        pytest.param(gzip.compress(b"%PDF-1.7"), "not_csv", "PDF", id="PDF in gzip"),
        pytest.param(zipped(v=TEXT)[:-30], "damaged_file", "zip", id="cut zip"),
        pytest.param(misplaced(), "damaged_file", "zip", id="misplaced directory"),
        pytest.param(gzip.compress(TEXT)[:-9], "damaged_file", "gzip", id="cut gzip"),
        pytest.param(
            gzip.compress(TEXT)[:-6] + b"xxxxxx", "damaged_file", "gzip", id="checksum"
        ),
        pytest.param(
            gzip.compress(TEXT) + b"more", "damaged_file", "gzip", id="trailing garbage"
        ),
        pytest.param(b"\x1f\x8b\x08" + b"x" * 50, "damaged_file", "gzip", id="no gzip"),
        pytest.param(zstd.compress(TEXT)[:-3], "damaged_file", "Zst", id="cut zstd"),
        pytest.param(zstd.compress(TEXT) + b"x", "damaged_file", "Zst", id="zst, more"),
        pytest.param(wide_window(), "damaged_file", "Zst", id="window of a gigabyte"),
    ],
)
def test_an_archive_that_holds_no_one_text_is_refused(
    tmp_path: Path, content: bytes, code: str, says: str
) -> None:
    error = refused(stored(tmp_path, content))

    assert error.code == code
    assert says in str(error)


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress, lambda t: zipped(a=t)])
def test_a_small_archive_of_much_text_stops_at_the_limit(
    tmp_path: Path, pack: "type[bytes]"
) -> None:
    bomb = stored(tmp_path, pack(b"\n" * 10_000))

    error = refused(bomb, Limits(total_bytes=9_999))

    assert (error.code, error.facts) == ("too_many_bytes", {"limit": 9_999})


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_what_unpacks_to_far_more_than_it_was_stops_early(
    tmp_path: Path, pack: "type[bytes]"
) -> None:
    bomb = stored(tmp_path, pack(b"\n" * (70 << 20)))

    error = refused(bomb, Limits(ratio=100))

    assert (error.code, error.facts) == ("unpacks_too_far", {"limit": 100})


def test_a_long_file_that_is_not_packed_has_no_ratio(tmp_path: Path) -> None:
    path = stored(tmp_path, TEXT * 5_000_000)

    with open_source(path, Limits(ratio=1), sheet=SheetChoice()) as stream:
        while stream.read(1 << 20):
            pass
