"""Which sheet of a workbook is read where nobody says."""

from pathlib import Path

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.glance import glance
from processing.pipeline.limits import DEFAULT_LIMITS
from tests.processing.pipeline.files import hints, read
from tests.processing.pipeline.workbooks import (
    header,
    row,
    sale,
    sheet,
    text,
    workbook,
)

COVER = sheet(row(text("Informe de ventas")), row(text("Enero de 2024")))


@pytest.mark.parametrize(
    "before",
    [
        pytest.param([sheet()], id="an empty one"),
        pytest.param([COVER], id="a cover"),
        pytest.param([sheet(header())], id="a header and nothing else"),
        pytest.param([sheet(), COVER], id="several"),
    ],
)
def test_the_first_sheet_that_has_records_is_read_and_that_is_told(
    tmp_path: Path, before: list[str]
) -> None:
    path = workbook(tmp_path, *before, sheet(header(), sale("B1")))
    name = f"Hoja{len(before) + 1}"

    seen = read(path)
    looked_at = glance(path, hints(), DEFAULT_LIMITS)

    assert seen.column("transaction_id") == ["B1"]
    assert looked_at.sheet == name
    assert [(a.kind, a.column) for a in seen.understanding.assumptions] == [
        ("sheet", name)
    ]
    assert seen.understanding.assumptions == looked_at.assumptions


def test_nothing_is_assumed_where_there_is_one_sheet_or_one_was_named(
    tmp_path: Path,
) -> None:
    sales = sheet(header(), sale("B1"))
    path = workbook(tmp_path, COVER, sales, sales)

    named = read(path, hints(sheet="3")).understanding
    one = read(workbook(tmp_path, sales, COVER, hidden=(1,))).understanding

    assert (named.assumptions, one.assumptions) == ((), ())


@pytest.mark.parametrize("hidden", [(), (0, 1)])
def test_a_workbook_without_records_is_empty(
    tmp_path: Path, hidden: tuple[int, ...]
) -> None:
    path = workbook(tmp_path, sheet(), sheet(), hidden=hidden)

    with pytest.raises(FileError) as caught:
        read(path)

    assert caught.value.code == "empty_file"
