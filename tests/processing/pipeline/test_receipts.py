"""What a receipt came to is no total of its lines."""

import pytest

from tests.processing.pipeline.test_weighing import fields, matched, questions, table

RECEIPTS = ("1", "1", "2", "2", "3", "4")
LINES = {
    "Fecha": ("03-01-2025",) * 6,
    "Boleta": RECEIPTS,
    "SKU": ("A1", "B2", "A1", "C3", "A1", "D4"),
    "Cantidad": ("2", "1", "3", "12", "1", "5"),
}


def test_a_total_that_all_lines_of_receipts_repeat_is_asked_about() -> None:
    of_receipts = ("2480", "2480", "8970", "8970", "990", "700")

    matching = matched(table(**LINES, Total=of_receipts))

    assert questions(matching) == [("unsure_column", "price_total")]
    assert matching.columns[4].reason == "values contradict"


def test_the_line_s_total_beside_it_is_taken() -> None:
    columns = table(
        **LINES,
        Total=("2480", "2480", "8970", "8970", "990", "700"),
        **{"SKU Total Price": ("1980", "500", "2970", "6000", "990", "700")},
    )

    assert questions(matched(columns)) == []
    assert fields(matched(columns))[4:] == [None, "price_total"]


@pytest.mark.parametrize(
    "totals",
    [
        # Lines that differ, one price for everything, and receipts of a single line.
        ("1980", "500", "8970", "8970", "990", "700"),
        ("990", "990", "990", "990", "990", "990"),
    ],
)
def test_otherwise_it_is_the_lines(totals: tuple[str, ...]) -> None:
    assert questions(matched(table(**LINES, Total=totals))) == []


def test_the_same_line_twice_says_nothing() -> None:
    twice = {
        **LINES,
        "SKU": ("A1", "A1", "C3", "C3", "A1", "D4"),
        "Cantidad": ("1",) * 6,
    }
    totals = ("990", "990", "500", "500", "990", "700")

    assert questions(matched(table(**twice, Total=totals))) == []


def test_a_receipt_s_discount_is_left_out_and_that_is_listed() -> None:
    totals = ("1980", "500", "2970", "6000", "990", "700")
    discounts = ("0", "0", "100", "100", "0", "50")
    shared = {"Boleta": ("1", "1", "2", "2", "3", "3")}
    of_three = ("10", "10", "100", "100", "50", "50")

    few = matched(table(**LINES, Total=totals, Descuento=discounts))
    many = matched(table(**{**LINES, **shared}, Total=totals, Descuento=of_three))

    assert fields(few)[-1] == "discount_total"
    assert fields(many)[-1] is None
