"""Words and values together: what is sure, what is asked, and what is told."""

import pytest

from processing.pipeline.columns import Matching, match_columns
from processing.pipeline.fields import REQUIRED
from tests.processing.pipeline.files import hints

GOOD: dict[str, tuple[str, ...]] = {
    "Fecha": ("03-01-2025", "03-01-2025", "04-01-2025", "05-01-2025"),
    "Boleta": ("101", "102", "103", "104"),
    "SKU": ("A1", "B2", "A1", "C3"),
    "Cantidad": ("2", "1", "3", "12"),
    "Total": ("1980", "500", "2970", "6000"),
}
PRICES = ("990", "500", "990", "500")


def matched(columns: dict[str, tuple[str, ...]], **told: object) -> Matching:
    records = tuple(zip(*columns.values(), strict=True))
    return match_columns(tuple(columns), hints(**told), records=records)


def table(**other: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the usual columns, some of them with other values or none."""
    columns = {**GOOD, **other}
    return {name: values for name, values in columns.items() if values}


def fields(matching: Matching) -> list[str | None]:
    return [column.field for column in matching.columns]


def questions(matching: Matching) -> list[tuple[str, str]]:
    return [(question.code, question.field) for question in matching.questions]


def test_values_that_agree_with_sure_words_change_nothing() -> None:
    with_values, without = matched(GOOD), match_columns(tuple(GOOD), hints())

    assert with_values == without
    assert fields(with_values) == list(REQUIRED)


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("Fecha", ("B1", "B2", "B3", "B4"), "occurred_at"),
        ("Boleta", ("1-1-2025", "2-1-2025", "3-1-2025", "4-1-2025"), "transaction_id"),
        ("SKU", ("$ 990", "$ 500", "$ 990", "$ 500"), "product_id"),
        ("Cantidad", ("kg", "un", "kg", "un"), "quantity"),
        ("Total", ("Pan", "Leche", "Pan", "Queso"), "price_total"),
    ],
)
def test_a_required_field_that_values_contradict_is_asked_about(
    name: str, values: tuple[str, ...], field: str
) -> None:
    matching = matched(table(**{name: values}))

    assert questions(matching) == [("unsure_column", field)]
    column = next(c for c in matching.columns if c.header == name)
    assert (column.field, column.reason) == (field, "values contradict")


def test_an_exact_name_is_contradicted_as_any_other() -> None:
    columns = {
        **dict(zip(REQUIRED, GOOD.values(), strict=True)),
        "quantity": ("kg", "un", "kg", "un"),
    }

    assert questions(matched(columns)) == [("unsure_column", "quantity")]


def test_what_a_person_said_is_not_weighed() -> None:
    contradicted = table(Cantidad=("kg", "un", "kg", "un"))

    matching = matched(contradicted, mapping={"Cantidad": "quantity"})

    assert questions(matching) == []


def test_a_field_no_sale_needs_is_let_go_where_values_contradict_and_it_is_told() -> (
    None
):
    matching = matched({**GOOD, "Descuento": ("10%", "5%", "0%", "5%")})

    left = matching.columns[5]
    assert (left.field, left.reason) == (None, "values contradict")
    assert [(a.kind, a.column, a.assumed) for a in matching.assumptions] == [
        ("values", "Descuento", "ignored")
    ]
    assert matching.questions == ()


def test_a_column_that_was_left_out_by_a_person_is_not_told_again() -> None:
    columns = {**GOOD, "Descuento": ("10%", "5%", "0%", "5%")}

    matching = matched(columns, mapping={"Descuento": ""})

    assert matching.columns[5].reason == "mapping"
    assert matching.assumptions == ()


@pytest.mark.parametrize(
    ("name", "instead", "field"),
    [
        ("vtad_cant", "Cantidad", "quantity"),
        ("Ctdad. Vend.", "Cantidad", "quantity"),
        ("FECHADOCUM", "Fecha", "occurred_at"),
        ("NUMDOCUMEN", "Boleta", "transaction_id"),
        ("mov_importe", "Total", "price_total"),
    ],
)
def test_what_words_only_suggest_is_sure_where_values_agree(
    name: str, instead: str, field: str
) -> None:
    columns = {name if n == instead else n: v for n, v in GOOD.items()}
    shared = {f"vtad_{n}": GOOD["Boleta"] for n in ("x1", "x2")}

    matching = matched({**columns, **shared})

    assert matching.questions == ()
    column = next(c for c in matching.columns if c.header == name)
    assert (column.field, column.reason) == (field, "words and values")


def test_what_words_only_suggest_is_asked_about_where_values_are_too_few() -> None:
    columns = {"FECHADOCUM" if n == "Fecha" else n: v[:2] for n, v in GOOD.items()}

    assert questions(matched(columns)) == [("unsure_column", "occurred_at")]


def test_a_doubtful_word_beside_another_is_asked_about_whatever_its_values() -> None:
    columns = {"Apertura" if n == "Fecha" else n: v for n, v in GOOD.items()}

    matching = matched({**columns, "Retiro": GOOD["Fecha"]})

    assert questions(matching) == [("unsure_column", "occurred_at")]


@pytest.mark.parametrize(
    ("name", "values", "field"),
    [
        ("Unidad", ("2", "1", "3", "12"), "quantity"),
        ("Venta", ("2", "1", "3", "12"), "quantity"),
    ],
)
def test_a_word_of_two_meanings_is_the_one_its_values_look_like(
    name: str, values: tuple[str, ...], field: str
) -> None:
    columns = {**table(Cantidad=()), "Precio": PRICES, name: values}

    matching = matched(columns)

    column = next(c for c in matching.columns if c.header == name)
    assert (column.field, column.reason) == (field, "values")
    assert questions(matching) == [("unsure_column", field)]


def test_units_are_no_quantity() -> None:
    matching = matched({**GOOD, "Unidades": ("kg", "un", "kg", "un")})

    assert matching.columns[5].field == "unit_type"
    assert matching.questions == ()


def test_numbers_that_name_products_are_their_key() -> None:
    columns = {**table(SKU=()), "Producto": ("1001", "1002", "1001", "1003")}

    assert matched(columns).columns[4].field == "product_id"


def test_of_two_equal_totals_the_one_that_multiplies_is_taken() -> None:
    columns = {**GOOD, "Precio": PRICES, "Total Venta": ("4950", "500", "2970", "9000")}

    matching = matched(columns)

    assert matching.questions == ()
    assert fields(matching)[4:] == ["price_total", "price_unit", None]


def test_two_totals_that_both_multiply_are_asked_about() -> None:
    columns = {**GOOD, "Precio": PRICES, "Total Venta": GOOD["Total"]}

    assert questions(matched(columns)) == [("column_conflict", "price_total")]


def test_a_total_that_is_multiplied_is_a_quantity_and_asked_about() -> None:
    columns = {
        **table(Cantidad=(), Total=("2", "1", "3", "12")),
        "Precio": ("$990,00", "$500,00", "$990,00", "$500,00"),
        "Monto": ("$1.980,00", "$500,00", "$2.970,00", "$6.000,00"),
    }

    matching = matched(columns)

    found = {c.field: (c.header, c.reason) for c in matching.columns}
    assert found["quantity"] == ("Total", "values")
    assert found["price_total"] == ("Monto", "synonym")
    assert questions(matching) == [("unsure_column", "quantity")]


def test_a_value_of_one_is_told_from_the_value_of_all_by_multiplying() -> None:
    matching = matched({**GOOD, "Valor": PRICES})

    assert [c.reason for c in matching.columns if c.field == "price_unit"] == ["values"]
    assert matching.questions == ()


def test_a_doubtful_word_for_a_product_of_two_columns_is_sure() -> None:
    columns = {**table(Total=()), "Precio": PRICES, "Cobrado": GOOD["Total"]}

    matching = matched(columns)

    assert matching.questions == ()
    assert matching.columns[-1].reason == "words and values"


def test_sales_of_one_piece_prove_nothing() -> None:
    ones = table(Cantidad=("1", "1", "1", "1"), Total=PRICES)

    assert fields(matched({**ones, "Valor": PRICES}))[5] is None


def test_records_shorter_than_the_header_are_read_as_far_as_they_go() -> None:
    records = [row[:4] for row in zip(*GOOD.values(), strict=True)]

    matching = match_columns(tuple(GOOD), hints(), records=records)

    assert fields(matching) == list(REQUIRED)
