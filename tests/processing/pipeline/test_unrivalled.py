"""A doubtful word is taken at its word where nothing else can be the field."""

import pytest

from tests.processing.pipeline.test_weighing import (
    GOOD,
    fields,
    matched,
    questions,
    table,
)

DATES = GOOD["Fecha"]


@pytest.mark.parametrize(
    ("instead", "name", "field"),
    [
        ("Fecha", "Apertura", "occurred_at"),
        ("Fecha", "Fecha atención", "occurred_at"),
        ("Boleta", "N° de atención", "transaction_id"),
        ("SKU", "Referencia", "product_id"),
        ("Total", "Cobrado", "price_total"),
    ],
)
def test_what_nothing_disputes_needs_no_question_and_is_listed(
    instead: str, name: str, field: str
) -> None:
    matching = matched(table(**{instead: (), name: GOOD[instead]}))

    assert questions(matching) == []
    assert fields(matching)[-1] == field
    assert matching.columns[-1].reason == "the only one of its kind"
    assert [(a.kind, a.column, a.assumed) for a in matching.assumptions] == [
        ("column", name, field)
    ]


@pytest.mark.parametrize(
    ("instead", "columns", "field"),
    [
        # Another column of moments, whatever it is called.
        ("Fecha", {"Apertura": DATES, "FX1": DATES}, "occurred_at"),
        # Another that its name suggests.
        (
            "Boleta",
            {"N° hoja": GOOD["Boleta"], "Id venta X": GOOD["Boleta"]},
            "transaction_id",
        ),
        # Every sale has one: a column with gaps is of something else.
        ("Boleta", {"N° hoja": ("101", "", "103", "104")}, "transaction_id"),
        # Too few values, and values of another kind, say nothing for it.
        ("Total", {"Cobrado": ("si", "no", "si", "2")}, "price_total"),
    ],
)
def test_otherwise_somebody_is_asked(
    instead: str, columns: dict[str, tuple[str, ...]], field: str
) -> None:
    matching = matched(table(**{instead: (), **columns}))

    assert ("unsure_column", field) in questions(matching)
