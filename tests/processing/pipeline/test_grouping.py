"""Of two numbers of a sale, the one that groups the lines is the sale's."""

import pytest

from tests.processing.pipeline.test_weighing import fields, matched, questions, table

EACH_ITS_OWN = ("401", "402", "403", "404")
SHARED = ("31", "31", "32", "33")


@pytest.mark.parametrize("order", [1, -1])
def test_a_number_of_each_line_gives_way_to_the_orders(order: int) -> None:
    both = [("Transaction ID", EACH_ITS_OWN), ("Order ID", SHARED)][::order]

    matching = matched(table(Boleta=(), **dict(both)))

    of_order = [column.header for column in matching.columns].index("Order ID")
    assert questions(matching) == []
    assert fields(matching)[of_order] == "transaction_id"


@pytest.mark.parametrize(
    "others", [EACH_ITS_OWN, ("31", "32", "31", "33"), ("31", "31", "31", "31")]
)
def test_otherwise_the_words_decide(others: tuple[str, ...]) -> None:
    both = {"Transaction ID": EACH_ITS_OWN, "Order ID": others}

    matching = matched(table(Boleta=(), **both))

    assert fields(matching)[-2:] == ["transaction_id", None]


def test_both_are_shared_and_the_words_decide() -> None:
    both = {"Transaction ID": SHARED, "Order ID": SHARED}

    matching = matched(table(Boleta=(), **both))

    assert fields(matching)[-2:] == ["transaction_id", None]
