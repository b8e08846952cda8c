"""A slip of the hand is seen through where it can be one word only."""

import pytest

from processing.pipeline.guesses import GUESSED, fields_of
from tests.processing.pipeline.test_weighing import GOOD, fields, matched, questions


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Fehca", "occurred_at"),
        ("Cantidda", "quantity"),
        ("Canttidad", "quantity"),
        ("Cantdad", "quantity"),
        ("Presio Unitario", "price_unit"),
        ("Totla", "price_total"),
        ("Descripsion", "description"),
    ],
)
def test_one_slip_is_a_guess(header: str, field: str) -> None:
    meant = fields_of(header)

    assert max(meant, key=lambda name: meant[name]) == field
    assert meant[field] <= GUESSED


@pytest.mark.parametrize(
    "header",
    [
        # Words of their own, two slips, another first letter, and words too short.
        *("Plazo", "Month", "Brand", "Exento", "ID Ficha", "Cnatidda", "Ficha"),
        *("Zecha", "Cotal", "Tota1es x", "Dio", "Sktu"),
    ],
)
def test_other_words_mean_nothing(header: str) -> None:
    assert fields_of(header) == {}


def test_values_that_agree_make_it_sure() -> None:
    names = {"Fecha": "Fehca", "Cantidad": "Cantidda", "Total": "Totla"}
    matching = matched({names.get(name, name): cells for name, cells in GOOD.items()})

    assert questions(matching) == []
    assert fields(matching) == fields(matched(GOOD))
