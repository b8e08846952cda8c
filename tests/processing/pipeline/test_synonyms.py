import pytest

from processing.pipeline.synonyms import SURE, fields_of, known_words, normalise


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Fecha", "occurred_at"),
        ("FECHA DE VENTA", "occurred_at"),
        ("OrderDate", "occurred_at"),
        ("N° Boleta", "transaction_id"),
        ("Nro. de Documento", "transaction_id"),
        ("nº factura", "transaction_id"),
        ("Folio", "transaction_id"),
        ("ID_Venta", "transaction_id"),
        ("Código Producto", "product_id"),
        ("Cód. Producto", "product_id"),
        ("codigo_articulo", "product_id"),
        ("SKU", "product_id"),
        ("Cant.", "quantity"),
        ("Unidades (un)", "quantity"),
        ("Quantity", "quantity"),
        ("Total ($)", "price_total"),
        ("Monto Total CLP", "price_total"),
        ("Neto", "price_total"),
        ("Precio Unitario", "price_unit"),
        ("P. Unit.", "price_unit"),
        ("Costo Total", "cost_total"),
        ("Costo Unit.", "cost_unit"),
        ("RUT Cliente", "customer_id"),
        ("Cliente", "customer_id"),
        ("Glosa", "description"),
        ("Descripción", "description"),
        ("Categoría", "category"),
        ("Rubro", "category"),
        ("Unidad de Medida", "unit_type"),
        ("Stock", "stock"),
        ("Descuento", "discount_total"),
        ("Comisión", "commission_total"),
        ("Margen", "margin"),
        ("Tipo Documento", "transaction_type"),
    ],
)
def test_a_header_of_a_till_means_a_field(header: str, field: str) -> None:
    meant = fields_of(header)

    assert meant.get(field, 0) >= SURE
    assert max(meant, key=lambda name: meant[name]) == field


@pytest.mark.parametrize(
    "header", ["", "Observaciones", "Margen %", "Porcentaje descuento", "x", "123"]
)
def test_other_headers_mean_nothing(header: str) -> None:
    assert fields_of(header) == {}


@pytest.mark.parametrize(
    ("header", "left"),
    [
        pytest.param("Precio de la Unidad", "precio unidad", id="little words"),
        pytest.param("codProducto", "cod producto", id="camel case"),
        pytest.param("[Total]", "total", id="all in brackets"),
        pytest.param("Total (CLP)", "total", id="unit in parentheses"),
        pytest.param("de la", "de la", id="little words only"),
        pytest.param("TOTAL total", "total", id="said twice"),
        pytest.param("#", "n", id="number sign"),
    ],
)
def test_writing_habits_are_taken_away(header: str, left: str) -> None:
    assert normalise(header) == left


def test_no_synonym_is_equally_sure_of_two_fields() -> None:
    for word, meant in known_words().items():
        strengths = sorted(meant.values(), reverse=True)
        assert len(strengths) == 1 or strengths[0] > strengths[1], word
