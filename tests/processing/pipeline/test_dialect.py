import pytest

from processing.pipeline.dialect import detect_dialect
from processing.pipeline.records import Dialect
from processing.pipeline.structure import lines_of_sample

ROWS = "Fecha{0}Boleta{0}Total\n05-01-2024{0}B1{0}1.990\n06-01-2024{0}B2{0}500\n"


def detected(text: str, delimiter: str | None = None) -> Dialect:
    lines = lines_of_sample(text.encode())
    return detect_dialect(lines, delimiter=delimiter).dialect


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|", "^", "~", "\x1f", "§", ":"])
def test_a_delimiter_is_found(delimiter: str) -> None:
    assert detected(ROWS.format(delimiter)).delimiter == delimiter


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        pytest.param("a;b;c\n1,5;2,5;3,5\n2,5;3,5;1,5\n", ";", id="decimal commas"),
        pytest.param('a,b\n"x;y;z",1\n"u;v;w",2\n', ",", id="other mark in quotes"),
        pytest.param(
            "Ventas, enero; 2024\n\na;b;c\n1;2;3\n4;5;6\n7;8;9\n", ";", id="title line"
        ),
        pytest.param("sep=|\na|b,c\n1|2,3\n", "|", id="sep line"),
        pytest.param('"sep=;"\na;b,c\n1;2,3\n', ";", id="sep line in quotes"),
        pytest.param("a b c\n", " ", id="one line"),
        pytest.param("a b\nx 1\ny 2\n", " ", id="a word and a number"),
        pytest.param("nombre\nAna Soto\nLuis Rojas\n", ";", id="people"),
        pytest.param("hora\n10:30:00\n11:45:10\n9:05:00\n", ";", id="times"),
        pytest.param(
            "a\n2024-03-05 10:30:01.5-03\n2024-03-06 11:30:02.5-03\n", ";", id="moments"
        ),
        pytest.param("# uno\n# dos\na;b\n1;2\n# tres\n3;4\n5;6\n", ";", id="comments"),
        pytest.param("a#b\n1#2\n3#4\n", "#", id="a sign that speaks"),
        pytest.param("obs\nvino: blanco\npan: integral\n", ";", id="colons in text"),
        pytest.param("solo\nuna\ncolumna\n", ";", id="no delimiter at all"),
        pytest.param("uno,dos\nx,y\nx,y,z\nx\n", ";", id="ragged, no table"),
        pytest.param("a;b,c\nx;y,z\nx;y;z,z\nx\n", "\t", id="ragged twice"),
        pytest.param("Fecha,Total\n1\n2\n3,4,5\n", ",", id="ragged, but known names"),
        pytest.param("x,y\n1,2,,\n3,4\n5\n6\n", ",", id="wider by nothing"),
        pytest.param("a||b||c\n1||2||3\n", "||", id="a sign twice"),
        pytest.param("a;b;c;d\n" + "1;;3;;5\n" * 30, ";", id="empty between signs"),
        pytest.param("a\\tb\n1\\t2\n", "\\t", id="a tab spelled out"),
        pytest.param('"a", "b"\n"x, y", "z"\n', ", ", id="spaces before marks"),
        pytest.param("a, b\n1, 2\n", ",", id="spaces that are values"),
        pytest.param("", ";", id="nothing"),
        pytest.param("total\n1,5\n12,75\n", ";", id="decimals in one column"),
        pytest.param("Enero\nCaja 3\n\na,b,c\n1,2,3\n", ",", id="more titles"),
        pytest.param('"a","b"\n"1","2","3"\n', ",", id="ragged, but in marks"),
        pytest.param("a|b|c\n1|2||3\n", "|", id="a header and one too long"),
        pytest.param('"a"+"b"\n"1"+"2"\n', "+", id="any sign between marks"),
        pytest.param("fono\n+56221\n+56222\n", ";", id="a sign before numbers"),
        pytest.param('Mayo;;\n"a";"b";"c"\n"1";"2";"3"\n', ";", id="padded title"),
        pytest.param("a||b\nuno | dos||2\ntres||4\n", "||", id="half of it alone"),
    ],
)
def test_evidence_of_the_whole_sample_decides(text: str, delimiter: str) -> None:
    assert detected(text).delimiter == delimiter


def test_a_delimiter_that_was_told_is_believed() -> None:
    assert detected("a;b\n1;2\n", delimiter=",").delimiter == ","


@pytest.mark.parametrize("sign", ["^", "~", "\x1f", "§", "##", "~~", "::"])
def test_decimal_commas_part_no_table_that_a_rare_sign_parts(sign: str) -> None:
    records = [f"0{n}-01-2024;B{n};A;2;{n}1,5" for n in range(1, 9)]
    # The first one has lost a delimiter.
    lines = ["Fecha;Boleta;SKU;Cantidad;Total", "01-01-2024B1;A;2;11,5", *records]

    assert detected("\n".join(lines).replace(";", sign)).delimiter == sign


@pytest.mark.parametrize(
    ("text", "quote", "escape"),
    [
        pytest.param('a;b\n"x;y";2\n"z";3\n', '"', None, id="double"),
        pytest.param("a;b\n'x;y';2\n'z;z';3\n", "'", None, id="single"),
        pytest.param('a;b\n"x\\"y;";2\n"z";3\n', '"', "\\", id="backslash"),
        pytest.param(
            'a;b\n"x""y";2\n"v""w";4\n"z\\"q";3\n', '"', None, id="backslash once"
        ),
        pytest.param("a;'b'\n" + "1;x\n" * 30, '"', None, id="single, but once"),
        pytest.param("a;b\n'x;y';1\n" + "1;x\n" * 30, "'", None, id="single for one"),
        pytest.param("a;b\nO'Higgins;2\nx;3\n", '"', None, id="apostrophe in text"),
    ],
)
def test_marks_and_escapes_are_found(text: str, quote: str, escape: str | None) -> None:
    dialect = detected(text)

    assert (dialect.quote, dialect.escape) == (quote, escape)


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("a;b\n1;2\n", "\n"),
        ("a;b\r\n1;2\r\n", "\r\n"),
        ("a;b\r1;2\r", "\r"),
        ("a;b\r\n1;2\n3;4\n", "\n"),
        ("a;b", "\n"),
    ],
)
def test_the_usual_line_ending_is_found(text: str, ending: str) -> None:
    assert detected(text).line_ending == ending


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"a\nb", [b"a\n", b"b"], id="line feeds"),
        pytest.param(b"a\rb\r", [b"a\r", b"b\r"], id="carriage returns"),
        pytest.param(b"a\rb\nc\n", [b"a\rb\n", b"c\n"], id="one stray return"),
        pytest.param(b"a\r\nb\r\n", [b"a\r\n", b"b\r\n"], id="both"),
    ],
)
def test_a_sample_is_cut_into_lines(text: bytes, expected: list[bytes]) -> None:
    assert lines_of_sample(text) == expected


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        pytest.param("a|b|c\n'O''Higgins, B.'|x|y\n", "'", id="doubled inside"),
        pytest.param('a;b\n\'x\';1\n"3/4"" PVC";2\n', '"', id="one of each"),
        pytest.param("a|b\n'x | y'|1\n\"z\"|2\n", "'", id="around a delimiter"),
        pytest.param("a,b\r'x''s, y',1\r'z',2\r", "'", id="lines of returns"),
    ],
)
def test_the_mark_is_the_one_that_holds_fields(text: str, quote: str) -> None:
    assert detected(text).quote == quote


def test_an_escape_inside_the_only_marks_is_seen() -> None:
    dialect = detected('a;b;c\n1;"dijo \\"no\\"; y ya";2\n')

    assert (dialect.delimiter, dialect.escape) == (";", "\\")
