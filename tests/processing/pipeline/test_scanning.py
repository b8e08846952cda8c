import pytest

from processing.pipeline.lines import has_line_longer_than, lines_of
from processing.pipeline.records import Dialect
from processing.pipeline.regular import Regularity, is_suspect
from processing.pipeline.scanning import Scan, Scanner

SEMICOLON = Dialect(delimiter=";")
RETURNS = Dialect(delimiter=";", line_ending="\r")


def scan(
    text: bytes,
    dialect: Dialect = SEMICOLON,
    *,
    is_last: bool = True,
    field_bytes: int = 1_000,
) -> Scan:
    scanner = Scanner(dialect, width=3, field_bytes=field_bytes)
    return scanner.scan(text, line=1, is_last=is_last)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        pytest.param(b"a;b;c\nd;e;f\n", SEMICOLON, id="line feeds"),
        pytest.param(b"a;b;c\r\nd;e;f\r\n", SEMICOLON, id="both"),
        pytest.param(b"a;b;c\rd;e;f\r", RETURNS, id="carriage returns"),
        pytest.param(b'"a";"b;";"c"\n"d";"e";"f"\n', SEMICOLON, id="all quoted"),
        pytest.param(b'"a";"b";"c"\r\n"d";"e";"f"\r\n', SEMICOLON, id="quoted, both"),
        pytest.param("á;°;c\nd;e;f\n".encode(), SEMICOLON, id="not ASCII"),
    ],
)
def test_regular_text_is_taken_at_once(text: bytes, dialect: Dialect) -> None:
    found = scan(text, dialect)

    assert found.regular_lines == range(1, 3)
    assert (found.careful, found.blank, found.used_bytes) == ((), 0, len(text))


@pytest.mark.parametrize(
    ("line", "careful", "blank"),
    [
        pytest.param(b"x;y\n", [("x", "y")], 0, id="short"),
        pytest.param(b"x;y;z;w\n", [("x", "y", "z", "w")], 0, id="long"),
        pytest.param(b'x;"y"y;z\n', [("x", '"y"y', "z")], 0, id="text behind"),
        pytest.param(b'"x";y;"z" \n', [("x", "y", "z")], 0, id="space at the end"),
        pytest.param(b"x;y\x01;z\n", [("x", "y\x01", "z")], 0, id="control"),
        pytest.param(b"x;y\xc2\x81;z\n", [("x", "y\x81", "z")], 0, id="C1 control"),
        pytest.param(
            b"x;y\xed\xb2\x81;z\n", [("x", "y\udc81", "z")], 0, id="broken byte"
        ),
        pytest.param(
            b"x;\xef\xbf\xbd;z\n", [("x", "\ufffd", "z")], 0, id="text lost before"
        ),
        pytest.param(b"x;y\ry;z\n", [("x", "y\ry", "z")], 0, id="return in a cell"),
        pytest.param(
            b"x;y;z\r1\n", [("x", "y", "z\r1")], 0, id="return before a digit"
        ),
        pytest.param(b"x;y;1\r2;3;4\n", [], 0, id="record ended by a return"),
        pytest.param(b"\n", [], 1, id="blank"),
        pytest.param(b" \t \n", [], 1, id="spaces"),
        pytest.param(b";;\n", [], 1, id="delimiters only"),
        pytest.param(b'"";"";\n', [], 1, id="quoted blanks"),
    ],
)
def test_only_what_is_odd_is_looked_at(
    line: bytes, careful: list[tuple[str, ...]], blank: int
) -> None:
    text = b"a;b;c\n" + line + b"d;e;f\r\n"

    found = scan(text)

    if line != b"x;y;1\r2;3;4\n":
        assert [record.fields for record in found.careful] == careful
    assert found.blank == blank
    assert list(found.regular_lines) == [1, 2 + line.count(b"\n")]
    assert found.used_bytes == len(text)


def test_records_that_a_lone_return_parts_are_two_records() -> None:
    found = scan(b"a;b;c\nx;y;1\r2;3;4\nd;e;f\n")

    assert [(r.line, r.fields) for r in found.careful] == [
        (2, ("x", "y", "1")),
        (2, ("2", "3", "4")),
    ]


def test_an_open_mark_leaves_the_rest_for_later() -> None:
    text = b'a;b;c\nx;"y\n'

    found = scan(text, is_last=False)

    assert (found.used_bytes, found.used_lines) == (6, 1)
    assert scan(text).careful[0].flaw == "unbalanced_quote"


def test_a_line_longer_than_a_cell_may_be_is_looked_at() -> None:
    found = scan(b"a;b;c\nx;" + b"y" * 200 + b";z\n", field_bytes=100)

    assert list(found.regular_lines) == [1]
    assert len(found.careful) == 1


def test_marks_that_never_close_waste_only_so_much() -> None:
    scanner = Scanner(SEMICOLON, width=3, field_bytes=1_000)
    scanner._walker._waste_left = 0

    found = scanner.scan(b'x;"y;z\n' * 3_000, line=1, is_last=True)

    assert {record.flaw for record in found.careful} == {"unbalanced_quote"}
    assert max(record.wasted_bytes for record in found.careful) < 5_000


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b'x;"y";z\n', id="one field"),
        pytest.param(b'"x";y;"z"\r\n', id="at both ends"),
        pytest.param(b'x;"";"z"\n', id="an empty one"),
        pytest.param(b'"x";"y";"z"\n', id="all"),
    ],
)
def test_marks_around_whole_fields_are_left_out(line: bytes) -> None:
    found = scan(b"a;b;c\n" + line + b"d;e\n")

    assert list(found.regular_lines) == [1, 2]
    assert found.regular == b"a;b;c\n" + line.replace(b'"', b"")


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        pytest.param(b'x;"y;y";z\n', b"x;y\x1fy;z\n", id="delimiter"),
        pytest.param(b'x;"y""";z\n', b"x;y\x1c;z\n", id="doubled marks"),
        pytest.param(b'x;y"y";z\n', b"x;y\x1cy\x1c;z\n", id="text before"),
        pytest.param(b'x;"y\r\ny";z\n', b"x;y\x1d\x1ey;z\n", id="two lines"),
    ],
)
def test_something_stands_in_for_what_marks_guard(line: bytes, cells: bytes) -> None:
    found = scan(b"a;b;c\n" + line + b"d;e\n")

    assert found.regular == b"a;b;c\n" + cells
    assert list(found.regular_lines) == [1, 2]
    assert len(found.stand_ins) == len(set(cells) & set(b"\x1c\x1d\x1e\x1f"))


def test_files_of_one_column_are_regular_too() -> None:
    scanner = Scanner(SEMICOLON, width=1, field_bytes=1_000)

    assert scanner.scan(b"a\nb\n", line=1, is_last=True).regular_lines == range(1, 3)
    assert scanner.scan(b"a\n\nb\n", line=1, is_last=True).blank == 1


@pytest.mark.parametrize("dialect", [SEMICOLON, RETURNS])
def test_nothing_but_blanks_is_counted_at_once(dialect: Dialect) -> None:
    text = b"\r\n; ;\t\r\n\n" * 1_000

    found = scan(text, dialect)

    assert (found.blank, found.used_lines) == (3_000, 3_000)
    assert (found.used_bytes, list(found.regular_lines)) == (len(text), [])


def test_delimiters_of_several_bytes_are_never_regular() -> None:
    regularity = Regularity(Dialect(delimiter="§"), width=3)

    assert regularity.prove_all("a§b§c\n".encode()) is None
    assert regularity.prove_quoted(b'"a"\n') is None
    assert regularity.prove_each([b"a\n"]) == [False]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"a;b;c\n;;\n", id="blank record"),
        pytest.param(b";;\na;b;c\n", id="blank first"),
        pytest.param(b"a;b;c\r1\nd;e;f\r\n", id="lone return"),
        pytest.param(b"a;b;c\nd;e\n", id="short record"),
        pytest.param(b"a;b;c\r\nd;e;f\n", id="two endings"),
        pytest.param(b"a;\xc2\x9fb;c\n", id="suspect"),
        pytest.param(b'a;"b";c\n', id="mark"),
    ],
)
def test_what_is_not_wholly_regular_is_not_proven(text: bytes) -> None:
    assert Regularity(SEMICOLON, width=3).prove_all(text) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b'"a";"b";"c";\n', id="delimiter at the end"),
        pytest.param(b'"";"";""\n', id="blank record"),
        pytest.param(b'"a";"b";c"\n"d";"e";"f"\n', id="one cell without marks"),
        pytest.param(b'"a";"b\x1f";"c"\n', id="separator of its own inside"),
        pytest.param(b'"a";"b\xc2\x80";"c"\n', id="suspect"),
        pytest.param(b'"a";"b";"c"x\n"d";"e";"f"\n', id="text behind a mark"),
        pytest.param(b'"a";"b";"c"\nx"d";"e";"f"\n', id="text before a mark"),
        pytest.param(b"a;b;c\n", id="no marks"),
    ],
)
def test_what_is_not_wholly_quoted_is_not_proven(text: bytes) -> None:
    assert Regularity(SEMICOLON, width=3).prove_quoted(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"plain", False),
        ("Ñ°".encode(), False),
        (b"\xc2\x80", True),
        (b"\xed\xa0\x80", True),
        ("\N{HANGUL SYLLABLE HA}".encode(), False),
    ],
)
def test_suspects_are_controls_and_broken_bytes(text: bytes, *, expected: bool) -> None:
    assert is_suspect(text) is expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        (b"1234\n1234\n", 5, False),
        (b"1234\n12345\n", 5, True),
        (b"1234\r1234\r", 5, False),
        (b"123456", 5, True),
        (b"", 5, False),
    ],
)
def test_a_long_line_is_found_without_cutting(
    text: bytes, limit: int, *, expected: bool
) -> None:
    assert has_line_longer_than(text, limit) is expected


@pytest.mark.parametrize(
    ("text", "dialect", "count"),
    [
        (b"a\rb\nc\n", SEMICOLON, 2),
        (b"a\r\nb\r\n", SEMICOLON, 2),
        (b"a\rb\r", RETURNS, 2),
        (b"a\x0bb\n", SEMICOLON, 1),
    ],
)
def test_lines_end_as_the_file_ends_them(
    text: bytes, dialect: Dialect, count: int
) -> None:
    assert len(lines_of(text, dialect)) == count


@pytest.mark.parametrize("cell", ["C:\\\\v", "\\\\", "\\;"])
def test_text_with_escapes_is_not_read_as_it_stands(cell: str) -> None:
    escaped = Dialect(delimiter=";", escape="\\")
    text = f'"a";"{cell}"\n'.encode() * 3

    assert Regularity(escaped, width=2).prove_quoted(text) is None
    assert Regularity(escaped, width=2).prove_all(text) is None


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["3;4", '"3";4', ";4", '3;"4', '3;"4" x'])
def test_blank_lines_behind_the_records_change_nothing_above_them(
    ending: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialect = Dialect(delimiter=";", line_ending=ending)
    text = ending.join(["1;2", last, *[""] * 40, ";", ""]).encode()
    scans = []
    for longest in (1 << 16, 4):
        monkeypatch.setattr("processing.pipeline.scanning.LONG_TAIL_BYTES", longest)
        scanner = Scanner(dialect, width=2, field_bytes=1_000)
        scans.append(scanner.scan(text, line=1, is_last=True))

    plain, counted = scans
    assert counted.blank == plain.blank
    assert (counted.used_bytes, counted.used_lines) == (len(text), plain.used_lines)
    assert (counted.regular, counted.careful) == (plain.regular, plain.careful)
    assert [*counted.regular_lines] == [*plain.regular_lines]


def test_a_crowded_scan_goes_on_where_it_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("processing.pipeline.walking.MOST_CAREFUL", 5)
    monkeypatch.setattr("processing.pipeline.walking.FEWEST_LEFT", 3)
    lines = [b"1;2\n" if n % 3 else b"1;2;x\n" for n in range(40)]
    for quote, mark in (('"', b""), ('"', b'"2"\n')):
        scanner = Scanner(Dialect(delimiter=";", quote=quote), width=2, field_bytes=99)
        rest, line, found = b"".join(lines) + b"1;" * bool(mark) + mark, 1, []
        while rest:
            scan = scanner.scan(rest, line=line, is_last=True)
            found += [*scan.regular_lines, *(record.line for record in scan.careful)]
            assert len(scan.careful) <= 5 + 1
            rest, line = rest[scan.used_bytes :], line + scan.used_lines
        assert sorted(found) == list(range(1, line))
