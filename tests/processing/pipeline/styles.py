"""Tables of any text in every way we claim to read, written by nobody's library."""

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from processing.pipeline.delimiters import (
    COMMON,
    COMPOSED,
    DOUBLED,
    SPACED,
    SPEAKING,
    UNCOMMON,
)

Row = tuple[str, ...]
DELIMITERS = (
    *COMMON,
    *UNCOMMON,
    *SPEAKING,
    *DOUBLED,
    *COMPOSED,
    *(form.format(sign) for sign in COMMON for form in SPACED),
)
ENDINGS = ("\n", "\r\n", "\r")
# What a file is written in, and the name under which it is read.
ENCODINGS = {
    **{name: name for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")},
    **{name: name for name in ("utf-32-be", "cp1252", "cp850", "mac_roman")},
    **{name: name for name in ("cp437", "iso8859-15", "cp1250", "cp1251", "gb18030")},
    "latin-1": "cp1252",
}
# What no cell may hold (docs/reading.md): controls, and text that was lost before.
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd]")
# Letters beyond the first plane, marks that combine, other directions, invisible ones.
EXOTIC = (
    "\U0001f600\U0001d4b3\U0001f1e8\U0001f1f1e\u0301n\u0303\u200d\u200e\u202e\u05e9"
    "\u0639\u4e2d\u2028\u2029\x85\u00ad\ufeff\xa0"
)
TROUBLE = ";,\t|\"'\\ ^~:#&!=@\n"
ALL_BYTES = bytes(range(256))
PLAIN = "abcXYZ019ñÑáü°"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a table is written; without a ``quote`` no cell may need one."""

    delimiter: str = ";"
    quote: str = '"'
    escape: str = ""
    is_always_quoted: bool = False
    ending: str = "\n"
    breaks_as_lines_end: bool = False

    def written(self, rows: Sequence[Row]) -> str:
        return "".join(self.line(row) + self.ending for row in rows)

    def line(self, row: Row) -> str:
        return self.delimiter.join(map(self.cell, row))

    def cell(self, text: str) -> str:
        mark, escape = self.quote, self.escape
        text = self.kept(text)
        if not (self.is_always_quoted or self.needs_marks(text)):
            return text
        if not escape:
            return mark + text.replace(mark, mark * 2) + mark
        escaped = text.replace(escape, escape * 2).replace(mark, escape + mark)
        return mark + escaped + mark

    def kept(self, text: str) -> str:
        """Return a cell with line breaks as the program that writes it has them."""
        return text.replace("\n", self.ending) if self.breaks_as_lines_end else text

    def needs_marks(self, text: str) -> bool:
        # Of a delimiter of several signs one at an edge would make another one.
        signs = (*self.delimiter.strip(), self.delimiter, *self.quote, *self.escape)
        return any(sign in text for sign in (*signs, "\r", "\n")) or (
            self.delimiter != self.delimiter.strip() and text != text.strip()
        )


STYLES = st.builds(
    Style,
    delimiter=st.sampled_from(DELIMITERS),
    quote=st.sampled_from(['"', "'"]),
    escape=st.sampled_from(["", "", "\\"]),
    is_always_quoted=st.booleans(),
    ending=st.sampled_from(ENDINGS),
    breaks_as_lines_end=st.booleans(),
).filter(lambda style: not (style.escape and style.escape in style.delimiter))


def cells(encoding: str) -> st.SearchStrategy[str]:
    """Return any text of an encoding, most of it with what makes trouble."""
    letters = [c for c in PLAIN + EXOTIC + TROUBLE if can_hold(encoding, c)]
    # Asking hypothesis what an encoding holds takes seconds for each.
    anything = (
        st.characters(exclude_categories=["Cs"])
        if encoding.startswith("utf") or encoding == "gb18030"
        else st.sampled_from(
            [c for c in ALL_BYTES.decode(encoding, "ignore") if can_hold(encoding, c)]
        )
    )
    return st.one_of(
        st.text(st.sampled_from(letters), max_size=8),
        st.text(st.sampled_from(TROUBLE), max_size=5),
        st.text(anything, max_size=6),
    ).map(lambda text: text.replace("\r", ""))


def can_hold(encoding: str, text: str) -> bool:
    try:
        return text.encode(encoding).decode(ENCODINGS[encoding]) == text
    except UnicodeError:
        return False


def tables(encoding: str, *, most_rows: int = 12) -> st.SearchStrategy[list[Row]]:
    def of_width(width: int) -> st.SearchStrategy[list[Row]]:
        row = st.tuples(*[cells(encoding)] * width)
        return st.lists(row, min_size=1, max_size=most_rows)

    return st.integers(1, 6).flatmap(of_width)


def lines_of_rows(rows: Sequence[Row], style: Style, *, first: int) -> Iterator[int]:
    """Yield the line on which each row begins."""
    end = r"\r\n|\r|\n" if style.ending == "\r" else r"\n"
    written = (len(re.findall(end, style.line(row))) + 1 for row in rows)
    yield from itertools.accumulate(written, initial=first)
