from decimal import Decimal
from pathlib import Path

import pytest

from tests.processing.pipeline.files import HEADER, Reading, hints, read, sales, stored


def one(folder: Path, *cells: str, header: str = HEADER, **told: object) -> Reading:
    text = sales(";".join(cells), header=header)
    return read(stored(folder, text), hints(**told))


@pytest.mark.parametrize(
    "word",
    [
        "",
        "  ",
        "-",
        "--",
        "NULL",
        "null",
        "N/A",
        "#N/A",
        "#N/D",
        "s/i",
        "S/I",
        "(vacío)",
    ],
)
def test_words_for_an_absent_value_are_absent(tmp_path: Path, word: str) -> None:
    reading = one(tmp_path, "05-01-2024", "B1", word, "2", "1,5")

    assert reading.faults() == [(2, "Código Producto", "missing_required")]


ERRORS = (
    *("#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#ERROR!", "#SPILL!"),
    *("#¡REF!", "#¡VALOR!", "#¡DIV/0!", "#¿NOMBRE?", "#¡NULO!", "#¡NUM!", "#NÚM!"),
    *("Err:502", "Err:522", "########", " #REF! "),
)


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("place", range(5))
def test_an_error_of_a_spreadsheet_is_no_value_of_any_kind(
    tmp_path: Path, place: int, error: str
) -> None:
    cells = ["05-01-2024", "B1", "A", "2", "1,5"]
    cells[place] = error

    reading = one(tmp_path, *cells)

    assert reading.faults() == [(2, HEADER.split(";")[place], "formula_error")]


def test_an_error_refuses_its_row_in_an_optional_column_too(tmp_path: Path) -> None:
    lines = (f"05-01-2024;B1;A;2;1,5;{cell}" for cell in ("#REF!", "", "#N/D", "Gorro"))
    text = sales(*lines, header=f"{HEADER};Categoría")

    reading = read(stored(tmp_path, text))

    assert reading.faults() == [(2, "Categoría", "formula_error")]
    assert reading.column("category") == [None, None, "Gorro"]


@pytest.mark.parametrize("word", ["#1", "#REF", "Error: 502", "REF!", "Erredos", "A #"])
def test_what_only_resembles_an_error_is_a_value(tmp_path: Path, word: str) -> None:
    reading = one(tmp_path, "05-01-2024", "B1", word, "2", "1,5")

    assert reading.column("product_id") == [word]


@pytest.mark.parametrize("word", ["NaN", "NA", "0", "x", "nil"])
def test_other_words_are_values(tmp_path: Path, word: str) -> None:
    reading = one(tmp_path, "05-01-2024", "B1", word, "2", "1,5")

    assert reading.column("product_id") == [word]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("  A 1\t", "A 1", id="trimmed"),
        pytest.param("\xa0A\u3000", "A", id="wide spaces"),
        pytest.param("Cafe\u0301", "Café", id="NFC"),
        pytest.param("A  1", "A  1", id="spaces inside"),
        pytest.param("=SUM(1)", "=SUM(1)", id="formula"),
        pytest.param("😀", "😀", id="emoji"),
    ],
)
def test_text_is_trimmed_and_otherwise_kept(
    tmp_path: Path, cell: str, expected: str
) -> None:
    reading = one(tmp_path, "05-01-2024", "B1", cell, "2", "1,5")

    assert reading.column("product_id") == [expected]


def test_the_first_column_at_fault_is_told(tmp_path: Path) -> None:
    reading = one(tmp_path, "x", "", "A", "y", "z")

    assert reading.faults() == [(2, "Fecha", "bad_date")]


def test_a_default_fills_what_the_file_leaves_out(tmp_path: Path) -> None:
    reading = one(
        tmp_path,
        "05-01-2024",
        "B1",
        "A",
        "",
        "1,5",
        defaults={"quantity": "1", "category": "Otros"},
    )

    assert reading.column("quantity") == ["1.0000"]
    assert reading.column("category") == ["Otros"]


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        ("05-01-2024", "10:30", "2024-01-05T13:30:00+00:00"),
        ("05-01-2024 00:00:00", "10:30:05", "2024-01-05T13:30:05+00:00"),
        ("05-01-2024 0:00", "", "2024-01-05T03:00:00+00:00"),
    ],
)
def test_a_date_and_a_time_column_are_joined(
    tmp_path: Path, date: str, time: str, expected: str
) -> None:
    header = "Fecha;Hora;Boleta;SKU;Cantidad;Total"

    reading = one(tmp_path, date, time, "B1", "A", "2", "1,5", header=header)

    assert reading.column("occurred_at") == [expected]


def test_optional_values_that_are_wrong_refuse_the_row(tmp_path: Path) -> None:
    header = "Fecha;Boleta;SKU;Cantidad;Total;Costo Total"

    reading = one(tmp_path, "05-01-2024", "B1", "A", "2", "1,5", "x", header=header)

    assert reading.faults() == [(2, "Costo Total", "bad_number")]


def test_totals_are_exact(tmp_path: Path) -> None:
    lines = ["05-01-2024;B1;A;0,1;0,0001"] * 30 + [
        "05-01-2024;B1;A;1;999999999999,9999"
    ]

    stats = read(stored(tmp_path, sales(*lines))).batches[0].stats

    assert stats.quantity_total == Decimal(4)
    assert stats.price_total == Decimal("1000000000000.0029")
