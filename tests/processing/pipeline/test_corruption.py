"""One corruption of a regular file costs its own record at most, and that is told."""

import codecs
import dataclasses

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.processing.pipeline.files import HEADER, Reading, hints
from tests.processing.pipeline.styles import ENDINGS, Row, Style, lines_of_rows
from tests.processing.pipeline.test_properties import reread

COLUMNS = tuple(HEADER.split(";"))
TEXTS = ("Gorro", "Ñandú; lana", 'Tubo 3"', "dos\nlíneas", "a,b|c", "O'Higgins", "x y")
# A byte, or a unit, that is no text in this encoding.
BROKEN = {"utf-8": b"\xff", "cp1252": b"\x81", "utf-16-le": b"\x00\xd8"}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Spoilt:
    """A file with one spoilt record, and what is known of it."""

    content: bytes
    rows: list[Row]
    record: int
    lines: range

    def others(self) -> list[Row]:
        return [row for n, row in enumerate(self.rows) if n != self.record]


def table(texts: list[str]) -> list[Row]:
    return [
        (f"{1 + n % 28:02}-01-2024", f"B{n}", text, str(n + 2), f"{n + 1}1,5")
        for n, text in enumerate(texts)
    ]


TABLES = st.lists(st.sampled_from(TEXTS), min_size=8, max_size=14).map(table)
# Which record, and where in it.
WHERE = st.tuples(st.integers(0, 13), st.integers(0, 60))
STYLES = st.builds(
    Style,
    delimiter=st.sampled_from([";", ",", "\t", "|", "^", "||", "|~|"]),
    is_always_quoted=st.booleans(),
    ending=st.sampled_from(ENDINGS),
)


def spoil(
    rows: list[Row], style: Style, encoding: str, *, record: int, new: bytes
) -> Spoilt:
    """Return a file in which one record is ``new`` and every other one as written."""
    record %= len(rows)
    lines = [style.line(COLUMNS), *map(style.line, rows)]
    ending = style.ending.encode(encoding)
    parts = [line.encode(encoding) for line in lines]
    parts[record + 1] = new
    starts = list(lines_of_rows([COLUMNS, *rows], style, first=1))
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    return Spoilt(
        content=mark + b"".join(part + ending for part in parts),
        rows=rows,
        record=record,
        lines=range(starts[record + 1], starts[record + 2]),
    )


def landed(reading: Reading) -> list[Row]:
    return [
        (
            f"{(row['occurred_at'] or '')[8:10]}-01-2024",
            row["transaction_id"] or "",
            row["product_id"] or "",
            str(int(float(row["quantity"] or 0))),
            f"{float(row['price_total'] or 0):.1f}".replace(".", ","),
        )
        for row in reading.rows
    ]


def told_of(reading: Reading) -> set[int]:
    """Return the lines of which something is said: refusals and remarks."""
    remarks = (b.stats.remarks.values() for b in reading.batches)
    remarked = {line for each in remarks for remark in each for line in remark.lines}
    return remarked | {reject.line for reject in reading.rejects}


def check(spoilt: Spoilt) -> Reading:
    reading = reread(spoilt.content, hints(time_zone="UTC"))
    read = landed(reading)

    assert [row for row in spoilt.others() if row not in read] == []
    assert len(read) <= len(spoilt.rows)
    assert told_of(reading) <= set(spoilt.lines)
    return reading


@settings(max_examples=60, deadline=None)
@given(
    TABLES,
    STYLES,
    st.sampled_from(sorted(BROKEN)),
    WHERE,
    st.sampled_from(['"', '""', "'", "\\", '";', ';"']),
)
def test_a_stray_mark_costs_its_own_record_at_most(
    rows: list[Row], style: Style, encoding: str, where: tuple[int, int], mark: str
) -> None:
    record, place = where
    line = style.line(rows[record % len(rows)])
    spoilt = line[:place] + mark.replace(";", style.delimiter) + line[place:]

    check(spoil(rows, style, encoding, record=record, new=spoilt.encode(encoding)))


@settings(max_examples=60, deadline=None)
@given(
    TABLES,
    STYLES,
    st.sampled_from(sorted(BROKEN)),
    WHERE,
)
def test_a_missing_or_extra_delimiter_costs_its_record_and_is_told(
    rows: list[Row], style: Style, encoding: str, where: tuple[int, int]
) -> None:
    record, place = where
    cells = [style.cell(cell) for cell in rows[record % len(rows)]]
    edge = 1 + place // 2 % (len(cells) - 1)
    joint = ["", style.delimiter * 2][place % 2]
    line = joint.join(
        (style.delimiter.join(cells[:edge]), style.delimiter.join(cells[edge:]))
    )
    spoilt = spoil(rows, style, encoding, record=record, new=line.encode(encoding))

    reading = check(spoilt)

    assert told_of(reading) & set(spoilt.lines)


@settings(max_examples=60, deadline=None)
@given(
    TABLES,
    STYLES,
    st.sampled_from(sorted(BROKEN)),
    WHERE,
)
def test_a_cut_line_costs_its_record_and_is_told(
    rows: list[Row], style: Style, encoding: str, where: tuple[int, int]
) -> None:
    record, place = where
    line = style.line(rows[record % len(rows)])
    # Of a last cell that is cut nobody can know that there was more.
    place = 1 + place % line.rindex(style.delimiter)
    spoilt = spoil(
        rows, style, encoding, record=record, new=line[:place].encode(encoding)
    )

    reading = check(spoilt)

    assert told_of(reading) & set(spoilt.lines)


@settings(max_examples=60, deadline=None)
@given(
    TABLES,
    STYLES,
    st.sampled_from(sorted(BROKEN)),
    WHERE,
)
def test_a_broken_byte_costs_its_record_and_is_told(
    rows: list[Row], style: Style, encoding: str, where: tuple[int, int]
) -> None:
    record, place = where
    line = style.line(rows[record % len(rows)])
    place %= len(line)
    broken = BROKEN[encoding].join(
        (line[:place].encode(encoding), line[place:].encode(encoding))
    )
    spoilt = spoil(rows, style, encoding, record=record, new=broken)

    reading = check(spoilt)

    assert told_of(reading) & set(spoilt.lines)
