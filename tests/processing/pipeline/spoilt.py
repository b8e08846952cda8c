"""Tables spoilt in one way at one place, and how well a reading is like the table.

Readings are judged as the scorer of the corpus judges them: blank records and how short
ones are filled up do not count, and of a file with a spoilt record that one may differ.
"""

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from tests.processing.pipeline.tables import TABLES, Row, Style, Table

NONE_SPOILT = -1
HEADER = 0


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    """A file and the table it holds, of which one record may be lost or changed.

    Record 0 is the header. A ``header`` that is ``None`` is not compared; one of no
    cells says that all lines are records.
    """

    place: str
    content: bytes
    header: Row | None
    rows: tuple[Row, ...]
    spoilt: int = NONE_SPOILT


def is_exact(case: Case, header: Row, records: Sequence[Row]) -> bool:
    """Say whether a reading gives what the file holds."""
    lines = [header, *records] if header else [*records]
    names, got = (lines[:1], lines[1:]) if case.header != () else ([()], lines)
    want = [row for i, row in enumerate(case.rows, 1) if i != case.spoilt]
    wanted, found = _alike(want, got)
    if case.spoilt == HEADER or not case.header:
        is_header = True
    else:
        is_header = [[c.strip() for c in n] for n in names] == [[*case.header]]
    if case.spoilt == NONE_SPOILT:
        return is_header and wanted == found
    lost, more = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
    return is_header and not lost and more.total() <= 1


def _alike(wanted: Sequence[Row], got: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    both = [[r for r in rows if "".join(r).strip()] for rows in (wanted, got)]
    width = max((len(row) for rows in both for row in rows), default=0)
    first, second = ([row + ("",) * (width - len(row)) for row in r] for r in both)
    return first, second


# What is done to the cells of a record, written already, at a column. Without a text
# the way does not apply there.
Spoil = Callable[[list[str], int, Style], str | None]


def _with(cells: list[str], at: int, cell: str, style: Style) -> str:
    return style.delimiter.join([*cells[:at], cell, *cells[at + 1 :]])


def _put_in(text: str) -> Spoil:
    def spoil(cells: list[str], at: int, style: Style) -> str:
        half = len(cells[at]) // 2
        return _with(cells, at, cells[at][:half] + text + cells[at][half:], style)

    return spoil


def _joined_by(sign: str) -> Spoil:
    def spoil(cells: list[str], at: int, style: Style) -> str | None:
        if at + 1 == len(cells) or sign == style.delimiter:
            return None
        rest = [cells[at] + sign + cells[at + 1], *cells[at + 2 :]]
        return style.delimiter.join([*cells[:at], *rest])

    return spoil


def _written_with(sign: str) -> Spoil:
    def spoil(cells: list[str], at: int, style: Style) -> str | None:
        return None if at or sign == style.delimiter else sign.join(cells)

    return spoil


def _mark_more(where: str) -> Spoil:
    def spoil(cells: list[str], at: int, style: Style) -> str:
        cell = cells[at]
        place = {"start": 0, "middle": len(cell) // 2, "end": len(cell)}[where]
        return _with(cells, at, cell[:place] + style.quote + cell[place:], style)

    return spoil


def _mark_less(where: str) -> Spoil:
    def spoil(cells: list[str], at: int, style: Style) -> str | None:
        cell, quote = cells[at], style.quote
        if len(cell) < len(quote * 2) or not cell[0] == cell[-1] == quote:
            return None
        left = {"opening": cell[1:], "closing": cell[:-1], "both": cell[1:-1]}[where]
        return _with(cells, at, left, style)

    return spoil


def _in_other_marks(cell: str, style: Style) -> str:
    other = "'" if style.quote == '"' else '"'
    return other + cell.strip(style.quote) + other


def _other_marks(cells: list[str], at: int, style: Style) -> str | None:
    others = (_in_other_marks(cell, style) for cell in cells)
    return None if at else style.delimiter.join(others)


def _escaped(cells: list[str], at: int, style: Style) -> str:
    inner = f"dijo \\{style.quote}no\\{style.quote}{style.delimiter} y ya"
    return _with(cells, at, f"{style.quote}{inner}{style.quote}", style)


IN_A_RECORD: dict[str, Spoil] = {
    "a delimiter more before": lambda c, at, s: _with(c, at, s.delimiter + c[at], s),
    "a delimiter more behind": lambda c, at, s: _with(c, at, c[at] + s.delimiter, s),
    "a delimiter less": _joined_by(""),
    "another delimiter once": lambda c, at, s: _joined_by(
        ";" if s.delimiter == "," else ","
    )(c, at, s),
    "cut off": lambda c, at, s: s.delimiter.join(c[: at + 1]),
    "values more": lambda c, at, s: s.delimiter.join([*c, *"x" * (at + 1)]),
    **{f"written with {d!r}": _written_with(d) for d in (*",;\t| :", ", ")},
    **{f"a mark more at its {w}": _mark_more(w) for w in ("start", "middle", "end")},
    **{f"without {w} mark": _mark_less(w) for w in ("opening", "closing", "both")},
    "in another mark": lambda c, at, s: _with(c, at, _in_other_marks(c[at], s), s),
    "in other marks throughout": _other_marks,
    "another escape": _escaped,
    "spaces around": lambda c, at, s: _with(c, at, f" {c[at]} ", s),
    "a zero character": _put_in("\0"),
    "a control character": _put_in("\x07"),
    "a broken byte": _put_in("\udcff"),
    "a long cell": _put_in("larga " * 2_000),
}
STYLES_OF_RECORDS = (
    Style(),
    Style(delimiter=";"),
    Style(marks="all"),
    Style(delimiter="\t", marks="texts"),
    Style(delimiter="|", quote="'"),
    Style(delimiter=";", marks="all", ending="\r\n"),
)


def places(count: int) -> list[int]:
    """Return the first, second, middle and last of so many."""
    return sorted({i for i in (0, 1, count // 2, count - 1) if 0 <= i < count})


def spoilt_records(kind: str) -> Iterator[Callable[[], Case | None]]:
    """Yield what makes each file with one record spoilt this way."""
    for table in TABLES:
        for style in STYLES_OF_RECORDS:
            for row in places(len(table.lines)):
                for column in places(len(table.header)):
                    yield _spoilt(IN_A_RECORD[kind], table, style, row, column)


def _spoilt(
    spoil: Spoil, table: Table, style: Style, row: int, column: int
) -> Callable[[], Case | None]:
    def make() -> Case | None:
        spoilt = spoil(style.cells(table.lines[row]), column, style)
        if spoilt is None:
            return None
        lines = [style.line(each) for each in table.lines]
        lines[row] = spoilt
        return Case(
            place=f"{table.shape}, {style}, record {row}, column {column}",
            content=style.text(lines).encode("utf-8", "surrogateescape"),
            header=table.header,
            rows=table.rows,
            spoilt=row,
        )

    return make
