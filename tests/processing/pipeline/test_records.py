import pytest

from processing.pipeline.lenient import split_leniently
from processing.pipeline.records import (
    Dialect,
    OpenQuoteError,
    Record,
    Window,
    cut_record,
)

SEMICOLON = Dialect(delimiter=";")
BACKSLASH = Dialect(delimiter=";", escape="\\")
UNQUOTED = Dialect(delimiter=";", quote=None, escape="\\")


def cut(
    text: str,
    dialect: Dialect = SEMICOLON,
    *,
    width: int | None = 3,
    is_last: bool = True,
    patience_bytes: int = 1_000,
) -> Record:
    lines = text.encode("utf-8", "surrogatepass").splitlines(keepends=True)
    regular = [line.count(b";") == 2 and b'"' not in line for line in lines]
    window = Window(
        lines=lines,
        is_regular=regular,
        first_line=10,
        is_last=is_last,
        patience_bytes=patience_bytes,
    )
    return cut_record(window, 0, dialect, width=width)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("a;b;c\n", ("a", "b", "c"), id="plain"),
        pytest.param("a;;\r\n", ("a", "", ""), id="empty cells"),
        pytest.param('"a";"b";"c"\n', ("a", "b", "c"), id="quoted"),
        pytest.param('a;"b;b";c\n', ("a", "b;b", "c"), id="delimiter in quotes"),
        pytest.param('a;"b\nb";c\n', ("a", "b\nb", "c"), id="line feed in quotes"),
        pytest.param('a;"b ""x""";c\n', ("a", 'b "x"', "c"), id="doubled marks"),
        pytest.param('a;"";c\n', ("a", "", "c"), id="nothing in quotes"),
        pytest.param('a;b "x" b;c\n', ("a", 'b "x" b', "c"), id="marks inside text"),
        pytest.param('a;Tubo 3";c\n', ("a", 'Tubo 3"', "c"), id="inches"),
        pytest.param('a; "b;b" ;c\n', ("a", "b;b", "c"), id="spaces around marks"),
        pytest.param('a;"b" x";c\n', ("a", 'b" x', "c"), id="mark not doubled"),
        pytest.param('a; "b\nb"; c\n', ("a", "b\nb", "c"), id="space, line feed"),
        pytest.param("a;\udcff;c\n", ("a", "\udcff", "c"), id="broken byte"),
    ],
)
def test_a_record_is_cut_into_fields(text: str, fields: tuple[str, ...]) -> None:
    record = cut(text)

    assert (record.fields, record.flaw) == (fields, "")
    assert (record.line, record.lines) == (10, text.count("\n"))


@pytest.mark.parametrize(
    ("text", "dialect", "fields"),
    [
        ('a;"b \\"x\\"";c\n', BACKSLASH, ("a", 'b "x"', "c")),
        ("a;b\\;b;c\n", BACKSLASH, ("a", "b;b", "c")),
        ("a;b\\;b;c\n", UNQUOTED, ("a", "b;b", "c")),
        ('a;"b;c\n', UNQUOTED, ("a", '"b', "c")),
        ("a;b;c\\\n", UNQUOTED, ("a", "b", "c\\")),
        ("a;C:\\v\\x;c\n", BACKSLASH, ("a", "C:\\v\\x", "c")),
        ('a;"C:\\v\\\\x \\"y\\"";c\n', BACKSLASH, ("a", 'C:\\v\\x "y"', "c")),
        ('"a\\\\";"b\\\\\\"b";"c"\n', BACKSLASH, ("a\\", 'b\\"b', "c")),
        (
            "a|'b|b'|c\n",
            Dialect(delimiter="|", quote="'"),
            ("a", "b|b", "c"),
        ),
    ],
)
def test_other_dialects_are_cut_by_their_own_rules(
    text: str, dialect: Dialect, fields: tuple[str, ...]
) -> None:
    assert cut(text, dialect).fields == fields


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        pytest.param("a;b;c;d\n", "too_many_fields", id="one too many"),
        pytest.param("a;b;c;; \n", "", id="what is too much is empty"),
        pytest.param("a;b\n", "", id="short records are completed"),
        pytest.param('a;"b;c\nd;e;f\n', "unbalanced_quote", id="never closed"),
        pytest.param('a;"b" c;c\n', "unbalanced_quote", id="closed too early"),
        pytest.param('"a;b";"c;d\n', "unbalanced_quote", id="the last one open"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(text: str, flaw: str) -> None:
    assert cut(text).flaw == flaw


def test_a_mark_that_never_closes_costs_its_own_line_only() -> None:
    record = cut('a;"b;c\n' + "d;e;f\n" * 300)

    assert (record.flaw, record.lines) == ("unbalanced_quote", 1)
    assert record.wasted_bytes > 0


def test_a_mark_that_swallows_good_records_is_not_believed() -> None:
    record = cut('a;"b;c\nd;e;f\ng;"h;i\n')

    assert (record.flaw, record.lines) == ("unbalanced_quote", 1)


def test_a_long_cell_is_a_cell_while_its_lines_are_no_records() -> None:
    record = cut('a;"b' + "\nfree text" * 200 + '";c\n', patience_bytes=10_000)

    assert (len(record.fields), record.lines, record.flaw) == (3, 201, "")


def test_an_open_mark_asks_for_more_lines_before_the_file_ends() -> None:
    with pytest.raises(OpenQuoteError):
        cut('a;"b\n', is_last=False)


def test_patience_ends_before_the_lines_do() -> None:
    record = cut('a;"b\n' + "x\n" * 100, is_last=False, patience_bytes=20)

    assert (record.flaw, record.lines) == ("unbalanced_quote", 1)


def test_without_a_width_any_record_is_believed() -> None:
    assert cut("a;b;c;d\n", width=None).flaw == ""
    assert cut('a;"b"x;c\n', width=None).flaw == "unbalanced_quote"


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ('a; "b" ;c', ("a", "b", "c")),
        ('"a "b" c";d', ('a "b" c', "d")),
        ('"a;b";c', ("a;b", "c")),
        ('"a;b', None),
        ("", ("",)),
    ],
)
def test_marks_close_only_before_a_delimiter(
    line: str, fields: tuple[str, ...] | None
) -> None:
    assert split_leniently(line, delimiter=";", quote='"') == fields


def test_a_mark_behind_a_space_takes_no_other_record() -> None:
    record = cut('a; "b\n1;2;3\nc"; d\n')

    assert record.lines == 1


def test_a_mark_behind_a_space_may_need_more_lines() -> None:
    with pytest.raises(OpenQuoteError):
        cut('a; "b\nb', is_last=False)


def test_what_a_mark_behind_a_space_wastes_is_counted() -> None:
    record = cut('a; "b\n' + "x\n" * 50)

    assert (record.lines, record.wasted_bytes) == (1, 100)
