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
    "venta comanda boleta factura documento ticket orden pedido transaccion operacion"
    " compra comprobante voucher recibo guia vale bon nota"
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
        about="fecha datetime timestamp",
        which=f"{_SALE} hora emision creacion registro pago pagado contable vendida dia"
        " contabilizacion facturacion business comprada realizada completada procesada"
        " movimiento contab movto facturado cobrado",
    ),
    Shape(field="time_of_day", about="hora", which=f"{_SALE} emision pago cierre"),
    Shape(
        field="transaction_id",
        about="n id cod folio correlativo referencia reference",
        beside=_SALE,
        which="interno unico caja fiscal local pago",
    ),
    Shape(
        field="transaction_id",
        about="folio correlativo",
        which="interno unico fiscal",
    ),
    Shape(
        field="product_id",
        about="sku ean upc plu gtin barra",
        which=f"{_LINE} cod n id interno variante vendedor unico mercaderia estilo"
        " principal padre venta",
    ),
    Shape(
        field="product_id",
        about="cod n id clave referencia reference",
        beside="producto articulo material parte variante mercaderia estilo menu",
        which="interno unico linea venta sap erp servicio",
    ),
    Shape(field="product_id", about="referencia reference cod", beside="interno"),
    Shape(
        field="quantity",
        about="articulo producto",
        beside="vendida comprada",
    ),
    Shape(
        field="quantity",
        about="cantidad unidades piezas kilos litros",
        which=f"{_SALE} {_LINE} n vendida facturada total unidades entera comprada"
        " despachada facturado neto piezas kilos cobrado unidad un",
    ),
    Shape(
        field="quantity",
        about="un uni q",
        beside="vendida facturado comprada despachada",
        which=_LINE,
    ),
    Shape(field="quantity", about="n", beside="producto articulo unidades piezas"),
    Shape(
        field="price_total",
        about="total subtotal ingreso",
        which=f"{_SALE} {_LINE} monto valor precio neto bruto pagado pagar coniva"
        " siniva general extendido facturado cobrado ingreso pago final detalle",
    ),
    Shape(
        field="price_total",
        about="monto",
        beside=_LINE,
        which="neto bruto coniva siniva venta",
    ),
    Shape(
        field="price_total",
        about="monto valor",
        beside="venta boleta factura documento ticket neto bruto pagado coniva siniva"
        " linea facturado cobrado extendido transaccion orden",
        which="total producto articulo",
    ),
    Shape(
        field="price_total",
        about="venta",
        beside="neto bruto coniva siniva total monto",
        which=_LINE,
    ),
    Shape(field="price_total", about="neto bruto", beside="linea venta documento"),
    Shape(
        field="price_unit",
        about="precio",
        which=f"{_LINE} venta lista neto bruto unit unidad unidades uni un cada x"
        " coniva siniva normal minorista publico base final kilos vendida regular"
        " oferta kilo u",
    ),
    Shape(
        field="price_unit",
        about="valor monto",
        beside="unit unidad cada un uni",
        which=f"{_LINE} neto bruto venta coniva siniva x",
    ),
    Shape(
        field="price_unit",
        about="p v",
        beside="unit uni lista publico",
        which="neto bruto coniva siniva venta",
    ),
    Shape(
        field="cost_unit",
        about="costo",
        beside="unit unidad promedio medio cada estandar reposicion ultimo compra un"
        " uni unidades",
        which=f"{_LINE} neto bruto valor un uni coniva siniva precio ponderado x",
    ),
    Shape(
        field="cost_unit",
        about="costo",
        beside="producto articulo",
        which="precio",
    ),
    Shape(
        field="cost_unit",
        about="precio",
        beside="compra",
        which="unit unidad uni neto bruto",
    ),
    Shape(
        field="cost_total",
        about="costo",
        beside="total linea venta mercaderia extendido vendida",
        which="neto bruto monto valor producto",
    ),
    Shape(
        field="discount_total",
        about="descuento rebaja",
        which=f"{_SALE} {_LINE} total monto valor aplicado neto bruto rebaja descuento"
        " promocional comercial",
    ),
    Shape(field="discount_total", about="desc", beside="monto total valor"),
    Shape(
        field="commission_total",
        about="comision comisiones fee",
        which="total monto valor venta vendedor marketplace plataforma neto bruto ml"
        " transaccion pagado procesada processing canal mercadolibre transbank tarjeta",
    ),
    Shape(
        field="margin",
        about="margen utilidad ganancia profit contribucion",
        which=f"{_LINE} total monto valor venta neto bruto utilidad contribucion"
        " operacional comercial ganancia",
    ),
    Shape(
        field="customer_id",
        about="cliente comprador receptor",
        which="id cod n rut dni ruc nit cuit rfc nif nombre documento correo cuenta"
        " razon social completo bill ship final cedula completa",
    ),
    Shape(
        field="customer_id",
        about="rut dni ruc nit cuit rfc nif cedula",
        which="rut dni ruc nit cuit rfc nif cedula n cliente comprador receptor",
    ),
    Shape(
        field="customer_id",
        about="bill sold ship",
        beside="cliente",
    ),
    Shape(
        field="description",
        about="nombre descripcion detalle glosa titulo desc denominacion texto",
        beside=f"{_LINE} mercaderia menu variante servicio",
        which="corto largo venta completo breve",
    ),
    Shape(
        field="category",
        about="categoria familia rubro grupo subcategoria subfamilia departamento"
        " clasificacion seccion",
        which=f"{_LINE} nombre descripcion venta sub mercaderia menu super reporting"
        " principal padre nivel servicio",
    ),
    Shape(
        field="transaction_type",
        about="tipo",
        beside="venta documento transaccion operacion movimiento comprobante orden"
        " evento boleta factura",
    ),
    Shape(
        field="stock",
        about="stock inventario existencia",
        which=f"{_LINE} actual disponible final bodega cantidad total saldo nivel"
        " in hand unidades fisico tienda un cierre inicial",
    ),
    Shape(
        field="stock",
        about="cantidad unidades",
        beside="hand disponible bodega existencia",
        which="actual on",
    ),
    Shape(
        field="unit_type",
        about="unidad un u unit unidades",
        beside="medida med base",
        which="venta producto articulo",
    ),
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


@functools.cache
def words_of_shapes() -> frozenset[str]:
    """Return all words of which phrases are built, in the singular."""
    return frozenset(word for _, parts in _parts() for part in parts for word in part)


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
