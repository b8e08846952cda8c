"""CSV for spreadsheets: no formula, no lost cell, a delimiter they know."""

import csv
import io

import pytest

from uploads.api.spreadsheets import BYTE_ORDER_MARK, CHUNK_CHARS, csv_chunks, harmless


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd",
        "-cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\tx",
        "\rx",
        "-",
        "+1-2",
        "-1;",
    ],
)
def test_a_formula_becomes_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        "-5",
        "+56912345678",
        "-1.990,50",
        "-1,990.50",
        "-1e5",
        "1=1",
        "a@b.cl",
        "",
        "'",
        7,
    ],
)
def test_numbers_and_plain_texts_stay_as_they_are(cell: object) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize(
    ("delimiter", "used"),
    [(";", ";"), ("\t", "\t"), ("", ","), ("x", ","), ("::", ",")],
)
def test_a_delimiter_that_spreadsheets_know_is_kept(delimiter: str, used: str) -> None:
    text = b"".join(csv_chunks([["a", "b"]], delimiter=delimiter)).decode()

    assert text == f"a{used}b\r\n"


def test_cells_come_back_as_they_were() -> None:
    rows: list[list[object]] = [
        ["ñandú", 'say "x"', "two\nlines", "a;b"],
        [None, "", "  ", 3],
    ]

    text = b"".join(csv_chunks(rows, delimiter=";", mark=BYTE_ORDER_MARK))

    read = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), ""), delimiter=";"))
    assert read == [rows[0], ["", "", "  ", "3"]]


def test_a_long_file_comes_in_pieces() -> None:
    pieces = list(csv_chunks(["x" * 1000] for _ in range(1000)))

    assert len(pieces) > 10
    assert max(map(len, pieces)) < 2 * CHUNK_CHARS
    assert sum(piece.count(b"\r\n") for piece in pieces) == 1000
