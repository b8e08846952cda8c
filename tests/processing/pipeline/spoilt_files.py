"""Tables in files that are unlike others as a whole, or between two records."""

import codecs
import dataclasses
from collections.abc import Callable, Iterator

from tests.processing.pipeline.spoilt import NONE_SPOILT, Case, places
from tests.processing.pipeline.tables import NARROW, TABLES, Row, Style, Table

# A file as text or bytes, of a table written in a style.
Written = Callable[[Table, Style], str | bytes]


def _lines(table: Table, style: Style) -> list[str]:
    return [style.line(row) for row in table.lines]


def _with_names(change: Callable[[Row], Row]) -> Written:
    def written(table: Table, style: Style) -> str:
        return style.text([style.line(change(table.header)), *_lines(table, style)[1:]])

    return written


def _above(*lines: str) -> Written:
    return lambda t, s: s.text([*lines, *_lines(t, s)])


def _in(encoding: str) -> Written:
    return lambda t, s: s.written(t).encode(encoding)


def _padded(text: str, table: Table, style: Style) -> str:
    return text + style.delimiter * (len(table.header) - 1)


# The header is as it was.
SAME_HEADER: dict[str, Written] = {
    "clean": lambda t, s: s.written(t),
    "no line end at its end": lambda t, s: s.written(t).removesuffix(s.ending),
    "two line ends at its end": lambda t, s: s.written(t) + s.ending,
    "many line ends at its end": lambda t, s: s.written(t) + s.ending * 9,
    "blank lines above": _above("", ""),
    "blank lines between": lambda t, s: s.text(
        [f"{n}{s.ending}" for n in _lines(t, s)]
    ),
    "delimiters at the end of records": lambda t, s: s.text(
        [_lines(t, s)[0], *(line + s.delimiter for line in _lines(t, s)[1:])]
    ),
    "a header in marks": lambda t, s: s.text(
        [s.delimiter.join(map(s.marked, t.header)), *_lines(t, s)[1:]]
    ),
    "a line for the separator": lambda t, s: (
        f"sep={s.delimiter}{s.ending}" + s.written(t)
    ),
    "a byte order mark": lambda t, s: codecs.BOM_UTF8 + s.written(t).encode(),
    **{
        f"in {name}": _in(name)
        for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1")
    },
}
# A column alone cannot tell what stands above or below it from its own values.
SAME_HEADER_BESIDE_NOTES: dict[str, Written] = {
    "a title": _above("Informe de movimientos"),
    "a title and a blank": _above("Informe de movimientos", ""),
    "titles": _above("Informe de movimientos", "Sucursal: centro", "Mayo", ""),
    "comments above": _above("# hecho por la caja", "# versión 2"),
    "a padded title": lambda t, s: _above(_padded("Informe de mayo", t, s))(t, s),
    "a note below": lambda t, s: s.text([*_lines(t, s), "", "Impreso por la caja 3"]),
}
# What the header is then, is not asked.
OTHER_HEADER: dict[str, Written] = {
    "delimiters at the end of lines": lambda t, s: s.text(
        [line + s.delimiter for line in _lines(t, s)]
    ),
    "one name for all": _with_names(lambda names: names[:1] * len(names)),
    "no first name": _with_names(lambda names: ("", *names[1:])),
    "no last name": _with_names(lambda names: (*names[:-1], "")),
    "long names": _with_names(lambda n: tuple(f"{x} de lo que se vende" for x in n)),
    "names of two lines": lambda t, s: s.text(
        [
            s.delimiter.join(s.marked(f"{name}\n(x)") for name in t.header),
            *_lines(t, s)[1:],
        ]
    ),
    "units below the names": lambda t, s: s.text(
        [_lines(t, s)[0], s.line(("(un)",) * len(t.header)), *_lines(t, s)[1:]]
    ),
}
STYLES = tuple(
    Style(delimiter=delimiter, marks=marks)
    for delimiter in ",;\t|"
    for marks in ("needed", "all")
)


def files(kind: str) -> Iterator[Callable[[], Case | None]]:
    """Yield what makes each file of this kind."""
    notes, other = SAME_HEADER_BESIDE_NOTES.get(kind), OTHER_HEADER.get(kind)
    tables = TABLES if notes or other else TABLES + NARROW
    written = notes or other or SAME_HEADER[kind]
    for table in tables:
        for style in STYLES:
            yield _file(written, table, style, has_same_header=not other)


def _file(
    written: Written, table: Table, style: Style, *, has_same_header: bool
) -> Callable[[], Case]:
    def make() -> Case:
        content = written(table, style)
        return Case(
            place=f"{table.shape}, {style}",
            content=content if isinstance(content, bytes) else content.encode(),
            header=table.header if has_same_header else None,
            rows=table.rows,
        )

    return make


COMMON_SIGNS = (",", ";", "\t", "|", "||", "\t\t", "::", "|~|", "^", "~", "\x1f", "§")
OTHER_SIGNS = (
    "#",
    ":",
    " ",
    "&",
    "!",
    "+",
    "*",
    "?",
    "=",
    "/",
    "@",
    "%",
    "$",
    "-",
    "_",
)
DIALECTS = {
    **{
        f"parted by {sign!r}": (sign, ("needed", "texts", "all"))
        for sign in COMMON_SIGNS
    },
    **{f"parted by {sign!r}": (sign, ("all",)) for sign in (*OTHER_SIGNS, ", ", "; ")},
}
WAYS = tuple(
    (quote, escape, ending)
    for quote in ('"', "'")
    for escape in ("", "\\")
    for ending in ("\n", "\r\n", "\r")
)


def dialects(kind: str) -> Iterator[Callable[[], Case | None]]:
    """Yield what makes each table in one dialect, with a header and without."""
    sign, marks = DIALECTS[kind]
    for table in TABLES:
        for quote, escape, ending in WAYS:
            for mark in marks:
                style = Style(
                    delimiter=sign,
                    quote=quote,
                    escape=escape,
                    marks=mark,
                    ending=ending,
                )
                bare = dataclasses.replace(table, header=())
                for each in (table, bare):
                    yield _file(SAME_HEADER["clean"], each, style, has_same_header=True)


BETWEEN: dict[str, tuple[str, bool]] = {
    # What is put there, as a format, and whether it is a record nobody wants.
    "a blank line": ("", False),
    "three blank lines": ("{end}{end}", False),
    "a line of spaces": ("   ", False),
    "a line of delimiters": ("{empty}", False),
    "the header again": ("{header}", False),
    "a comment": ("# revisado hoy", True),
    "a word": ("pendiente", True),
    "a longer line": ("{empty}{empty}x", True),
}
ENDINGS = {
    f"one {other!r} among {usual!r}": (other, usual)
    for usual in ("\n", "\r\n", "\r")
    for other in ("\n", "\r\n", "\r")
    if other != usual
}


def between(kind: str) -> Iterator[Callable[[], Case | None]]:
    """Yield what makes each file with something between two of its records."""
    text, is_record = BETWEEN[kind]
    styles = (*STYLES, Style(delimiter=";", ending="\r\n"))
    for table in TABLES:
        for style in styles:
            first = 1 if is_record or kind == "the header again" else 0
            for at in places(len(table.lines) + 1):
                if at >= first:
                    yield _put_between(text, table, style, at, is_record=is_record)


def _put_between(
    text: str, table: Table, style: Style, at: int, *, is_record: bool
) -> Callable[[], Case]:
    def make() -> Case:
        lines = _lines(table, style)
        empty = style.delimiter * (len(table.header) - 1)
        put = text.format(empty=empty, header=lines[0], end=style.ending)
        content = style.text([*lines[:at], put, *lines[at:]])
        return Case(
            place=f"{table.shape}, {style}, above record {at}",
            content=content.encode(),
            header=table.header,
            rows=table.rows,
            # One that no table has: all have to be there, and one more may be.
            spoilt=len(lines) + 1 if is_record else NONE_SPOILT,
        )

    return make


def endings(kind: str) -> Iterator[Callable[[], Case | None]]:
    """Yield what makes each file of which one line ends as the others do not."""
    other, usual = ENDINGS[kind]
    for table in TABLES:
        for style in STYLES:
            for at in places(len(table.lines)):
                yield _ended(other, table, dataclasses.replace(style, ending=usual), at)


def _ended(other: str, table: Table, style: Style, at: int) -> Callable[[], Case]:
    def make() -> Case:
        lines = _lines(table, style)
        text = style.text(lines[:at]) + lines[at] + other + style.text(lines[at + 1 :])
        return Case(
            place=f"{table.shape}, {style}, record {at}",
            content=text.encode(),
            header=table.header,
            rows=table.rows,
        )

    return make
