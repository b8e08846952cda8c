"""A part of a name suggests a field that is missing, and somebody is asked."""

import pytest

from tests.processing.pipeline.test_weighing import (
    PRICES,
    fields,
    matched,
    questions,
    table,
)

DATES = ("03-01-2025", "03-01-2025", "04-01-2025", "05-01-2025")


@pytest.mark.parametrize(
    ("instead", "name", "values", "field"),
    [
        ("Fecha", "Sent Date", DATES, "occurred_at"),
        ("Boleta", "acme-order-id", ("A1", "A2", "A3", "A4"), "transaction_id"),
        ("Cantidad", "Per Unit Quantity", ("2", "1", "3", "12"), "quantity"),
        ("Total", "Paid Price", ("1980", "500", "2970", "6000"), "price_total"),
    ],
)
def test_the_only_column_that_may_be_a_missing_field_is_asked_about(
    instead: str, name: str, values: tuple[str, ...], field: str
) -> None:
    matching = matched(table(**{instead: (), name: values}))

    assert questions(matching) == [("unsure_column", field)]
    assert field in fields(matching)
    assert matching.columns[-1].reason == "part of the name"


@pytest.mark.parametrize(
    ("instead", "others", "field"),
    [
        # Nothing chooses between two.
        ("Fecha", {"Sent Date": DATES, "Batch Date": DATES}, "occurred_at"),
        # Another thing's date, and values that are no dates.
        ("Fecha", {"Birth Date": DATES}, "occurred_at"),
        ("Fecha", {"Sent Date": ("yes", "no", "yes", "no")}, "occurred_at"),
        ("Boleta", {"acme-order": ("A1", "A2", "A3", "A4")}, "transaction_id"),
        ("Total", {"Net % of Sales": ("1", "2", "3", "4")}, "price_total"),
    ],
)
def test_otherwise_the_field_is_missing(
    instead: str, others: dict[str, tuple[str, ...]], field: str
) -> None:
    matching = matched(table(**{instead: (), **others}))

    assert questions(matching) == [("missing_column", field)]


@pytest.mark.parametrize(
    ("instead", "name", "values", "field"),
    [
        ("Fecha", "FX1", DATES, "occurred_at"),
        ("Boleta", "FX1", ("B101", "B101", "B102", "B103"), "transaction_id"),
        ("Boleta", "Web", ("#1001", "#1002", "#1003", "#1003"), "transaction_id"),
    ],
)
def test_values_that_can_be_one_thing_only_suggest_it(
    instead: str, name: str, values: tuple[str, ...], field: str
) -> None:
    matching = matched(table(**{instead: (), name: values}))

    assert questions(matching) == [("unsure_column", field)]
    assert matching.columns[-1].reason == "values"


@pytest.mark.parametrize(
    ("missing", "values"),
    [("Cantidad", ("2", "1", "3", "12")), ("Total", ("1980", "500", "2970", "6000"))],
)
def test_what_multiplies_with_two_that_are_known_is_suggested(
    missing: str, values: tuple[str, ...]
) -> None:
    prices = {"Precio": ("990", "500", "990", "500"), "FX1": values}

    matching = matched(table(**{missing: (), **prices}))

    field = {"Cantidad": "quantity", "Total": "price_total"}[missing]
    assert questions(matching) == [("unsure_column", field)]
    assert matching.columns[-1].reason == "values"


def test_a_field_that_is_there_is_not_looked_for() -> None:
    matching = matched(table(**{"Sent Date": DATES}))

    assert questions(matching) == []
    assert matching.columns[-1].field is None


def test_what_a_person_left_out_is_not_suggested() -> None:
    matching = matched(
        table(Fecha=(), **{"Sent Date": DATES}), mapping={"Sent Date": ""}
    )

    assert questions(matching) == [("missing_column", "occurred_at")]


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("loyalty_cust_id", ("L1", "", "L7", "L2"), "customer_id"),
        (
            "RUC / DNI / ETC",
            ("20545112037", "-", "43218876", "20601877452"),
            "customer_id",
        ),
        ("Comisión empleada", ("180", "450", "120", "280"), "commission_total"),
        ("Dscto. club", ("0", "100", "0", "50"), "discount_total"),
        ("Departamento X", ("Pan", "Leche", "Pan", "Queso"), "category"),
        ("Plato del día", ("Lomo", "Pollo", "Lomo", "Sopa"), "description"),
        ("Kg / Un", ("kg", "un", "kg", "kg"), "unit_type"),
        ("Clave Unidad", ("H87", "KGM", "H87", "H87"), "unit_type"),
        (
            "Papel",
            ("Boleta", "Factura", "Boleta", "Nota de crédito"),
            "transaction_type",
        ),
        ("Precio casa", PRICES, "price_unit"),
        ("FX1", PRICES, "price_unit"),
    ],
)
def test_what_no_sale_needs_is_supposed_and_listed_without_a_question(
    name: str, values: tuple[str, ...], field: str
) -> None:
    matching = matched(table(**{name: values}))

    assert questions(matching) == []
    assert fields(matching)[-1] == field
    assert [(a.kind, a.column, a.assumed) for a in matching.assumptions] == [
        ("column", name, field)
    ]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Dirección cliente", ("Rua 1", "Rua 2", "Rua 3", "Rua 4")),
        ("Tipo de cliente", ("A", "B", "A", "A")),
        ("Total cliente", ("10", "20", "30", "40")),
        ("Motivo descuento", ("10", "20", "30", "40")),
        ("Margen %", ("10", "20", "30", "40")),
        ("Centro de costo", ("10", "20", "30", "40")),
        ("Talla", ("u", "u", "u", "u")),
        ("Canal", ("Venta", "Venta", "Venta", "Venta")),
        ("Mesa", ("Boleta 1", "Boleta 2", "Boleta 3", "Boleta 4")),
    ],
)
def test_what_is_another_thing_s_is_no_field(
    name: str, values: tuple[str, ...]
) -> None:
    assert fields(matched(table(**{name: values})))[-1] is None
