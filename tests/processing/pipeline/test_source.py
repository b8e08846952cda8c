import gzip
import io
import zipfile
from pathlib import Path

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.source import NOT_TEXT, open_source
from tests.processing.pipeline.files import stored

TEXT = b"Fecha;Total\n1;2\n"


def opened(path: Path, *, limit_bytes: int = 1_000) -> bytes:
    with open_source(path, limit_bytes=limit_bytes) as stream:
        return stream.read(1_000_000)


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(TEXT, id="as it is"),
        pytest.param(gzip.compress(TEXT), id="gzip"),
        pytest.param(zipped(ventas=TEXT), id="zip"),
        pytest.param(zipped(folder__=b"", folder__ventas=TEXT), id="zip with folder"),
    ],
)
def test_the_text_is_found_whatever_wraps_it(tmp_path: Path, content: bytes) -> None:
    assert opened(stored(tmp_path, content)) == TEXT


@pytest.mark.parametrize(("magic", "found"), NOT_TEXT)
def test_what_is_not_text_is_called_by_its_name(
    tmp_path: Path, magic: bytes, found: str
) -> None:
    with pytest.raises(FileError, match=found) as caught:
        opened(stored(tmp_path, magic + b"anything"))

    assert caught.value.code == "not_csv"


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


@pytest.mark.parametrize(
    ("content", "found"),
    [
        pytest.param(zipped(a=TEXT, b=TEXT), "an archive of 2 files", id="two"),
        pytest.param(zipped(), "an archive of 0 files", id="none"),
        pytest.param(
            zipped(**{"[Content_Types].xml": b"<x/>"}), "an Excel workbook", id="Excel"
        ),
        pytest.param(encrypted(), "an archive with a password", id="password"),
        pytest.param(zipped(ventas=TEXT)[:-30], "a damaged archive", id="cut zip"),
        pytest.param(misplaced(), "a damaged archive", id="misplaced directory"),
        pytest.param(gzip.compress(TEXT)[:-9], "a damaged archive", id="cut gzip"),
        pytest.param(
            gzip.compress(TEXT)[:-6] + b"xxxxxx", "a damaged archive", id="bad checksum"
        ),
        pytest.param(b"\x1f\x8b\x08" + b"x" * 50, "a damaged archive", id="no gzip"),
    ],
)
def test_an_archive_that_holds_no_one_text_is_refused(
    tmp_path: Path, content: bytes, found: str
) -> None:
    if content[:4] == b"PK\x05\x06":
        content = b"PK\x03\x04" + content

    with pytest.raises(FileError) as caught:
        opened(stored(tmp_path, content))

    assert caught.value.code == "not_csv"
    assert found in str(caught.value)


def test_a_small_archive_of_much_text_stops_at_the_limit(tmp_path: Path) -> None:
    bomb = stored(tmp_path, gzip.compress(b"\n" * 10_000))

    with pytest.raises(FileError) as caught:
        opened(bomb, limit_bytes=9_999)

    assert caught.value.code == "too_many_bytes"
