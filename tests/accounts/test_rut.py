import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cl import rut as reference

from accounts import rut
from accounts.errors import InvalidRutError


@pytest.mark.parametrize(
    "text",
    ["76.086.428-5", "76086428-5", "760864285", " 76 086 428 5 ", "CL 76.086.428-5"],
)
def test_a_rut_has_one_form_however_it_was_typed(text: str) -> None:
    assert rut.normalise(text) == "76.086.428-5"


@pytest.mark.parametrize("text", ["9.999.999-3", "99999993"])
def test_seven_digits_and_a_check_digit_are_a_rut(text: str) -> None:
    assert rut.normalise(text) == "9.999.999-3"


def test_a_k_counts_in_either_case() -> None:
    assert rut.normalise("10000013-k") == rut.normalise("10000013K") == "10.000.013-K"


@pytest.mark.parametrize(
    "text",
    ["", "76.086.428-6", "76.O86.428-5", "1-9", "760864285" * 9, "٧٦٠٨٦٤٢٨-5", "\x00"],
)
def test_what_is_no_rut_is_refused(text: str) -> None:
    with pytest.raises(InvalidRutError):
        rut.normalise(text)


@given(st.integers(min_value=1_000_000, max_value=99_999_999))
def test_every_number_has_exactly_one_check_digit(number: int) -> None:
    accepted = [digit for digit in "0123456789K" if _is_rut(f"{number}-{digit}")]

    assert accepted == [reference.calc_check_digit(str(number))]


def _is_rut(text: str) -> bool:
    try:
        return bool(rut.normalise(text))
    except InvalidRutError:
        return False
