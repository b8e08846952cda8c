import functools

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.pipeline.fields import BY_NAME
from processing.pipeline.findings import DecimalMark
from processing.pipeline.numbers import (
    MarkEvidence,
    add_marks,
    cast_numbers,
    count_marks,
    is_contradictory,
    proven_mark,
    read_number,
)
from processing.pipeline.rejects import REFUSALS
from processing.pipeline.rounding import ANY_DIGITS, CALCULATED_DIGITS

COMMA, POINT = DecimalMark.COMMA, DecimalMark.POINT
BAD, OUTSIDE = "bad_number", "number_out_of_range"


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        pytest.param("1990", COMMA, "1990", id="plain"),
        pytest.param("1.990,50", COMMA, "1990.5", id="comma with thousands"),
        pytest.param("1,990.50", POINT, "1990.5", id="point with thousands"),
        pytest.param("1 234,5", COMMA, "1234.5", id="space between thousands"),
        pytest.param("1\xa0234,5", COMMA, "1234.5", id="no-break space"),
        pytest.param("1\u202f234,5", COMMA, "1234.5", id="narrow no-break space"),
        pytest.param("1'234.5", POINT, "1234.5", id="apostrophe"),
        pytest.param("$ 1.990", COMMA, "1990", id="currency sign"),
        pytest.param("CLP 1.990", COMMA, "1990", id="currency code"),
        pytest.param("CLP$1.990", COMMA, "1990", id="code and sign"),
        pytest.param("1.990 pesos", COMMA, "1990", id="currency name behind"),
        pytest.param("-$5", COMMA, "-5", id="sign before currency"),
        pytest.param("$-5", COMMA, "-5", id="sign behind currency"),
        pytest.param("5-", COMMA, "-5", id="trailing minus"),
        pytest.param("(1.500)", COMMA, "-1500", id="parentheses"),
        pytest.param("\u22125", COMMA, "-5", id="typographic minus"),
        pytest.param("+7", COMMA, "7", id="plus"),
        pytest.param(",5", COMMA, "0.5", id="no whole part"),
        pytest.param("10%", COMMA, "0.1", id="percent"),
        pytest.param("7%", COMMA, "0.07", id="percent below ten"),
        pytest.param("12,5 %", COMMA, "0.125", id="percent with decimals"),
        pytest.param("007", COMMA, "7", id="leading zeros"),
        pytest.param("-0", COMMA, "-0", id="negative zero"),
        pytest.param("1,50000", COMMA, "1.5", id="zeros beyond the scale"),
    ],
)
def test_a_number_is_read_exactly(text: str, mark: DecimalMark, expected: str) -> None:
    assert read_number(text, mark, currency="CLP").text == expected


@pytest.mark.parametrize(
    ("text", "mark", "code"),
    [
        pytest.param("dos", COMMA, BAD, id="word"),
        pytest.param("1,234.50", COMMA, BAD, id="the other convention"),
        pytest.param("1.234,50", POINT, BAD, id="the other convention, points"),
        pytest.param("12.34", COMMA, BAD, id="broken group"),
        pytest.param("1.23.456", COMMA, BAD, id="group of two"),
        pytest.param("0.123", COMMA, BAD, id="group after zero"),
        pytest.param("NaN", COMMA, BAD, id="not a number"),
        pytest.param("Infinity", COMMA, BAD, id="infinity"),
        pytest.param("1e999", COMMA, BAD, id="exponent"),
        pytest.param("--5", COMMA, BAD, id="two signs"),
        pytest.param("-(5)", COMMA, BAD, id="sign and parentheses"),
        pytest.param("(5", COMMA, BAD, id="open parenthesis"),
        pytest.param("5)", COMMA, BAD, id="closing parenthesis"),
        pytest.param(".", COMMA, BAD, id="mark only"),
        pytest.param("5,", COMMA, BAD, id="mark without decimals"),
        pytest.param("USD 5", COMMA, BAD, id="another currency"),
        pytest.param("٣", COMMA, BAD, id="Arabic digit"),
        pytest.param("1,23456", COMMA, OUTSIDE, id="five decimals"),
        pytest.param("9" * 1000, COMMA, OUTSIDE, id="a thousand digits"),
        pytest.param("0," + "3" * 1000, COMMA, OUTSIDE, id="a thousand decimals"),
        pytest.param("0,12345678901234", COMMA, OUTSIDE, id="fourteen digits"),
    ],
)
def test_what_is_no_number_is_refused_with_a_code(
    text: str, mark: DecimalMark, code: str
) -> None:
    number = read_number(text, mark, currency="CLP")

    assert (number.text, number.code) == (None, code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("1672,26890756303", "1672.2689", id="a net price"),
        pytest.param("0,30000000000000004", "0.3000", id="the noise of a float"),
        pytest.param("-0,00000000000000012345678901234567", "-0.0000", id="noise"),
        pytest.param("1,00005000000000", "1.0000", id="half, to even"),
        pytest.param("1,00015000000000", "1.0002", id="half, from odd"),
        pytest.param("1,00005000000001", "1.0001", id="more than half"),
        pytest.param("(99999999999,99995)", "-100000000000.0000", id="carried"),
        pytest.param("$ 1.672,26890756303", "1672.2689", id="dressed"),
        pytest.param("33,3333333333333%", "0.3333", id="percent"),
    ],
)
def test_a_calculated_number_is_rounded_and_says_so(text: str, expected: str) -> None:
    number = read_number(text, COMMA, currency="CLP")

    assert (number.text, number.is_rounded) == (expected, True)


@pytest.mark.parametrize("text", ["1234.567891", "0.00001", "1.23456"])
def test_all_numbers_of_a_workbook_are_calculated(text: str) -> None:
    number = read_number(text, POINT, currency="CLP", least_digits=ANY_DIGITS)

    assert number.is_rounded
    assert not read_number(text, POINT, currency="CLP").is_rounded


@pytest.mark.parametrize("least_digits", [ANY_DIGITS, CALCULATED_DIGITS])
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.from_regex(r"-?(?:0|[1-9][0-9]{0,8})[.,][0-9]{1,16}[05]?%?", fullmatch=True),
        min_size=1,
        max_size=20,
    )
)
def test_what_is_announced_to_be_rounded_is_what_is_rounded(
    least_digits: int, texts: list[str]
) -> None:
    frame = pl.DataFrame({"total": texts}, schema={"total": pl.String})

    told = count_marks(frame, least_digits=least_digits)["total"].rounded

    for mark in DecimalMark:
        read = functools.partial(
            read_number, mark=mark, currency="CLP", least_digits=least_digits
        )
        assert told.get(mark, 0) == sum(read(text).is_rounded for text in texts)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        pytest.param(["1,5", "2,25"], MarkEvidence(comma=2), id="decimal commas"),
        pytest.param(["1.5", "1,234.5"], MarkEvidence(point=2), id="decimal points"),
        pytest.param(["1.234", "9,999"], MarkEvidence(either=2), id="either"),
        pytest.param(["5", None, "-", ""], MarkEvidence(), id="nothing to go by"),
        pytest.param(["dos, o tres."], MarkEvidence(), id="no number"),
        pytest.param(["$ 1,5", "(1.5)"], MarkEvidence(comma=1, point=1), id="dressed"),
        pytest.param(["1.234.567"], MarkEvidence(comma=1), id="two groups by points"),
    ],
)
def test_values_prove_a_mark_or_leave_it_open(
    texts: list[str | None], expected: MarkEvidence
) -> None:
    frame = pl.DataFrame({"total": texts}, schema={"total": pl.String})

    assert count_marks(frame) == {"total": expected}


@pytest.mark.parametrize(
    ("evidence", "mark", "contradictory"),
    [
        (MarkEvidence(either=9), None, False),
        (MarkEvidence(comma=9, point=1), COMMA, False),
        (MarkEvidence(comma=1, point=9), POINT, False),
        (MarkEvidence(comma=3, point=3), None, True),
        (MarkEvidence(comma=3, point=1), COMMA, False),
        (MarkEvidence(comma=2, point=1), COMMA, True),
    ],
)
def test_most_decisive_values_decide_unless_many_contradict(
    evidence: MarkEvidence, mark: DecimalMark | None, *, contradictory: bool
) -> None:
    assert proven_mark(evidence) is mark
    assert is_contradictory(evidence) is contradictory


def test_evidence_adds_up() -> None:
    one = MarkEvidence(comma=1, point=2, either=3)

    assert add_marks(one, one) == MarkEvidence(comma=2, point=4, either=6)


def cast_one(text: str | None, field: str, mark: DecimalMark) -> tuple[str, str]:
    cast = cast_numbers(
        pl.DataFrame({field: [text]}, schema={field: pl.String}),
        {field: mark},
        BY_NAME,
        currency="CLP",
    )
    value, code = cast.values[field][0], cast.codes[field][0]
    return str(value), "" if code is None else REFUSALS[code]


@pytest.mark.parametrize(
    ("text", "field", "expected"),
    [
        pytest.param("1.990,5", "quantity", ("1990.5000", ""), id="in bulk"),
        pytest.param("$ 1.990", "quantity", ("1990.0000", ""), id="one by one"),
        pytest.param(None, "quantity", ("None", ""), id="absent"),
        pytest.param("x", "quantity", ("None", BAD), id="bad"),
        pytest.param("9" * 10, "quantity", ("9999999999.0000", ""), id="as wide"),
        pytest.param("1" + "0" * 10, "quantity", ("None", OUTSIDE), id="wider"),
        pytest.param("-1" + "0" * 10, "quantity", ("None", OUTSIDE), id="far below"),
        pytest.param("9" * 12, "price_total", (f"{'9' * 12}.0000", ""), id="money"),
        pytest.param("9" * 60, "price_total", ("None", OUTSIDE), id="60 digits"),
        pytest.param("0,00001", "price_total", ("None", OUTSIDE), id="5 decimals"),
        pytest.param(f"0,{'3' * 15}", "stock", ("0.3333", ""), id="calculated"),
    ],
)
def test_a_column_holds_only_what_fits(
    text: str | None, field: str, expected: tuple[str, str]
) -> None:
    assert cast_one(text, field, COMMA) == expected


@pytest.mark.parametrize("mark", DecimalMark)
@pytest.mark.parametrize(
    "text",
    ["1", "-1", "1,5", "1.5", "1.234", "1,234", "1.234.567,1", "0001,2", "12,34567"],
)
def test_reading_in_bulk_and_one_by_one_agree(text: str, mark: DecimalMark) -> None:
    alone = read_number(text, mark, currency="CLP")

    value, code = cast_one(text, "price_total", mark)

    assert code == alone.code
    assert (value == "None") is (alone.text is None)
    assert alone.text is None or float(value) == float(alone.text)
