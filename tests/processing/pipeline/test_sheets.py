"""Workbooks through the same reader as every other file: rows, lines and refusals."""

from pathlib import Path

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.findings import DecimalMark
from processing.pipeline.glance import glance
from processing.pipeline.limits import DEFAULT_LIMITS, Limits
from processing.pipeline.preview import ALL, Preview, preview
from tests.processing.pipeline import workbooks
from tests.processing.pipeline.files import hints, read
from tests.processing.pipeline.workbooks import (
    DAY,
    header,
    number,
    row,
    sale,
    sheet,
    text,
    workbook,
)


def shown(path: Path, limits: Limits = DEFAULT_LIMITS, **told: object) -> Preview:
    return preview(path, hints(**told), limits, records=ALL)


def refused(path: Path, limits: Limits = DEFAULT_LIMITS, **told: object) -> FileError:
    with pytest.raises(FileError) as caught:
        shown(path, limits, **told)
    return caught.value


def test_a_sheet_of_sales_lands_like_a_file_of_them(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheet(header(), sale("B1"), sale("B2", "1990.5")))

    seen = read(path)

    assert seen.understanding.questions == ()
    assert seen.understanding.sheet is not None
    assert seen.understanding.sheet.name == "Hoja1"
    assert seen.column("transaction_id") == ["B1", "B2"]
    assert seen.column("occurred_at") == ["2024-03-05T03:00:00+00:00"] * 2
    assert seen.column("price_total") == ["1990.0000", "1990.5000"]
    assert seen.rejects == ()


def test_the_line_of_a_reject_is_the_row_of_the_sheet(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        sheet(
            row(text("Ventas de marzo"), at=2),
            header(at=4),
            sale("B1", at=5),
            row(number(45356, DAY), text("B&#10;2"), text("A"), number(1), at=7),
            sale("B3", "#REF", at=9),
        ),
    )

    seen = read(path)

    assert seen.understanding.header_line == 4
    assert seen.column("line") == ["5"]
    assert [(r.line, r.record, r.code) for r in seen.rejects] == [
        (7, 2, "missing_required"),
        (9, 3, "bad_number"),
    ]
    assert sum(batch.blank for batch in seen.batches) == 2


def test_a_break_inside_a_cell_is_no_line(tmp_path: Path) -> None:
    head = row(*map(text, ("Fecha", "N°&#10;Boleta", "Código Producto", "Cant", "Tot")))
    path = workbook(tmp_path, sheet(head, sale("B&#13;&#10;1"), sale("B2")))

    seen = shown(path)

    assert seen.structure.header.names[1] == "N° Boleta"
    assert [r[1] for r in seen.records] == ["B\N{LINE SEPARATOR}1", "B2"]
    assert seen.lines == (2, 3)


@pytest.mark.parametrize(
    ("mark", "total"), [(DecimalMark.COMMA, "1,2340"), (DecimalMark.POINT, "1.2340")]
)
def test_numbers_are_written_as_the_shop_writes_them(
    tmp_path: Path, mark: DecimalMark, total: str
) -> None:
    path = workbook(tmp_path, sheet(header(), sale("B1", "1.234")))

    assert shown(path, decimal_mark=mark).records[0][4] == total
    assert read(path, hints(decimal_mark=mark)).column("price_total") == ["1.2340"]


def test_text_beside_numbers_is_read_as_the_shop_writes_it(tmp_path: Path) -> None:
    written = row(number(45356, DAY), text("B2"), text("A"), number(1), text("1.990"))
    path = workbook(tmp_path, sheet(header(), sale("B1", "1990.5"), written))

    assert read(path).column("price_total") == ["1990.5000", "1990.0000"]


def test_text_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    path = workbook(tmp_path, sheet(header(), sale("00123"), sale("1e5")))

    assert read(path).column("transaction_id") == ["00123", "1e5"]


def test_the_first_sheet_that_can_be_seen_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, sheet(row(text("secret"))), sheet(header(), sale("B1")), hidden=(0,)
    )

    assert [r[1] for r in shown(path).records] == ["B1"]


@pytest.mark.parametrize("name", ["Hoja2", " hoja2 "])
def test_a_sheet_can_be_named(tmp_path: Path, name: str) -> None:
    other = sheet(header(), sale("B9"))
    path = workbook(tmp_path, sheet(header(), sale("B1")), other, hidden=(1,))

    assert [r[1] for r in shown(path, sheet=name).records] == ["B9"]


def test_a_sheet_can_be_named_by_its_number_among_those_that_are_seen(
    tmp_path: Path,
) -> None:
    books = [sheet(header(), sale(f"B{n}")) for n in range(3)]
    path = workbook(tmp_path, *books, names=("Uno", "Dos", "1"), hidden=(0,))

    read_ = {n: shown(path, sheet=n).records[0][1] for n in ("2", "dos", "1")}

    # The third one is called 1, and a name goes before a number.
    assert read_ == {"2": "B2", "dos": "B1", "1": "B2"}
    for number_ in ("0", "3", "-1", "1e0", "99999999"):
        assert refused(path, sheet=number_).code == "unknown_sheet"


def test_a_look_at_a_workbook_names_its_sheets(tmp_path: Path) -> None:
    books = [sheet(header(), sale(f"B{n}")) for n in range(3)]
    path = workbook(tmp_path, *books, hidden=(1,))

    seen = glance(path, hints(sheet="2"), DEFAULT_LIMITS)

    assert (seen.sheet, seen.sheets) == ("Hoja3", ("Hoja1", "Hoja3"))


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(
    tmp_path: Path,
) -> None:
    path = workbook(tmp_path, sheet(), sheet(), sheet(), hidden=(2,))

    error = refused(path, sheet="Ventas" * 20)

    assert error.code == "unknown_sheet"
    assert error.facts == {"sheet": ("Ventas" * 20)[:64], "sheets": "Hoja1, Hoja2"}


@pytest.mark.parametrize("rows", [(), (row(), row(number("")), "<row r='9'/>")])
def test_a_sheet_without_a_value_is_empty(tmp_path: Path, rows: tuple[str]) -> None:
    assert refused(workbook(tmp_path, sheet(*rows))).code == "empty_file"


def test_rows_are_as_wide_as_the_table_and_no_wider(tmp_path: Path) -> None:
    empty = number("", 1) * 30
    path = workbook(
        tmp_path,
        sheet(
            row(text("Ventas")),
            row(*map(text, workbooks.HEADER), text("Nota")),
            sale("B1"),
            row(number(45356, DAY), text("B2"), text("A"), number(1), number(9), empty),
            *(row(number("", 1), at=r) for r in (90, 5000)),
        ),
    )

    seen = read(path)

    assert seen.understanding.header == (*workbooks.HEADER, "Nota")
    assert seen.column("transaction_id") == ["B1", "B2"]
    assert seen.rejects == ()
    assert [b.blank for b in seen.batches] == [0]


def test_a_stray_cell_far_out_costs_its_own_row(tmp_path: Path) -> None:
    stray = sale("B2", at=3).replace("</row>", '<c r="XFD3"><v>1</v></c></row>')
    path = workbook(tmp_path, sheet(header(1), sale("B1", at=2), stray))

    seen = read(path)

    assert seen.column("transaction_id") == ["B1"]
    assert [(r.line, r.code) for r in seen.rejects] == [(3, "too_many_fields")]


def test_only_one_row_of_a_sheet_is_on_a_line_whatever_a_cell_holds(
    tmp_path: Path,
) -> None:
    path = workbook(
        tmp_path, sheet(header(), sale("_x001F_"), sale("_x000A_x"), sale('"'))
    )

    seen = read(path)

    assert [(r.line, r.code) for r in seen.rejects] == [(2, "control_character")]
    assert seen.column("line") == ["3", "4"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("#N/A", "missing_required"),
        *((each, "formula_error") for each in ("#DIV/0!", "#REF!", "#EXTERNAL!")),
    ],
)
@pytest.mark.parametrize("place", [0, 2, 4])
def test_a_cell_with_an_error_is_absent_or_refused(
    tmp_path: Path, place: int, error: str, code: str
) -> None:
    cells = [number(45356, DAY), text("B1"), text("A"), number(2), number(1990)]
    cells[place] = f'<c t="e"><f>1/0</f><v>{error}</v></c>'
    path = workbook(tmp_path, sheet(header(), row(*cells), sale("B2")))

    rejects = read(path).rejects

    assert [(r.line, r.column, r.code) for r in rejects] == [
        (2, workbooks.HEADER[place], code)
    ]


def test_what_a_sheet_has_calculated_is_rounded_and_told(tmp_path: Path) -> None:
    totals = ("0.30000000000000004", "1234.567891", "1672.26890756303", "1990.5")
    path = workbook(tmp_path, sheet(header(), *(sale("B", each) for each in totals)))

    seen = read(path)

    assert seen.column("price_total") == [
        "0.3000",
        "1234.5679",
        "1672.2689",
        "1990.5000",
    ]
    assert [b.stats.rounded for b in seen.batches] == [2]
    assert [
        (a.kind, a.column, a.assumed, a.values) for a in seen.understanding.assumptions
    ] == [("decimals", "Total", "rounded", 2)]


def test_dates_of_a_workbook_that_counts_from_1904_are_four_years_later(
    tmp_path: Path,
) -> None:
    rows = sheet(header(), sale("B1").replace("45356", "43894"))
    path = workbook(tmp_path, rows, properties=' date1904="1"')

    assert read(path).column("occurred_at") == ["2024-03-05T03:00:00+00:00"]
