"""What the fast way makes of text with marks is what the tokenizer makes of it."""

import dataclasses
from collections.abc import Iterator, Sequence

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from processing.pipeline.blocks import Layout, read_blocks
from processing.pipeline.encoding import Piece
from processing.pipeline.frames import Selection, frame_of, rank_of_column
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.lines import lines_of
from processing.pipeline.records import (
    PATIENCE_BYTES,
    Dialect,
    Record,
    Window,
    cut_record,
)
from processing.pipeline.regular import Regularity
from processing.pipeline.scanning import Scan

WIDTH = 3
LIMITS = dataclasses.replace(DEFAULT_LIMITS, field_bytes=1_000)
COLUMNS = tuple(range(WIDTH))
SELECTION = Selection(
    width=WIDTH,
    columns=COLUMNS,
    ranks={column: rank_of_column(column) for column in COLUMNS},
    field_bytes=LIMITS.field_bytes,
)
# Whole records first, so that most of the text is right and goes the fast way.
RECORDS = (
    "a;b;c\n",
    "a;b;c\r\n",
    'a;"b\nb";c\n',
    'a;"b\r\nb;b";"c"\r\n',
    '"a";"b ""b""";c\n',
    '"a;\n\n";"";""""\n',
    'a;b 1/2" b;c\n',
    'a;"";"x\r\ny;z;w\r\n"\r\n',
    '"é;\n";°;ñ\n',
)
BREAKS = (
    *('"', '""', ";", "\n", "\r\n", "\r", "a", " ", "\x01", "\x1c", "\x1f", "\x81"),
    *(
        '";"',
        '"\n',
        '\n"',
        ';"',
        '";',
        "\ufffd",
        "\udc81",
        '5";',
        '; "b";',
        '"a"b;',
        'a;"b"b\nb";c\n',
    ),
    *("a;b;c;d\n", "a;b\n", ";;\n", ' ;"\n";\n', '"";"";""\n', "'"),
)
TEXTS = st.lists(
    st.one_of(st.sampled_from(RECORDS), st.sampled_from(RECORDS + BREAKS)),
    min_size=1,
    max_size=120,
).map("".join)


def fast(text: str, dialect: Dialect, *, piece_chars: int) -> pl.DataFrame:
    """Read text the way files are read, in pieces that end anywhere."""
    layout = Layout(dialect=dialect, encoding="utf-8", width=WIDTH, first_line=1)
    blocks = read_blocks(_pieces(text, piece_chars), layout, LIMITS)
    frames = [frame_of(block.scan, SELECTION) for block in blocks]
    return pl.concat([_frame(()), *frames])


def _pieces(text: str, size: int) -> Iterator[Piece]:
    end = 0
    for start in range(0, len(text), size):
        some = text[start : start + size].encode("utf-8", "surrogatepass")
        end += len(some)
        yield Piece(text=some, is_damaged=False, source_end=end)


def careful(text: bytes, dialect: Dialect) -> pl.DataFrame:
    """Cut every record with care, one after the other."""
    lines = lines_of(text if text.endswith(b"\n") else text + b"\n", dialect)
    window = Window(
        lines=lines,
        is_regular=Regularity(dialect, width=WIDTH).prove_each(lines),
        first_line=1,
        is_last=True,
        patience_bytes=PATIENCE_BYTES,
    )
    records, index = list[Record](), 0
    while index < len(lines):
        record = cut_record(window, index, dialect, width=WIDTH)
        records.append(record)
        index += record.lines
    return _frame([r for r in records if any(map(str.strip, r.fields))])


def _frame(records: Sequence[Record]) -> pl.DataFrame:
    scan = Scan(
        regular=b"",
        separator=";",
        regular_lines=(),
        careful=tuple(records),
        blank=0,
        headers=0,
        used_bytes=0,
        used_lines=0,
    )
    return frame_of(scan, SELECTION)


def values(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    """Return what is not blank: line, flaw and cells, an absent one as an empty one."""
    rows = frame.with_columns(pl.col(pl.String).fill_null("")).rows()
    return [row for row in rows if row[1] is not None or "".join(row[2:]).strip()]


def has_parted_records(text: bytes) -> bool:
    """Say whether a return stands inside a line: such a line may be two records."""
    return text.count(b"\r") != text.count(b"\r\n")


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.sampled_from([3, 40, 100, 1 << 20]))
@example('a;"b\nb";c\n' * 40 + 'a;"b\n' + 'a;"b\nb";c\n' * 120, 1 << 20)
@example("a;b;c\n" * 200 + 'a;"' + "b;b;b\n" * 103 + '";c\n', 1 << 20)
@example("a;b;c\n" * 200 + 'a;"' + "b;b;b\n" * 99 + '";c\n', 1 << 20)
@example("a;b;c\n" * 200 + 'a;"' + "b" * 990 + '\nbbbbbbbbbb";c\n', 1 << 20)
def test_what_marks_guard_is_read_as_the_tokenizer_reads_it(
    text: str, piece_chars: int
) -> None:
    content = text.encode("utf-8", "surrogatepass")
    dialect = Dialect(delimiter=";")

    read = fast(text, dialect, piece_chars=piece_chars)

    assert read["line"].is_sorted()
    if not has_parted_records(content):
        assert values(read) == values(careful(content, dialect))


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.sampled_from([("\t", '"'), (",", "'"), (";", "'"), ("|", '"')]))
def test_so_it_is_in_other_dialects(text: str, signs: tuple[str, str]) -> None:
    delimiter, quote = signs
    text = text.replace("\r\n", "\n").replace("\r", "").replace("'", "x")
    text = text.replace(";", delimiter).replace('"', quote)
    content = text.encode("utf-8", "surrogatepass")
    dialect = Dialect(delimiter=delimiter, quote=quote)

    read = fast(text, dialect, piece_chars=1 << 20)

    assert values(read) == values(careful(content, dialect))


@pytest.mark.parametrize("count", [1, 1_000])
@pytest.mark.parametrize(
    "record",
    [
        pytest.param('a;"b\r\nb;b ""b""";c\r\n', id="line end, delimiter and marks"),
        pytest.param('a;b 1/2" largo;c\n', id="a mark in a cell without marks"),
        pytest.param('"";"b\n\n";""\n', id="empty cells"),
    ],
)
def test_records_with_marks_need_no_care(record: str, count: int) -> None:
    layout = Layout(
        dialect=Dialect(delimiter=";"), encoding="utf-8", width=WIDTH, first_line=1
    )
    text = record * count

    (block,) = read_blocks(_pieces(text, len(text)), layout, LIMITS)

    step = record.count("\n")
    assert block.scan.careful == ()
    assert list(block.scan.regular_lines) == list(range(1, 1 + step * count, step))


def test_a_mark_astray_has_only_its_own_record_need_care() -> None:
    layout = Layout(
        dialect=Dialect(delimiter=";"), encoding="utf-8", width=WIDTH, first_line=1
    )
    good, astray = 'a;"b\nb";c\n', 'a;"b;c\n'
    text = good * 500 + astray + good * 500

    (block,) = read_blocks(_pieces(text, len(text)), layout, LIMITS)

    assert [(r.line, r.flaw) for r in block.scan.careful] == [
        (1_001, "unbalanced_quote")
    ]
    assert len(block.scan.regular_lines) == 1_000


@pytest.mark.parametrize(
    "header",
    [
        pytest.param("Fecha;Total;N° de\n", id="bare"),
        pytest.param('"Fecha";"Total";"N° de"\n', id="in marks"),
        pytest.param('Fecha;"Total";N° de\n', id="in some marks"),
        pytest.param('Fecha;Total;"N°\nde"\n', id="in two lines"),
    ],
)
def test_the_header_again_is_no_record_whatever_its_marks(header: str) -> None:
    layout = Layout(
        dialect=Dialect(delimiter=";"),
        encoding="utf-8",
        width=WIDTH,
        first_line=1,
        names=("Fecha", "Total", "N° de"),
    )
    text = 'a;"b\nb";c\n' * 40 + header + 'a;"de Total; Fecha, N°";c\n'

    (block,) = read_blocks(_pieces(text, len(text)), layout, LIMITS)

    assert block.scan.headers == 1
    assert len(block.scan.regular_lines) + len(block.scan.careful) == 41
