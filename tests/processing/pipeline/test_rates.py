"""A discount that is a percentage is no amount, whatever its header says."""

from tests.processing.pipeline.test_weighing import fields, matched, table

QUANTITY = ("2", "3", "1", "10")
PRICE = ("1000", "500", "990", "600")


def discounts(values: tuple[str, ...], totals: tuple[str, ...]) -> str | None:
    columns = table(Cantidad=QUANTITY, Total=totals, Precio=PRICE, Descuento=values)
    return fields(matched(columns))[-1]


def test_percentages_are_left_out_and_that_is_told() -> None:
    totals = ("1800", "1425", "990", "6000")
    columns = table(
        Cantidad=QUANTITY, Total=totals, Precio=PRICE, Descuento=("10", "5", "0", "0")
    )

    matching = matched(columns)

    assert matching.columns[-1].field is None
    assert matching.columns[-1].reason == "values contradict"
    assert [(a.kind, a.column) for a in matching.assumptions] == [
        ("values", "Descuento")
    ]


def test_amounts_are_amounts() -> None:
    assert discounts(("200", "75", "0", "0"), ("1800", "1425", "990", "6000")) == (
        "discount_total"
    )


def test_a_total_before_the_discount_says_nothing() -> None:
    assert discounts(("10", "5", "0", "0"), ("2000", "1500", "990", "6000")) == (
        "discount_total"
    )
