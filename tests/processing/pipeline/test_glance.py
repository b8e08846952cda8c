"""What a person is shown of a file before it lands."""

from pathlib import Path
from typing import Any

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.glance import CELL_CHARS, Glance, cut, glance
from processing.pipeline.limits import DEFAULT_LIMITS
from tests.processing.pipeline.files import GOOD, hints, sales, stored


def look(folder: Path, content: str, **told: Any) -> Glance:
    return glance(stored(folder, content), hints(**told), DEFAULT_LIMITS)


def test_everything_detected_says_how_surely_and_why(tmp_path: Path) -> None:
    seen = look(tmp_path, sales(GOOD, GOOD))

    found = (seen.encoding, seen.delimiter, seen.quote, seen.header_line)
    assert [one.value for one in found] == ["utf-8", ";", '"', 1]
    assert all(0 < one.confidence <= 1 and one.reason for one in found)


def test_what_was_told_says_so(tmp_path: Path) -> None:
    told = {"encoding": "utf-8", "delimiter": ";", "quote": "", "header_line": 1}

    seen = look(tmp_path, sales(GOOD), **told)

    found = (seen.encoding, seen.delimiter, seen.quote, seen.header_line)
    assert [one.reason for one in found] == ["told"] * 4
    assert seen.quote.value == ""


def test_no_quotation_mark_leaves_marks_in_the_text(tmp_path: Path) -> None:
    content = 'a;b\n"x;1\n"y";2\n'

    seen = look(tmp_path, content, delimiter=";", quote="")

    assert [record.cells for record in seen.records] == [('"x', "1"), ('"y"', "2")]


@pytest.mark.parametrize("delimiter", ["||", "\t\t", "|~|", ", ", "-->"])
def test_a_delimiter_of_several_signs_can_be_told(
    tmp_path: Path, delimiter: str
) -> None:
    lines = (("fecha", "bo|leta"), ("x,y", ""), ("a", "b\t c"))
    content = "".join(f"{delimiter.join(line)}\n" for line in lines)

    seen = look(tmp_path, content, delimiter=delimiter, header_line=1)

    assert [column.header for column in seen.columns] == list(lines[0])
    assert [record.cells for record in seen.records] == list(lines[1:])


def test_a_file_said_to_have_no_header_has_none(tmp_path: Path) -> None:
    seen = look(tmp_path, sales(GOOD), header_line=0)

    assert (seen.header_line.value, seen.columns[0].header) == (0, "column 1")
    assert [record.line for record in seen.records] == [1, 2]


def test_a_column_shows_some_of_its_different_values(tmp_path: Path) -> None:
    rows = [f"05-01-2024;B{n};A;2;1.990,50" for n in range(9)]

    seen = look(tmp_path, sales(*rows))

    assert seen.columns[1].samples == ("B0", "B1", "B2")
    assert seen.columns[2].samples == ("A",)
    assert seen.columns[4].field == "price_total"
    assert seen.columns[4].decimal_mark == "comma"
    assert seen.columns[0].date_order == "day_first"


def test_no_cell_is_shown_longer_than_a_cell_may_be(tmp_path: Path) -> None:
    long = "x" * 100

    seen = look(tmp_path, f"Fecha;{long}\n05-01-2024;{long}\n", delimiter=";")

    texts = [*seen.records[0].cells, *(c.header for c in seen.columns)]
    texts += [text for column in seen.columns for text in column.samples]
    assert max(map(len, texts)) == CELL_CHARS
    assert seen.cells_cut == 1


def test_a_cell_as_long_as_allowed_is_whole() -> None:
    assert cut("x" * CELL_CHARS) == "x" * CELL_CHARS
    assert cut("x" * (CELL_CHARS + 1)).endswith("x…")


def test_a_wide_and_long_file_is_shown_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processing.pipeline.glance.SHOWN_COLUMNS", 100)
    header = ";".join(f"h{n}" for n in range(150))
    rows = [";".join(str(n) for n in range(150)) for _ in range(30)]

    seen = look(tmp_path, "\n".join([header, *rows]))

    assert (seen.column_count, len(seen.columns), len(seen.records)) == (150, 100, 10)
    assert (len(seen.records[0].cells), seen.is_whole) == (100, False)
    assert len(seen.matched) == 150


def test_what_is_open_is_asked(tmp_path: Path) -> None:
    seen = look(tmp_path, "Fecha;Boleta\n05-01-2024;B1\n")

    assert {question.field for question in seen.questions} == {
        "product_id",
        "quantity",
        "price_total",
    }


def test_a_file_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no records"):
        look(tmp_path, "\n\n")
