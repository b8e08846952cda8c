import pytest

from processing.pipeline.dialect import cut_sample
from processing.pipeline.header import Header, find_header
from processing.pipeline.records import Dialect
from processing.pipeline.structure import lines_of_sample


def found(text: str, line: int | None = None) -> Header:
    lines = lines_of_sample(text.encode("utf-8", "surrogatepass"))
    return find_header(tuple(cut_sample(lines, Dialect(delimiter=";"))), line=line)


@pytest.mark.parametrize(
    ("text", "names", "line", "first_line"),
    [
        pytest.param("Fecha;Total\n1;2\n", ("Fecha", "Total"), 1, 2, id="first line"),
        pytest.param("\n\nFecha;Total\n1;2\n", ("Fecha", "Total"), 3, 4, id="blanks"),
        pytest.param(
            "Ventas de enero\nCasa SpA;76.086.428-5\n\nFecha;Total\n1;2\n",
            ("Fecha", "Total"),
            4,
            5,
            id="titles above",
        ),
        pytest.param(
            "sep=;\nFecha;Total\n1;2\n", ("Fecha", "Total"), 2, 3, id="sep line"
        ),
        pytest.param(
            '"Fecha\nventa";Total\n1;2\n',
            ("Fecha venta", "Total"),
            1,
            3,
            id="two lines",
        ),
        pytest.param(
            "Fecha;Total;;\n1;2\n3;4\n", ("Fecha", "Total"), 1, 2, id="trailing names"
        ),
        pytest.param(
            "Fecha;Total\n1;2;\n3;4;\n", ("Fecha", "Total", ""), 1, 2, id="short header"
        ),
        pytest.param(
            "Fecha;Total\n1;2;x\n3;4;y\n4;5;\n6;7;z\n8;9;z\n7;6;a\n5;5;a\n5;4;x\n2;1;x\n",
            ("column 1", "column 2", "column 3"),
            1,
            2,
            id="a name too few",
        ),
        pytest.param(
            "Fecha;Total\n1;2\n3;4\n5;6;x\n", ("Fecha", "Total"), 1, 2, id="long record"
        ),
        pytest.param(
            "\ufeffFecha;To\0tal\n1;2\n", ("Fecha", "Total"), 1, 2, id="invisible signs"
        ),
        pytest.param(
            "Fecha;Total;\udc81\n1;2;3\n",
            ("Fecha", "Total", "\\x81"),
            1,
            2,
            id="broken byte",
        ),
        pytest.param("uno;dos\n1;2\n", ("uno", "dos"), 1, 2, id="unknown names"),
        pytest.param(
            "1;2\n3;4\n", ("column 1", "column 2"), 0, 1, id="numbers are no names"
        ),
        pytest.param(
            "\n;\n1;a@b.cl\n", ("column 1", "column 2"), 0, 3, id="no header, blanks"
        ),
        pytest.param("", (), 0, 1, id="nothing"),
        pytest.param("mes;1;2\na;x;y\n", ("mes", "1", "2"), 1, 2, id="numbered"),
        pytest.param(
            "tienda;2023;2024\nCentro;10;20\nNorte;30;40\n",
            ("tienda", "2023", "2024"),
            1,
            2,
            id="years",
        ),
        pytest.param(
            "2023;2024\n2023;2024\n2022;2021\n",
            ("column 1", "column 2"),
            0,
            1,
            id="years as values",
        ),
        pytest.param(
            "null;true\na;10\nb;20\n", ("null", "true"), 1, 2, id="words of programs"
        ),
        pytest.param(
            "Centro;10;x\nNorte;20;y\n",
            ("column 1", "column 2", "column 3"),
            0,
            1,
            id="as the ones below",
        ),
        pytest.param(
            "Ventas;;;\nal 3 de mayo;;;\nciudad;a;b;c\nTalca;1;2;3\n",
            ("ciudad", "a", "b", "c"),
            3,
            4,
            id="padded titles",
        ),
        pytest.param(
            "ciudad;;b\nTalca;1;2\n", ("ciudad", "", "b"), 1, 2, id="a name missing"
        ),
        pytest.param("a;b\n", ("a", "b"), 1, 2, id="nothing below"),
        pytest.param(
            "Fecha;Total\n" + "1;2;x;y\n" * 9,
            ("column 1", "column 2", "column 3", "column 4"),
            1,
            2,
            id="two names too few",
        ),
        pytest.param(
            "'Fecha';'Total'\n1;2\n", ("Fecha", "Total"), 1, 2, id="marks of others"
        ),
        pytest.param(
            "Fecha;Código;Cantidad\nventa;producto;vendida\n1;2;3\n",
            ("Fecha venta", "Código producto", "Cantidad vendida"),
            1,
            3,
            id="two lines for known names",
        ),
        pytest.param(
            "N°;Fecha;Código;Total\nboleta;;producto;\n1;2;3;4\n",
            ("N° boleta", "Fecha", "Código producto", "Total"),
            1,
            3,
            id="it takes two lines to name the columns",
        ),
        pytest.param(
            "Fecha;Cantidad;Total\n(dd-mm-aaaa);un.;$\n1;2;3\n",
            ("Fecha", "Cantidad", "Total"),
            1,
            3,
            id="units below",
        ),
        pytest.param(
            "Fecha;Boleta;Total\nsin;dato;alguno\n1;2;3\n",
            ("Fecha", "Boleta", "Total"),
            1,
            2,
            id="text below is a record",
        ),
        pytest.param(
            "una línea, de texto\n" * 60 + "Fecha;Total\n" + "1;2\n" * 61,
            ("Fecha", "Total"),
            61,
            62,
            id="a long preamble",
        ),
        pytest.param(
            "a;b\n1;2;3\n",
            ("column 1", "column 2", "column 3"),
            1,
            2,
            id="a record too long or a name too few",
        ),
        pytest.param("a;b\n1;2;\n3;4;\n", ("a", "b", ""), 1, 2, id="nothing beyond"),
        pytest.param(
            "a;b;c\nx;y;z\nx;y;z;1;2;3\n", ("a", "b", "c"), 1, 2, id="not of a long one"
        ),
        pytest.param(";name\n1;Arica\n2;Lota\n", ("", "name"), 1, 2, id="a row index"),
        pytest.param(
            "uno,dos,tres\nx;y;z\nz;x;y\n",
            ("uno", "dos", "tres"),
            1,
            2,
            id="another delimiter",
        ),
        pytest.param(
            '"uno" "dos" "tres"\n"x";"y";"z"\n"z";"x";"y"\n',
            ("uno", "dos", "tres"),
            1,
            2,
            id="spaces between marks",
        ),
        pytest.param(
            "unodos;tres\nx;y;z\nz;x;y\n",
            ("column 1", "column 2", "column 3"),
            1,
            2,
            id="a delimiter less",
        ),
        pytest.param(
            "Informe del mes\nuno;dos;tres\nx;y;z\n",
            ("uno", "dos", "tres"),
            2,
            3,
            id="words of a title",
        ),
        pytest.param(
            "a;b;c\n(un);(cm);($)\n1;2;3\n", ("a", "b", "c"), 1, 3, id="units"
        ),
        pytest.param(
            "a;b;c\n(1);(2);(3)\n(1);(2);(4)\n", ("a", "b", "c"), 1, 2, id="debts"
        ),
        pytest.param(
            "a;b;c\n1;2;3\n4;5;6\n" + "q;r;s;t\n" * 9,
            ("a", "b", "c"),
            1,
            2,
            id="a wider table below",
        ),
        pytest.param("a;b;c\r1;2;3\n4;5;6\n", ("a", "b", "c"), 1, 1, id="a return"),
        pytest.param(
            "s/i;10;20\n5;11;21\n6;12;22\n",
            ("column 1", "column 2", "column 3"),
            0,
            1,
            id="more values than names",
        ),
    ],
)
def test_a_header_is_found(
    text: str, names: tuple[str, ...], line: int, first_line: int
) -> None:
    header = found(text)

    assert (header.names, header.line, header.first_line) == (names, line, first_line)


def test_the_line_that_was_told_is_believed() -> None:
    header = found("Fecha;Total\na;b\n1;2\n", line=2)

    assert (header.names, header.line, header.confidence) == (("a", "b"), 2, 1.0)


def test_a_file_told_to_have_no_header_has_none() -> None:
    header = found("uno;dos\ntres;cuatro\n", line=0)

    assert (header.names, header.first_line) == (("column 1", "column 2"), 1)


def test_known_names_are_surer_than_unknown_ones() -> None:
    assert found("Fecha;Total\n1;2\n").confidence > found("x;y\n1;2\n").confidence


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Fecha;Total\n1;2;\n3;4;\n", ("Fecha", "Total")),
        ("Fecha;Total;\n1;2;\n3;4;\n", ("Fecha", "Total", "")),
        ("FechaTotal\n" + "1;2\n" * 9, ()),
        ("1;2\n3;4\n", ()),
        ('" a  b";"c\nd"\n1;2\n', ("a  b", "c\nd")),
    ],
)
def test_a_header_keeps_what_the_line_itself_says(
    text: str, cells: tuple[str, ...]
) -> None:
    assert found(text).cells == cells
