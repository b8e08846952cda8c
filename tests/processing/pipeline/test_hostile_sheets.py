"""Workbooks made to do harm: each stops with a code, and nothing is ever expanded."""

from pathlib import Path

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.limits import DEFAULT_LIMITS, Limits
from processing.pipeline.preview import ALL, preview
from tests.processing.pipeline.files import hints
from tests.processing.pipeline.workbooks import (
    MAIN,
    header,
    row,
    sale,
    shared,
    sheet,
    text,
    workbook,
)

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
SALES = sheet(header(), sale("B1"))


def refused(path: Path, limits: Limits = DEFAULT_LIMITS) -> FileError:
    with pytest.raises(FileError) as caught:
        preview(path, hints(), limits, records=ALL)
    return caught.value


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(LAUGHS + SALES, id="type of document"),
        pytest.param(sheet(header(), LAUGHS, sale("B1")), id="type among the rows"),
        pytest.param(sheet(header(), sale("&b;")), id="unknown entity"),
        pytest.param(sheet(header(), row(text("<b/>&b;"))), id="entity for the parser"),
        pytest.param(SALES[:-40], id="cut off"),
        pytest.param(sheet(row(text("a"), at=5), row(text("b"), at=2)), id="backwards"),
        pytest.param(sheet(header(), sale("\x1f")), id="no XML"),
    ],
)
def test_a_sheet_that_is_not_what_it_should_be_is_damaged(
    tmp_path: Path, rows: str
) -> None:
    assert refused(workbook(tmp_path, rows)).code == "damaged_file"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_no_part_may_declare_anything(tmp_path: Path, part: str) -> None:
    hostile = f'{LAUGHS}<workbook xmlns="{MAIN}"/>'

    assert refused(workbook(tmp_path, SALES, parts={part: hostile})).code == (
        "damaged_file"
    )


def test_a_row_that_points_at_much_text_is_too_long(tmp_path: Path) -> None:
    many = row(*['<c t="s"><v>0</v></c>'] * 10_000)
    long = {"xl/sharedStrings.xml": shared(f"<t>{'x' * 10_000}</t>")}

    error = refused(workbook(tmp_path, sheet(header(), many), parts=long))

    assert (error.code, error.facts["line"]) == ("line_too_long", 2)


def test_more_texts_than_may_be_held_are_refused(tmp_path: Path) -> None:
    texts = {"xl/sharedStrings.xml": shared(*["<t>abc</t>"] * 100)}

    error = refused(workbook(tmp_path, SALES, parts=texts), Limits(texts_bytes=500))

    assert (error.code, error.facts) == ("too_many_texts", {"limit": 500})


@pytest.mark.parametrize("cell", ["<c><v>1</v></c>", "<c><v>1</v><x/></c>"])
def test_more_columns_than_a_sheet_has_are_too_many(tmp_path: Path, cell: str) -> None:
    error = refused(workbook(tmp_path, sheet(row(cell * 16_385))))

    assert error.code == "too_many_columns"


def test_a_row_beyond_every_sheet_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheet(header(), sale("B1", at=999_999_999)))

    assert refused(path).code == "too_many_rows"


def test_a_document_of_another_program_is_no_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path, SALES, parts={"xl/workbook.xml": "no XML"})

    assert refused(path).code == "damaged_file"
