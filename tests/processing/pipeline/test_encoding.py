import io
import itertools
import time

import pytest

from processing.pipeline.encoding import (
    detect_encoding,
    pieces,
    shown,
    source_length,
)
from processing.pipeline.errors import FileError

SPANISH = "Código;Descripción\nN° 1;Ñoquis de maíz, ¿caseros?\n" * 40
RUSSIAN = "Дата;Товар;Количество\n05.01.2024;Хлеб ржаной;2\n" * 40


def detected(content: bytes, named: str | None = None) -> tuple[str, int]:
    encoding = detect_encoding(io.BytesIO(content), named=named)
    return encoding.name, encoding.mark_bytes


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", ("utf-8", 0), id="nothing"),
        pytest.param(b"a;b\n1;2\n", ("utf-8", 0), id="ASCII"),
        pytest.param(SPANISH.encode(), ("utf-8", 0), id="UTF-8"),
        pytest.param(SPANISH.encode("utf-8-sig"), ("utf-8", 3), id="UTF-8 with mark"),
        pytest.param(SPANISH.encode("utf-16"), ("utf-16-le", 2), id="UTF-16 LE"),
        pytest.param(
            b"\xfe\xff" + SPANISH.encode("utf-16-be"), ("utf-16-be", 2), id="UTF-16 BE"
        ),
        pytest.param(SPANISH.encode("utf-16-le"), ("utf-16-le", 0), id="LE, no mark"),
        pytest.param(SPANISH.encode("utf-32-le"), ("utf-32-le", 0), id="32, LE"),
        pytest.param(SPANISH.encode("utf-32-be"), ("utf-32-be", 0), id="32, BE"),
        pytest.param(SPANISH.encode("utf-16-be"), ("utf-16-be", 0), id="BE, no mark"),
        pytest.param(SPANISH.encode("utf-32"), ("utf-32-le", 4), id="UTF-32"),
        pytest.param(SPANISH.encode("cp1252"), ("cp1252", 0), id="Windows"),
        pytest.param(SPANISH.encode("latin-1"), ("cp1252", 0), id="latin-1"),
        pytest.param(SPANISH.encode("cp850"), ("cp850", 0), id="DOS"),
        pytest.param(SPANISH.encode("mac_roman"), ("mac_roman", 0), id="old Mac"),
        pytest.param(SPANISH.encode() + b"\xff", ("utf-8", 0), id="one broken byte"),
        pytest.param(
            "año;ítem\n".encode() + b"1;\xff\n", ("utf-8", 0), id="few letters"
        ),
        pytest.param(
            b"a\xf1o;\xedtem\n1;\xc3\xb1\n", ("cp1252", 0), id="one chance letter"
        ),
        pytest.param(b"a;b\n" * 20_000 + b"\xf1;1\n", ("cp1252", 0), id="late letter"),
        pytest.param(
            "ó".encode().join([b"x" * 4_095, b""]), ("utf-8", 0), id="cut letter"
        ),
        pytest.param(
            b"\xfe\x90\xb6\x90\xde\xd0\xad\x9d\xde\n", ("cp1252", 0), id="nothing fits"
        ),
    ],
)
def test_an_encoding_is_found(content: bytes, expected: tuple[str, int]) -> None:
    assert detected(content) == expected


def test_a_letter_behind_a_long_cell_is_found_in_one_pass() -> None:
    """Each byte of the line was once looked at as often as the line is long."""
    begun = time.process_time()

    found = detected(b"x" * 2_000_000 + b";\xf1\n" + b"y" * 2_000_000 + b";\xe9\n")

    assert found == ("cp1252", 0)
    assert time.process_time() - begun < 5


def test_other_encodings_are_proven_by_what_they_say() -> None:
    name, _ = detected(RUSSIAN.encode("cp1251"))

    assert RUSSIAN.encode("cp1251").decode(name) == RUSSIAN


def test_letters_of_another_encoding_settle_it_early() -> None:
    stream = io.BytesIO(SPANISH.encode("cp1252") * 2_000)

    detect_encoding(stream, named=None)

    assert stream.tell() < len(stream.getvalue())


@pytest.mark.parametrize(
    ("named", "content", "expected"),
    [
        pytest.param("latin-1", b"x", ("cp1252", 0), id="alias"),
        pytest.param("UTF8", b"\xef\xbb\xbfx", ("utf-8", 3), id="with its mark"),
        pytest.param("cp850", b"\xef\xbb\xbfx", ("cp850", 0), id="another's mark"),
        pytest.param("utf-16", b"\xff\xfex\0", ("utf-16-le", 2), id="by its mark"),
    ],
)
def test_a_named_encoding_is_believed(
    named: str, content: bytes, expected: tuple[str, int]
) -> None:
    assert detected(content, named) == expected


@pytest.mark.parametrize("named", ["klingon", "hex", "x" * 500, "a\0b"])
def test_a_name_of_no_encoding_is_refused(named: str) -> None:
    with pytest.raises(FileError) as caught:
        detected(b"x", named)

    assert caught.value.code == "bad_encoding_name"
    assert len(str(caught.value)) < 120


ENCODINGS = ["utf-8", "cp1252", "cp850", "utf-16-le", "utf-16-be", "utf-32-le"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("block_bytes", [1, 3, 7, 1_000])
def test_pieces_are_the_text_wherever_they_are_cut(
    encoding: str, block_bytes: int
) -> None:
    text = "ñandú;½;x\n" * 3

    read = list(
        pieces(
            io.BytesIO(b"::" + text.encode(encoding)),
            encoding,
            sizes=itertools.repeat(block_bytes),
            start=2,
        )
    )

    assert b"".join(piece.text for piece in read).decode() == text
    assert read[-1].source_end == 2 + len(text.encode(encoding))
    assert not any(piece.is_damaged for piece in read)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        pytest.param("utf-8", b"a\xffb\xc3", id="bad byte and cut letter"),
        pytest.param("cp1252", b"a\x81b", id="byte without a meaning"),
        pytest.param("utf-16-le", b"a\0\x00\xd8b\0", id="half of a pair"),
    ],
)
def test_broken_bytes_survive_as_what_they_are(encoding: str, content: bytes) -> None:
    read = list(
        pieces(io.BytesIO(content), encoding, sizes=itertools.repeat(64), start=0)
    )
    text = b"".join(piece.text for piece in read)

    assert read[0].is_damaged
    assert source_length(text, encoding) == len(content)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_knows_its_length_in_the_file(encoding: str) -> None:
    text = "á€\N{NO-BREAK SPACE}x" if encoding != "cp850" else "áx"

    assert source_length(text.encode(), encoding) == len(text.encode(encoding))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Café", "Café"),
        ("Caf\udc81", "Caf\\x81"),
        ("a\0b", "a\\x00b"),
        ("\ud800", "\\ud800"),
    ],
)
def test_what_cannot_be_shown_is_spelled(text: str, expected: str) -> None:
    assert shown(text) == expected


def test_enough_evidence_is_enough() -> None:
    plain, spanish = b"a;b\n" * 2_000, SPANISH.encode("cp1252") * 100

    assert detected(plain + spanish) == ("cp1252", 0)
