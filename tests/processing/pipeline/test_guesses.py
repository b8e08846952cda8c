"""Words written as one, prefixes of tables and parentheses: guessed, never sure."""

import pytest

from processing.pipeline.guesses import GUESSED, fields_of
from processing.pipeline.prefixes import without_shared


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("codproducto", "product_id"),
        ("FECHAVENTA", "occurred_at"),
        ("fechadelaventa", "occurred_at"),
        ("PRECIOUNIT", "price_unit"),
        ("CANTIDADVE", "quantity"),
        ("TIPODOCUM", "transaction_type"),
        ("UNIDADMEDI", "unit_type"),
        ("Líneas del pedido/Costo unitario", "cost_unit"),
        ("movimiento.descuento", "discount_total"),
        ("detalle_articulo_sku", "product_id"),
        ("What (product)", "description"),
    ],
)
def test_a_header_that_says_it_less_plainly_is_guessed(header: str, field: str) -> None:
    meant = fields_of(header)

    assert meant
    assert max(meant, key=lambda name: meant[name]) == field
    assert max(meant.values()) <= GUESSED or "_" in header


@pytest.mark.parametrize(
    "header",
    [
        *("FECHAVENCI", "CODVENDEDO", "TOTALIMPUE", "NUMCAJA", "CODBODEGAS"),
        *("order-item-id", "linea n", "det_id", "documento saldo", "venta_sucursal"),
        *("importado", "operador", "fecha_entrega", "Notas (cliente)", "xxyyzz"),
        *("margen (%)", "due_date", "min_qty", "iva_monto", "pedido venta"),
    ],
)
def test_what_may_be_anything_means_nothing(header: str) -> None:
    assert fields_of(header) == {}


def test_a_beginning_that_columns_share_names_their_table() -> None:
    header = ("vd_fecha", "vd_sku", "VD_total", "zz_nota", "Cliente")

    assert without_shared(header) == ["fecha", "sku", "total", "zz_nota", "Cliente"]


def test_a_word_that_columns_share_is_left() -> None:
    header = ("cliente_id", "cliente_rut", "cliente_nombre")

    assert tuple(without_shared(header)) == header
