import pytest

from processing.pipeline.cells import Cells, number_text, one_line, text_of
from processing.pipeline.errors import FileError
from processing.pipeline.findings import DecimalMark
from processing.pipeline.formats import Format, Shown, builtin_format, format_of

DATE, TIME = Format(shown=Shown.DATE), Format(shown=Shown.TIME)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("0", "0"),
        ("-7", "-7"),
        ("12345678901234567890", "12345678901234567890"),
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("663.33333333333337", "663.333333333333"),
        ("1990.5", "1990.5"),
        ("1234.567", "1234.567"),
        ("123.456", "123.4560"),
        ("-1.234", "-1.2340"),
        ("0.123", "0.123"),
        ("1E-3", "0.001"),
        ("1.2345678901234568E+16", "12345678901234600"),
        (" 5 ", "5"),
        ("1e999", "1e999"),
        ("INF", "INF"),
        ("a&amp;b", "a&b"),
    ],
)
def test_a_number_has_the_digits_that_its_program_shows(raw: str, text: str) -> None:
    assert number_text(raw.encode()).decode() == text


def cells(*, counts_from_1904: bool = False) -> Cells:
    formats = (Format(), DATE, TIME, Format(shown=Shown.ELAPSED), Format(digits=5))
    return Cells(
        formats,
        lambda number: {0: b"first", 1: b"second"}[number],
        counts_from_1904=counts_from_1904,
        decimal_mark=DecimalMark.COMMA,
    )


@pytest.mark.parametrize(
    ("style", "raw", "text"),
    [
        pytest.param(1, "45356", "2024-03-05", id="day"),
        pytest.param(1, "45356.4375", "2024-03-05 10:30:00", id="moment"),
        pytest.param(1, "45356.999999999", "2024-03-06", id="all but midnight"),
        pytest.param(1, "45356.437500012", "2024-03-05 10:30:00.001", id="thousandth"),
        pytest.param(1, "0.5", "12:00:00", id="time written as a date"),
        pytest.param(1, "59", "1900-02-28", id="before the false leap day"),
        pytest.param(1, "60", "1900-02-29", id="the false leap day"),
        pytest.param(1, "61", "1900-03-01", id="after the false leap day"),
        pytest.param(1, "2958465", "9999-12-31", id="last day"),
        pytest.param(1, "2958466", "2958466", id="no day"),
        pytest.param(1, "-1", "-1", id="before all days"),
        pytest.param(1, "mañana", "mañana", id="no number"),
        pytest.param(2, "45356.4375", "10:30:00", id="only the time is shown"),
        pytest.param(3, "1.5", "36:00:00", id="more than a day"),
        pytest.param(4, "123", "00123", id="leading zeros"),
        pytest.param(4, "1234567", "1234567", id="more digits than zeros"),
        pytest.param(9, "1.5", "1,5", id="a style that is not there"),
    ],
)
def test_a_number_says_what_its_format_means(style: int, raw: str, text: str) -> None:
    assert cells().converter(str(style), "n")(raw.encode()).decode() == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [("0", "1904-01-01"), ("43894", "2024-03-05"), ("2957003", "9999-12-31")],
)
def test_days_may_be_counted_from_1904(raw: str, text: str) -> None:
    convert = cells(counts_from_1904=True).converter("1", "n")

    assert convert(raw.encode()).decode() == text


@pytest.mark.parametrize(
    ("kind", "raw", "text"),
    [
        ("s", "1", "second"),
        ("b", "1", "TRUE"),
        ("b", "0", "FALSE"),
        ("str", "1.50", "1.50"),
        ("inlineStr", "&lt;a&#241;o&#xF1;&gt;", "<añoñ>"),
        ("e", "#N/A", "#N/A"),
        ("d", "2024-03-05T10:30:00", "2024-03-05T10:30:00"),
        ("strange", "5", "5"),
    ],
)
def test_a_cell_says_what_its_type_means(kind: str, raw: str, text: str) -> None:
    assert cells().converter("0", kind)(raw.encode()).decode() == text


@pytest.mark.parametrize("raw", ["2", "-1", "x", ""])
def test_a_text_that_is_not_there_is_damage(raw: str) -> None:
    with pytest.raises(FileError) as caught:
        cells().converter("0", "s")(raw.encode())

    assert caught.value.code == "damaged_file"


@pytest.mark.parametrize(
    "raw", ["&nbsp;", "&", "a & b", "&#xD800;", "&#99999999;", "&lol;"]
)
def test_nothing_is_expanded_but_what_xml_itself_knows(raw: str) -> None:
    with pytest.raises(FileError):
        text_of(raw.encode())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\nb", "a\N{LINE SEPARATOR}b"),
        ("a\r\nb\rc", "a\N{LINE SEPARATOR}b\N{LINE SEPARATOR}c"),
        ("a_x000D__x000A_b", "a\N{LINE SEPARATOR}b"),
        ("_x005F_x000A_", "_x000A_"),
        ("\x1f", "\x1e"),
        ("cod_xyz_1", "cod_xyz_1"),
    ],
)
def test_a_text_is_one_line(text: str, line: str) -> None:
    assert one_line(text.encode()).decode() == line


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("dd/mm/yyyy", Shown.DATE),
        ("[$-340A]d\\ &quot;de&quot;\\ mmmm;@", Shown.DATE),
        ('d" de "mmmm', Shown.DATE),
        ("mmm-yy", Shown.DATE),
        ("mmmm", Shown.DATE),
        ("m/d/yy h:mm AM/PM", Shown.DATE),
        ("h:mm", Shown.TIME),
        ("mm:ss.0", Shown.TIME),
        ("[h]:mm:ss", Shown.ELAPSED),
        ("General", Shown.NUMBER),
        ("0.00", Shown.NUMBER),
        ('#,##0 "días"', Shown.NUMBER),
        ("[Red]-0.00", Shown.NUMBER),
        ("_-$* #,##0_d;_s", Shown.NUMBER),
        ("0.00E+00", Shown.NUMBER),
        ("@", Shown.NUMBER),
        ("", Shown.NUMBER),
        ("0;d", Shown.NUMBER),
    ],
)
def test_a_format_is_known_by_its_placeholders(code: str, shown: Shown) -> None:
    assert format_of(code).shown is shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(0, Shown.NUMBER), (14, Shown.DATE), (22, Shown.DATE), (20, Shown.TIME)],
)
def test_a_format_may_be_one_that_every_workbook_knows(
    number: int, shown: Shown
) -> None:
    assert builtin_format(number).shown is shown
