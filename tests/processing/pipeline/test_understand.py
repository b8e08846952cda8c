import dataclasses
import gzip
from pathlib import Path

import pytest

from processing.pipeline.batches import ReadOptions
from processing.pipeline.errors import FileError
from processing.pipeline.findings import DateOrder, DecimalMark, Understanding
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import read_batches, understand
from tests.processing.pipeline.files import GOOD, hints, sales, stored

COMMA, POINT = DecimalMark.COMMA, DecimalMark.POINT
DAY, MONTH = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST


def understood(path: Path, **told: object) -> Understanding:
    return understand(path, hints(**told), DEFAULT_LIMITS)


def test_everything_about_a_usual_file_is_understood(tmp_path: Path) -> None:
    text = sales(GOOD, GOOD, ending="\r\n")

    found = understood(stored(tmp_path, text, encoding="cp1252"))

    assert (found.encoding, found.delimiter, found.quote) == ("cp1252", ";", '"')
    assert (found.line_ending, found.header_line, found.first_line) == ("\r\n", 1, 2)
    assert found.header == tuple(sales().strip().split(";"))
    assert (found.questions, found.assumptions[0].kind) == ((), "date_order")
    assert (found.total_bytes, found.mark_bytes) == (len(text), 0)
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    ("totals", "mark"),
    [
        (("1.990,50", "1.990"), COMMA),
        (("1,990.50", "1.990"), POINT),
        (("500", "1,50"), COMMA),
        (("500", "2.5"), POINT),
    ],
)
def test_a_columns_own_values_decide_its_mark(
    tmp_path: Path, totals: tuple[str, ...], mark: DecimalMark
) -> None:
    lines = (f"05-01-2024;B1;A;2;{total}" for total in totals)

    found = understood(stored(tmp_path, sales(*lines)))

    assert found.decimal_marks["price_total"] is mark
    assert [a for a in found.assumptions if a.kind == "decimal_mark"] == []


def test_a_column_that_decides_nothing_follows_the_others(tmp_path: Path) -> None:
    found = understood(stored(tmp_path, sales("05-01-2024;B1;A;1.500;2.75")))

    assert found.decimal_marks["quantity"] is POINT
    first = found.assumptions[0]
    assert (first.column, first.assumed, first.values) == ("Cantidad", POINT, 1)


def test_where_nothing_decides_the_company_does_and_it_is_told(tmp_path: Path) -> None:
    path = stored(tmp_path, sales("05-01-2024;B1;A;2;1.990"))

    found = understood(path, decimal_mark=POINT, date_order=MONTH)

    assert found.decimal_marks["price_total"] is POINT
    assert found.date_orders["occurred_at"] is MONTH
    assert [(a.kind, a.column, a.assumed) for a in found.assumptions] == [
        ("decimal_mark", "Total", POINT),
        ("date_order", "Fecha", MONTH),
    ]


def test_conventions_that_were_told_overrule_the_file(tmp_path: Path) -> None:
    path = stored(tmp_path, sales("31-01-2024;B1;A;2;1.990,5"))

    found = understood(path, forced_decimal_mark=POINT, forced_date_order=MONTH)

    assert set(found.decimal_marks.values()) == {POINT}
    assert found.date_orders["occurred_at"] is MONTH
    assert (found.questions, found.assumptions) == ((), ())


def test_the_last_value_of_a_large_file_counts(tmp_path: Path) -> None:
    lines = ["01-02-2024;B1;A;2;1.990"] * 5_000 + ["01-31-2024;B1;A;2;0.5"]

    found = understood(stored(tmp_path, sales(*lines)))

    assert found.date_orders["occurred_at"] is MONTH
    assert found.decimal_marks["price_total"] is POINT


def test_serial_dates_are_proven_by_the_file(tmp_path: Path) -> None:
    found = understood(stored(tmp_path, sales("45356;B1;A;2;1,5")))

    assert found.date_orders["occurred_at"] is DateOrder.SERIAL


@pytest.mark.parametrize(
    ("lines", "code", "column"),
    [
        (
            ("31-01-2024;B1;A;2;1,5", "31-01-2024;B1;A;2;1.5"),
            "mixed_numbers",
            "Total",
        ),
        (("31-01-2024;B1;A;2;1", "01-31-2024;B1;A;2;1"), "mixed_dates", "Fecha"),
    ],
)
def test_two_conventions_in_one_column_are_a_question(
    tmp_path: Path, lines: tuple[str, ...], code: str, column: str
) -> None:
    asked = understood(stored(tmp_path, sales(*lines))).questions

    assert [(q.code, q.columns) for q in asked] == [(code, (column,))]
    assert column in asked[0].message


def test_a_refused_record_proves_nothing(tmp_path: Path) -> None:
    lines = ["05-01-2024;B1;A;2;1,5"] * 9 + ["31-01-2024;B1;A;x;y;2;1.5"] * 9

    found = understood(stored(tmp_path, sales(*lines)))

    assert found.questions == ()
    assert found.decimal_marks["price_total"] is COMMA


def test_a_file_without_known_columns_is_a_question_not_an_error(
    tmp_path: Path,
) -> None:
    found = understood(stored(tmp_path, "foo;bar\na;b\nc;d\n"))

    assert {q.code for q in found.questions} == {"missing_column"}
    assert found.confidence < 1


def test_titles_above_and_blanks_are_no_records(tmp_path: Path) -> None:
    text = "Informe de ventas\nCasa SpA\n\n" + sales(GOOD)

    found = understood(stored(tmp_path, text))

    assert (found.header_line, found.first_line, found.questions) == (4, 5, ())


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="no bytes"),
        pytest.param("\n\r\n;;\n", id="blanks"),
        pytest.param("\ufeff", id="byte order mark"),
        pytest.param(sales(), id="header only"),
        pytest.param(sales("", ";;;;", " "), id="header and blanks"),
    ],
)
def test_a_file_without_records_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(FileError) as caught:
        understood(stored(tmp_path, content))

    assert caught.value.code == "empty_file"


@pytest.mark.parametrize(
    ("limit", "code"),
    [
        ({"total_bytes": 100}, "too_many_bytes"),
        ({"rows": 2}, "too_many_rows"),
        ({"columns": 4}, "too_many_columns"),
        ({"line_bytes": 20}, "line_too_long"),
        ({"header_chars": 8}, "header_too_long"),
    ],
)
def test_each_limit_refuses_the_file_with_its_code(
    tmp_path: Path, limit: dict[str, int], code: str
) -> None:
    path = stored(tmp_path, sales(GOOD, GOOD, GOOD))
    limits = dataclasses.replace(DEFAULT_LIMITS, **limit)

    with pytest.raises(FileError) as caught:
        understand(path, hints(), limits)

    assert caught.value.code == code


def test_limits_hold_while_rows_are_read_too(tmp_path: Path) -> None:
    path = stored(tmp_path, sales(GOOD, GOOD, GOOD))
    limits = dataclasses.replace(DEFAULT_LIMITS, rows=2)

    with pytest.raises(FileError) as caught:
        list(read_batches(path, understood(path), ReadOptions(limits=limits)))

    assert caught.value.code == "too_many_rows"


def test_a_bomb_of_line_feeds_ends_early(tmp_path: Path) -> None:
    path = stored(tmp_path, gzip.compress(b"\n" * 5_000_000))

    with pytest.raises(FileError) as caught:
        understand(
            path, hints(), dataclasses.replace(DEFAULT_LIMITS, total_bytes=1 << 20)
        )

    assert caught.value.code == "too_many_bytes"


def test_a_sample_that_ends_inside_a_line_is_no_evidence(tmp_path: Path) -> None:
    lines = ["05-01-2024;B1;A;2;1,5"] * 60_000

    found = understood(stored(tmp_path, sales(*lines)))

    assert (found.delimiter, found.total_bytes) == (";", len(sales(*lines).encode()))


def test_values_that_contradict_their_header_are_asked_about(tmp_path: Path) -> None:
    lines = [f"0{n}-01-2024;B{n};A;kg;1.990,50" for n in range(1, 6)]

    found = understood(stored(tmp_path, sales(*lines)))

    assert [(q.code, q.field) for q in found.questions] == [
        ("unsure_column", "quantity")
    ]
    assert found.confidence == 0.5


def test_words_of_an_old_database_are_sure_where_values_agree(tmp_path: Path) -> None:
    header = "FECHADOCUM;NUMDOCUMEN;CODPRODUCT;CANTIDADVE;TOTALLINEA"
    lines = [f"0{n}-01-2024;{n};A{n};{n};{n}990" for n in range(1, 6)]

    found = understood(stored(tmp_path, sales(*lines, header=header)))

    assert found.questions == ()
    assert {c.reason for c in found.columns} == {"words and values"}
