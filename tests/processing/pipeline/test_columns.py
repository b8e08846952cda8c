import pytest

from processing.pipeline.columns import match_columns
from processing.pipeline.errors import FileError
from processing.pipeline.fields import FIELDS, REQUIRED
from tests.processing.pipeline.files import hints

FULL = ("Fecha", "Boleta", "SKU", "Cantidad", "Total")


def fields(*header: str, **told: object) -> list[str | None]:
    return [column.field for column in match_columns(header, hints(**told)).columns]


def questions(*header: str, **told: object) -> list[tuple[str, str, tuple[str, ...]]]:
    asked = match_columns(header, hints(**told)).questions
    return [(question.code, question.field, question.columns) for question in asked]


def test_usual_names_need_no_question() -> None:
    assert fields(*FULL) == list(REQUIRED)
    assert questions(*FULL) == []


def test_every_field_is_known_by_its_own_name() -> None:
    names = [field.name for field in FIELDS]

    assert fields(*names) == names


def test_names_of_the_old_service_are_known() -> None:
    assert fields("in_dt", "in_trans_id", "in_product_id") == [
        "occurred_at",
        "transaction_id",
        "product_id",
    ]


def test_a_date_and_its_time_of_day_are_one_field() -> None:
    matching = match_columns(("Hora", "Fecha", *FULL[1:]), hints())

    assert [column.field for column in matching.columns[:2]] == ["occurred_at"] * 2
    assert matching.questions == ()


def test_a_time_of_day_alone_is_no_date() -> None:
    assert questions("Hora", *FULL[1:]) == [("missing_column", "occurred_at", ())]


def test_each_missing_field_is_asked_about() -> None:
    asked = questions("Fecha", "SKU")

    assert asked == [
        ("missing_column", name, ())
        for name in ("transaction_id", "quantity", "price_total")
    ]


def test_a_default_stands_for_a_missing_column() -> None:
    assert questions(*FULL[:3], "Total", defaults={"quantity": "1"}) == []


def test_two_columns_for_one_field_are_asked_about_by_name() -> None:
    matching = match_columns((*FULL, "Cant."), hints())

    assert [q.code for q in matching.questions] == ["column_conflict"]
    assert matching.questions[0].columns == ("Cantidad", "Cant.")
    assert "“Cantidad” and “Cant.”" in matching.questions[0].message
    assert matching.columns[3].field is None


def test_a_surer_name_wins_without_a_question() -> None:
    assert fields(*FULL, "Neto")[4:] == ["price_total", None]


def test_a_name_for_two_fields_takes_the_free_one() -> None:
    assert fields(*FULL, "Producto")[5] == "description"


@pytest.mark.parametrize("name", ["Producto", "Artículo", "Product", "Nombre producto"])
def test_a_shop_without_codes_knows_its_products_by_name(name: str) -> None:
    matching = match_columns(("Fecha", "Boleta", name, "Cantidad", "Total"), hints())

    assert [column.field for column in matching.columns] == list(REQUIRED)
    assert matching.questions == ()
    assert [(a.kind, a.column, a.assumed) for a in matching.assumptions] == [
        ("column", name, "product_id")
    ]


def test_a_description_beside_the_name_stays_one() -> None:
    header = ("Fecha", "Boleta", "Producto", "Descripción", "Cantidad", "Total")

    assert fields(*header)[2:4] == ["product_id", "description"]
    assert questions(*header) == []


def test_a_code_that_is_unsure_is_asked_about_and_no_name_is_taken_for_it() -> None:
    header = ("Fecha", "Boleta", "Ref.", "Producto", "Cantidad", "Total")

    assert fields(*header)[2:4] == ["product_id", "description"]
    assert questions(*header) == [("unsure_column", "product_id", ("Ref.",))]


def test_a_name_is_no_key_where_a_mapping_or_default_says_otherwise() -> None:
    header = ("Fecha", "Boleta", "Producto", "Cantidad", "Total")

    mapped = fields(*header, mapping={"Producto": "description"})
    defaulted = fields(*header, defaults={"product_id": "varios"})

    assert mapped[2] == defaulted[2] == "description"


def test_an_unsure_required_column_is_asked_about() -> None:
    asked = questions("Fecha", "Boleta", "Referencia", "Cantidad", "Total")

    assert asked == [("unsure_column", "product_id", ("Referencia",))]


def test_an_unsure_optional_column_is_an_assumption() -> None:
    matching = match_columns((*FULL, "Comprador"), hints())

    assert matching.questions == ()
    assert [(a.kind, a.column, a.assumed) for a in matching.assumptions] == [
        ("column", "Comprador", "customer_id")
    ]


def test_a_mapping_overrules_names_whatever_their_case() -> None:
    told = {" total ": "cost_total", "Monto X": "price_total"}

    assert fields(*FULL, "MONTO x", mapping=told)[4:] == ["cost_total", "price_total"]


def test_a_column_mapped_to_nothing_is_left_out() -> None:
    assert fields(*FULL, "Categoría", mapping={"Categoría": ""})[5] is None


def test_a_mapping_may_join_a_date_and_a_time() -> None:
    told = {"D": "occurred_at", "H": "occurred_at"}

    assert fields("D", "H", *FULL[1:], mapping=told)[:2] == ["occurred_at"] * 2
    assert questions("D", "H", *FULL[1:], mapping=told) == []


def test_a_mapping_may_not_join_anything_else() -> None:
    told = {"A": "quantity", "B": "quantity"}

    assert questions(*FULL[:3], "A", "B", "Total", mapping=told) == [
        ("column_conflict", "quantity", ("A", "B"))
    ]


def test_a_mapped_name_the_file_does_not_have_is_told() -> None:
    matching = match_columns(FULL, hints(mapping={"Bodega": "category"}))

    assert [(a.kind, a.column) for a in matching.assumptions] == [
        ("absent_header", "Bodega")
    ]


def test_a_mapping_to_no_field_refuses_the_file() -> None:
    with pytest.raises(FileError, match="wieght is not a field") as caught:
        match_columns(FULL, hints(mapping={"Total": "wieght"}))

    assert caught.value.code == "unknown_field"
