"""A cost is of one or of the line, as the prices say where its word does not."""

import pytest

from tests.processing.pipeline.test_weighing import PRICES, fields, matched, table

OF_LINES = ("1200", "300", "1800", "3600")
OF_ONE = ("600", "300", "600", "300")


@pytest.mark.parametrize(
    ("costs", "field"), [(OF_LINES, "cost_total"), (OF_ONE, "cost_unit")]
)
@pytest.mark.parametrize(
    "prices", [{"Precio": PRICES}, {}], ids=["price", "total only"]
)
@pytest.mark.parametrize("name", ["Costo", "Me costó", "Costo X"])
def test_a_cost_above_the_price_of_one_is_of_the_line(
    name: str, prices: dict[str, tuple[str, ...]], costs: tuple[str, ...], field: str
) -> None:
    assert fields(matched(table(**prices, **{name: costs})))[-1] == field


def test_a_cost_beside_the_line_s_is_of_one() -> None:
    columns = table(Precio=PRICES, **{"Costo Total": OF_LINES, "Costo": OF_LINES})

    assert fields(matched(columns))[-2:] == ["cost_total", "cost_unit"]


def test_a_word_that_says_which_is_believed() -> None:
    columns = table(Precio=PRICES, **{"Costo Unitario": OF_LINES})

    assert fields(matched(columns))[-1] == "cost_unit"


def test_sales_of_one_tell_nothing() -> None:
    ones = ("1", "1", "1", "1")
    columns = table(Cantidad=ones, Precio=(), Total=PRICES, Costo=("1200",) * 4)

    assert fields(matched(columns))[-1] == "cost_unit"
