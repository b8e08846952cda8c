"""Headers again and footnotes are counted apart, and never at the cost of a sale."""

from pathlib import Path

import pytest

from tests.processing.pipeline.files import GOOD, HEADER, Reading, read, sales, stored


def counted(reading: Reading) -> tuple[int, int, int, int]:
    """Return rows, rejects, footnotes and headers of all batches."""
    return (
        len(reading.rows),
        len(reading.rejects),
        sum(batch.footnotes for batch in reading.batches),
        sum(batch.headers for batch in reading.batches),
    )


def test_a_header_again_is_neither_sale_nor_reject(tmp_path: Path) -> None:
    quoted = ";".join(f'"{name}"' for name in HEADER.split(";"))

    reading = read(stored(tmp_path, sales(GOOD, HEADER, GOOD, quoted, GOOD)))

    assert counted(reading) == (3, 0, 0, 2)
    assert [row["line"] for row in reading.rows] == ["2", "4", "6"]


@pytest.mark.parametrize(
    ("below", "footnotes"),
    [
        pytest.param(["TOTAL;;;12;15.900"], 1, id="total"),
        pytest.param(["Total general", "", "Caja 3"], 2, id="blank between"),
        pytest.param(["Usuario: ana;;;;", "Fin;;;;"], 2, id="text below dates"),
        pytest.param(["", "Documento sin valor"], 1, id="a sentence"),
        pytest.param(["Total, 3 ventas;;;;;;;;"], 1, id="wider than the table"),
    ],
)
def test_what_stands_below_the_sales_is_neither_sale_nor_reject(
    tmp_path: Path, below: list[str], footnotes: int
) -> None:
    reading = read(stored(tmp_path, sales(*[GOOD] * 5, *below)))

    assert counted(reading) == (5, 0, footnotes, 0)


@pytest.mark.parametrize(
    "last",
    [
        pytest.param("05-01-2024;B1;;;", id="a sale cut short"),
        pytest.param("05-01-2024", id="a date alone"),
        pytest.param("05-01", id="half a date"),
        pytest.param('"05-01-2', id="half a date in marks that are not closed"),
        pytest.param("enero;B1;A;2;1,5", id="a full record with a bad date"),
    ],
)
def test_a_broken_sale_at_the_end_is_a_reject(tmp_path: Path, last: str) -> None:
    reading = read(stored(tmp_path, sales(*[GOOD] * 5, last)))

    assert counted(reading) == (5, 1, 0, 0)


def test_a_total_between_sales_is_a_reject(tmp_path: Path) -> None:
    reading = read(stored(tmp_path, sales(GOOD, "TOTAL;;;2;1,5", GOOD)))

    assert counted(reading) == (2, 1, 0, 0)


def test_a_sale_that_looks_like_a_total_lands(tmp_path: Path) -> None:
    header = "Producto;Fecha;Boleta;Cantidad;Total;Glosa"
    rows = ["Pan;05-01-2024;B1;2;1,5;x", "Total;05-01-2024;B2;2;1,5;"]

    reading = read(stored(tmp_path, sales(*rows, header=header)))

    assert counted(reading) == (2, 0, 0, 0)


def test_a_total_proves_no_convention(tmp_path: Path) -> None:
    lines = ["05-01-2024;B1;A;2;1,5", "TOTAL;;;;1.5"]

    reading = read(stored(tmp_path, sales(*lines)))

    assert reading.understanding.questions == ()


def test_what_is_no_row_adds_nothing_to_the_quality(tmp_path: Path) -> None:
    text = sales("  ; ;;;", *[GOOD] * 5, "TOTAL;;;12;15.900")

    (batch,) = read(stored(tmp_path, text)).batches

    assert (batch.footnotes, batch.blank) == (1, 1)
    assert batch.stats.required_filled == 5 * 5
