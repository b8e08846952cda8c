import csv
from pathlib import Path

import pytest

from processing.pipeline.fields import REQUIRED
from processing.pipeline.guesses import fields_of
from processing.pipeline.synonyms import SURE, known_words


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


def test_no_synonym_is_equally_sure_of_two_fields() -> None:
    for word, meant in known_words().items():
        strengths = sorted(meant.values(), reverse=True)
        assert len(strengths) == 1 or strengths[0] > strengths[1], word


LABELLED = Path(__file__).with_name("headers.csv")
# Written down before they were tried, and never looked at to widen the words.
HELD_OUT = Path(__file__).with_name("headers_held_out.csv")
# What the matching is held to: first guesses that are right, of all labelled headers.
RIGHT_SHARE = 0.97
# Of headers nobody tuned it for: what was reached, which is less than is wanted.
RIGHT_SHARE_HELD_OUT = 0.95
# Written later, by somebody who had read a few of the words, in two goes: the second
# after the first half's misses of the first had been seen. Those that stood in the sets
# before were taken out, and each was put into a half at random before it was tried.
# 0.82 of either half was right. Only the first was looked at since, but for "Cod. Pago"
# of the other, which was surely taken for a transaction: that was mended.
FRESH = Path(__file__).with_name("headers_fresh.csv")
FRESH_HELD_OUT = Path(__file__).with_name("headers_fresh_held_out.csv")
RIGHT_SHARE_FRESH_HELD_OUT = 0.87
ALL = (LABELLED, HELD_OUT, FRESH, FRESH_HELD_OUT)


def labelled(path: Path) -> list[tuple[str, str]]:
    """Return headers as tills write them, each with its field, empty for none."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        return [(row["header"], row["field"]) for row in rows]


def guess(header: str) -> str:
    meant = fields_of(header)
    return max(meant, key=lambda field: meant[field], default="")


@pytest.mark.parametrize(
    ("path", "share", "least"),
    [
        (LABELLED, RIGHT_SHARE, 1_000),
        (HELD_OUT, RIGHT_SHARE_HELD_OUT, 300),
        (FRESH, RIGHT_SHARE, 140),
        (FRESH_HELD_OUT, RIGHT_SHARE_FRESH_HELD_OUT, 150),
    ],
)
def test_nearly_all_headers_of_tills_are_recognised_at_once(
    path: Path, share: float, least: int
) -> None:
    rows = labelled(path)

    wrong = [(h, field, guess(h)) for h, field in rows if guess(h) != field]

    assert len({header for header, _ in rows}) >= least
    assert len(wrong) <= (1 - share) * len(rows), len(wrong)


@pytest.mark.parametrize("path", ALL)
def test_no_header_of_tills_is_surely_taken_for_a_required_field_it_is_not(
    path: Path,
) -> None:
    wrong = [
        (header, field, taken)
        for header, field in labelled(path)
        for taken, strength in fields_of(header).items()
        if taken in REQUIRED and taken != field and strength >= SURE
    ]

    assert wrong == []


def test_no_header_stands_in_two_sets() -> None:
    headers = [header for path in ALL for header in {h for h, _ in labelled(path)}]

    assert len(headers) == len(set(headers))
