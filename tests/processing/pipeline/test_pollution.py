"""One table of our own, spoilt in one way at a time: what is read must be the table."""

import dataclasses
from collections import Counter
from pathlib import Path

import pytest

from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.preview import ALL, Preview, preview
from tests.processing.pipeline.files import hints, stored

NAMES = ("dia", "hora", "codigo", "precio", "texto", "enlace", "nota")
TEXTS = ("Un texto", "Otro; más largo", 'Con "comillas" dentro', "Gorro, lana")
NOTES = ("", "Nota\nen dos", "ok")
ROWS: tuple[tuple[str, ...], ...] = tuple(
    (
        f"vie {1 + i % 28} de junio, 2011",
        f"{i % 24:02}:{i % 60:02}:00",
        f"AB-{i:04}",
        f"{3.5 * i:.2f}",
        TEXTS[i % 4],
        f"http://x.cl/p?id={i}&u=1",
        NOTES[i % 3],
    )
    for i in range(60)
)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Style:
    """How a table is written."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    always: str = ""
    ending: str = "\n"


def cell(text: str, style: Style) -> str:
    mark, escape = style.quote, style.escape
    needed = (style.delimiter, mark, "\n", "\r", *([style.escape] if escape else []))
    if not style.always and not any(sign in text for sign in needed):
        return text
    if escape:
        inner = text.replace(escape, escape * 2).replace(mark, escape + mark)
    else:
        inner = text.replace(mark, mark * 2)
    return mark + inner + mark


def line(cells: tuple[str, ...], style: Style) -> str:
    return style.delimiter.join(cell(each, style) for each in cells)


def lines(style: Style, names: tuple[str, ...] = NAMES) -> list[str]:
    return [line(cells, style) for cells in ((names, *ROWS) if names else ROWS)]


def written(style: Style, names: tuple[str, ...] = NAMES) -> str:
    return style.ending.join([*lines(style, names), ""])


def seen(folder: Path, content: str, encoding: str = "utf-8") -> Preview:
    path = stored(folder, content, encoding=encoding)
    return preview(path, hints(), DEFAULT_LIMITS, records=ALL)


PLAIN = Style()


@pytest.mark.parametrize(
    "style",
    [
        *(Style(delimiter=d) for d in (",", ";", "\t", "|", "^", "~", "#", "\x1f")),
        *(Style(delimiter=d, always="yes") for d in ("\t\t", "||", "::", ", ", "\\t")),
        *(Style(delimiter=d) for d in (" ", "\t\t", "||", "|~|")),
        Style(quote="'"),
        Style(quote="'", always="yes"),
        Style(always="yes"),
        Style(escape="\\"),
        Style(escape="\\", always="yes"),
        Style(ending="\r\n"),
        Style(ending="\r"),
    ],
    ids=repr,
)
def test_a_table_is_read_however_it_is_written(tmp_path: Path, style: Style) -> None:
    shown = seen(tmp_path, written(style))

    assert shown.structure.header.cells == NAMES
    assert shown.records == ROWS
    assert shown.rejects == ()


@pytest.mark.parametrize(
    "encoding",
    [
        *("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"),
        *("utf-32-be", "cp1252"),
    ],
)
def test_a_table_is_read_whatever_its_encoding(tmp_path: Path, encoding: str) -> None:
    shown = seen(tmp_path, written(PLAIN), encoding)

    assert (shown.structure.header.cells, shown.records) == (NAMES, ROWS)


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("Informe de ventas\nSucursal centro\n", id="titles"),
        pytest.param("Informe de ventas\n\n\n", id="title and blanks"),
        pytest.param("Informe de ventas, junio, centro\n", id="commas in a title"),
        pytest.param("Informe de ventas,,,,,,\n", id="padded title"),
        pytest.param("# Informe, de ventas\n# dos\n", id="comments"),
        pytest.param("\n\n", id="blanks"),
    ],
)
def test_what_stands_above_the_header_is_passed_over(
    tmp_path: Path, above: str
) -> None:
    shown = seen(tmp_path, above + written(PLAIN))

    assert (shown.structure.header.cells, shown.records) == (NAMES, ROWS)


@pytest.mark.parametrize("count", [1, 2, 3, 60])
def test_a_table_without_a_header_is_all_records(tmp_path: Path, count: int) -> None:
    content = "\n".join(lines(PLAIN, ())[:count])

    shown = seen(tmp_path, content)

    assert shown.structure.header.line == 0
    assert shown.records == ROWS[:count]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        pytest.param(
            "\n".join([*lines(PLAIN)[:1], *(f"{r}," for r in lines(PLAIN)[1:])]),
            NAMES,
            id="records only",
        ),
        pytest.param(
            "\n".join(f"{r}," for r in lines(PLAIN)), (*NAMES, ""), id="header too"
        ),
    ],
)
def test_trailing_delimiters_add_no_value(
    tmp_path: Path, content: str, names: tuple[str, ...]
) -> None:
    shown = seen(tmp_path, content)

    assert shown.structure.header.cells == names
    assert tuple(record[: len(NAMES)] for record in shown.records) == ROWS


def stray(text: str, at: str) -> str:
    places = {"start": 0, "middle": len(text) // 2, "end": len(text)}
    return text[: places[at]] + '"' + text[places[at] :]


@pytest.mark.parametrize("at", ["start", "middle", "end"])
@pytest.mark.parametrize("column", range(len(NAMES)))
@pytest.mark.parametrize("row", [1, 7, 60])
@pytest.mark.parametrize("style", [PLAIN, Style(always="yes")], ids=["few", "all"])
def test_a_stray_mark_costs_its_own_record_at_most(
    tmp_path: Path, style: Style, row: int, column: int, at: str
) -> None:
    table = lines(style)
    cells = [cell(each, style) for each in ROWS[row - 1]]
    cells[column] = stray(cells[column], at)
    table[row] = ",".join(cells)

    shown = seen(tmp_path, "\n".join(table))

    others = Counter(ROWS[: row - 1] + ROWS[row:])
    assert others - Counter(shown.records) == Counter()
    assert (Counter(shown.records) - others).total() <= 1


@pytest.mark.parametrize(
    "spoilt",
    [
        pytest.param("x,y", id="cut"),
        pytest.param(",".join("abcdefghij"), id="long"),
        pytest.param(";".join("abcdefg"), id="another delimiter"),
        pytest.param("'a','b','c','d','e','f','g'", id="another mark"),
        pytest.param("a,b\0,c,d,e,f,g", id="zero character"),
    ],
)
@pytest.mark.parametrize("row", [1, 7, 60])
def test_a_spoilt_record_costs_no_other(tmp_path: Path, spoilt: str, row: int) -> None:
    table = lines(PLAIN)
    table.insert(row, spoilt)

    shown = seen(tmp_path, "\n".join(table))

    assert shown.structure.header.cells == NAMES
    assert Counter(ROWS) - Counter(shown.records) == Counter()
    assert len(shown.records) + len(shown.rejects) == len(ROWS) + 1


@pytest.mark.parametrize("always", ["", "yes"], ids=["bare", "in marks"])
def test_the_header_of_each_page_is_no_record(tmp_path: Path, always: str) -> None:
    table = lines(Style(always=always))
    pages = [*table[:20], table[0], *table[20:40], table[0], *table[40:]]

    shown = seen(tmp_path, "\n".join(pages))

    assert (shown.records, shown.rejects) == (ROWS, ())


@pytest.mark.parametrize(
    "below",
    [
        pytest.param("Total de ventas\nImpreso por caja 3\n", id="totals"),
        pytest.param("TOTAL,,,12345.50,,,\n", id="a total with its sum"),
        pytest.param("Total,,,,,,\nCaja 3,,,,,,\n,,,,,,\nFin,,,,,,\n", id="padded"),
        pytest.param("\nImpreso por caja 3\n", id="a sentence behind a blank"),
    ],
)
def test_footnotes_are_no_records(tmp_path: Path, below: str) -> None:
    shown = seen(tmp_path, written(PLAIN) + below)

    assert (shown.records, shown.rejects) == (ROWS, ())


@pytest.mark.parametrize(
    "last",
    [
        pytest.param("vie 4 de junio,,,,,,", id="few cells"),
        pytest.param("vie 4 de junio", id="one cell"),
        pytest.param("x,,,3.5,,,", id="some cells"),
    ],
)
def test_a_poor_last_record_is_a_record(tmp_path: Path, last: str) -> None:
    shown = seen(tmp_path, written(PLAIN) + last + "\n")

    assert len(shown.records) == len(ROWS) + 1
