"""Headers nobody wrote down before, understood by their parts.

A phrase means a field if one of its words is what the field is about and every other
word only says which of them: "fecha" of a "boleta", "total" of a "linea". One word
that is not foreseen, and the phrase means nothing: "fecha de entrega" is no sale.
"""

import dataclasses
import functools
from collections.abc import Mapping

from processing.pipeline.wording import normalise, words_of

# Sure enough to need no question, less sure than any phrase that is written down.
BY_PARTS = 0.9
_SALE = (
    "venta boleta factura documento ticket orden pedido transaccion operacion compra"
    " comprobante voucher recibo guia"
)
_LINE = "producto articulo linea material"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A field and its words: one of ``about``, one of ``beside`` if there are any.

    ``which`` may stand there too. Words are as ``normalise`` leaves them.
    """

    field: str
    about: str
    beside: str = ""
    which: str = ""


SHAPES: tuple[Shape, ...] = (
    Shape(
        field="occurred_at",
        about="fecha datetime",
        which=f"{_SALE} hora emision creacion registro pago contable vendida dia"
        " contabilizacion facturacion business",
    ),
    Shape(field="time_of_day", about="hora", which=f"{_SALE} emision pago"),
    Shape(
        field="transaction_id",
        about="n id cod folio correlativo",
        beside=_SALE,
        which="interno",
    ),
    Shape(
        field="product_id",
        about="sku ean upc plu gtin barra",
        which=f"{_LINE} cod n id interno variante vendedor unico",
    ),
    Shape(
        field="product_id",
        about="cod n id",
        beside="producto articulo material parte variante",
        which="interno unico linea",
    ),
    Shape(
        field="quantity",
        about="cantidad unidades piezas",
        which=f"{_SALE} {_LINE} n vendida facturada total unidades entera",
    ),
    Shape(field="quantity", about="n", beside="producto articulo unidades piezas"),
    Shape(
        field="price_total",
        about="total subtotal ingreso",
        which=f"{_SALE} {_LINE} monto valor precio neto bruto pagado pagar coniva"
        " siniva general extendido facturado cobrado",
    ),
    Shape(
        field="price_total",
        about="monto valor",
        beside="venta boleta factura documento ticket neto bruto pagado coniva siniva"
        " linea facturado cobrado",
        which="total",
    ),
    Shape(field="price_total", about="neto bruto", beside="linea venta documento"),
    Shape(
        field="price_unit",
        about="precio",
        which=f"{_LINE} venta lista neto bruto unit unidad unidades uni un cada x"
        " coniva siniva normal",
    ),
    Shape(
        field="price_unit",
        about="valor monto",
        beside="unit unidad",
        which=f"{_LINE} neto bruto venta coniva siniva x",
    ),
    Shape(
        field="cost_unit",
        about="costo",
        beside="unit unidad promedio medio",
        which=f"{_LINE} neto bruto compra valor un uni coniva siniva",
    ),
    Shape(
        field="cost_total",
        about="costo",
        beside="total linea venta",
        which="neto bruto monto valor mercaderia producto",
    ),
    Shape(
        field="discount_total",
        about="descuento rebaja",
        which=f"{_SALE} {_LINE} total monto valor aplicado neto bruto",
    ),
    Shape(
        field="commission_total",
        about="comision comisiones fee",
        which="total monto valor venta vendedor marketplace plataforma neto bruto",
    ),
    Shape(
        field="margin",
        about="margen utilidad ganancia profit contribucion",
        which=f"{_LINE} total monto valor venta neto bruto",
    ),
    Shape(
        field="customer_id",
        about="cliente comprador receptor",
        which="id cod n rut dni ruc nombre documento",
    ),
    Shape(
        field="description",
        about="nombre descripcion detalle glosa titulo desc",
        beside=_LINE,
        which="corto largo",
    ),
    Shape(
        field="category",
        about="categoria familia rubro grupo subcategoria",
        which=f"{_LINE} nombre descripcion",
    ),
    Shape(
        field="transaction_type",
        about="tipo",
        beside="venta documento transaccion operacion movimiento comprobante",
    ),
    Shape(
        field="stock",
        about="stock inventario existencia",
        which=f"{_LINE} actual disponible final bodega cantidad total saldo",
    ),
    Shape(field="unit_type", about="unidad un u und", beside="medida med"),
)


def fields_by_parts(phrase: str) -> Mapping[str, float]:
    """Return the one field that the parts of a normalised phrase mean, if any."""
    words = words_of(phrase)
    found = {
        field
        for field, (about, beside, which) in _parts()
        if words & about
        and (words & beside or not beside)
        and words <= about | beside | which
    }
    return dict.fromkeys(found, BY_PARTS) if len(found) == 1 else {}


_Parts = tuple[frozenset[str], frozenset[str], frozenset[str]]


@functools.cache
def _parts() -> tuple[tuple[str, _Parts], ...]:
    return tuple(
        (
            shape.field,
            (_words(shape.about), _words(shape.beside), _words(shape.which)),
        )
        for shape in SHAPES
    )


def _words(listed: str) -> frozenset[str]:
    return words_of(" ".join(normalise(word) for word in listed.split()))
