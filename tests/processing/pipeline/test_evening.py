"""Ties that do not matter are no question."""

from processing.pipeline.columns import Matching
from tests.processing.pipeline.test_weighing import fields, matched, questions

TABLE: dict[str, tuple[str, ...]] = {
    "Fecha": ("03-01-2025",) * 6,
    "SKU": ("A1", "B2", "A1", "C3", "A1", "D4"),
    "Cantidad": ("2", "1", "3", "12", "1", "5"),
    "Total": ("1980", "500", "2970", "6000", "990", "700"),
}
NUMBERS = ("71", "71", "72", "73", "73", "74")


def beside(**columns: tuple[str, ...]) -> Matching:
    return matched({**TABLE, **columns})


def test_of_two_keys_that_go_together_the_first_is_taken() -> None:
    ids = tuple(f"X{number}" for number in NUMBERS)

    matching = beside(**{"Numero de pedido": NUMBERS, "ID de pedido": ids})

    assert questions(matching) == []
    assert fields(matching)[-2:] == ["transaction_id", None]


def test_two_keys_that_tell_other_sales_apart_are_asked_about() -> None:
    ids = ("X1", "X2", "X3", "X4", "X5", "X6")

    matching = beside(**{"Numero de pedido": NUMBERS, "ID de pedido": ids})

    assert questions(matching)[0] == ("column_conflict", "transaction_id")


def test_two_keys_of_which_one_has_gaps_are_asked_about() -> None:
    ids = ("X1", "", "X2", "X3", "", "X4")

    matching = beside(**{"Numero de pedido": NUMBERS, "ID de pedido": ids})

    assert questions(matching)[0] == ("column_conflict", "transaction_id")


def test_of_two_texts_no_sale_needs_the_first_is_taken_and_listed() -> None:
    groups = {"Menu Group": ("Bar", "Food") * 3, "Sales Category": ("A", "B") * 3}

    matching = beside(Boleta=NUMBERS, **groups)

    assert questions(matching) == []
    assert fields(matching)[-2:] == ["category", None]
    assert [(a.kind, a.column) for a in matching.assumptions] == [
        ("column", "Menu Group")
    ]


def test_two_numbers_are_asked_about() -> None:
    prices = {"Gross Price": ("1", "2") * 3, "Net Price": ("3", "4") * 3}

    assert questions(beside(Boleta=NUMBERS, **prices)) == [
        ("column_conflict", "price_unit")
    ]
