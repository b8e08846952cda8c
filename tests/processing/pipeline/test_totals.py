"""Of several totals, the line's is what quantity and price come to."""

import pytest

from tests.processing.pipeline.test_weighing import fields, matched, table

QUANTITY = ("2", "3", "1", "12")
PRICE = ("990", "500", "990", "500")
LINE = ("1980", "1500", "990", "6000")


def totals(**others: tuple[str, ...]) -> list[str | None]:
    """Return the fields of the columns behind quantity and price."""
    columns = table(Cantidad=QUANTITY, Total=(), Precio=PRICE, **others)
    return fields(matched(columns))[-len(others) :]


@pytest.mark.parametrize(
    "strange",
    [
        # Of the receipt, on each of its lines.
        ("3480", "3480", "6990", "6990"),
        # Paid out by a market, after fees that are not the same for all.
        ("1480", "1280", "790", "5100"),
    ],
)
def test_a_total_of_something_else_is_left_out(strange: tuple[str, ...]) -> None:
    assert totals(Subtotal=LINE, Total_CLP=strange) == ["price_total", None]


def test_of_two_totals_equally_sure_the_one_of_the_line_is_taken() -> None:
    of_orders = ("3480", "3480", "6990", "6990")
    names = {"Order Total Amount": of_orders, "Order Line Total": LINE}

    matching = matched(table(Total=(), **names))

    assert matching.questions == ()
    assert fields(matching)[-2:] == [None, "price_total"]


def test_a_total_with_tax_is_what_its_words_say() -> None:
    with_tax = ("2356", "1785", "1178", "7140")

    assert totals(Subtotal=LINE, Total_CLP=with_tax) == [None, "price_total"]


def test_a_total_after_some_discounts_is_what_its_words_say() -> None:
    discounted = ("1980", "1350", "990", "6000")

    assert totals(Subtotal=LINE, Total_CLP=discounted) == [None, "price_total"]


def test_the_exact_name_of_the_field_is_not_doubted() -> None:
    of_receipts = ("3480", "3480", "6990", "6990")

    assert totals(Subtotal=LINE, price_total=of_receipts) == [None, "price_total"]
