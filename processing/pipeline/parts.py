"""Which words of a header suggest a field, though others beside them are not known.

Data, in the words that ``normalise`` leaves.
"""

import dataclasses
from collections.abc import Mapping

from processing.pipeline.others import OTHERS
from processing.pipeline.wording import normalise, words_of


def _words(listed: str) -> frozenset[str]:
    return words_of(normalise(listed))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words that suggest a field: one of ``about``, and of ``beside`` if it has any.

    One of ``never`` says that it is another field, or another thing's.
    """

    about: frozenset[str]
    beside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


# What is no field of any sale: dates and amounts that are another thing's.
_ELSEWHERE = OTHERS | _words(
    "due birth ship shipping promised expected expiry updated modified cancelled"
    " refunded prometida estimada anterior previous old"
)
_FIELDS = _words(
    "cliente costo descuento margen comision stock nombre tipo descripcion categoria"
)
_DOCUMENTS = _words(
    "orden venta boleta factura ticket recibo transaccion documento comprobante pedido"
    " voucher"
)
_ABOUT_THEM = _words("tipo motivo razon regla nota nivel segmento lista estado tasa")
_MONEY = _words("total monto precio valor subtotal neto bruto cantidad unidades")

REQUIRED_PARTS: Mapping[str, Part] = {
    "occurred_at": Part(
        about=_words("fecha dia timestamp momento"), never=_ELSEWHERE | _FIELDS
    ),
    "transaction_id": Part(
        about=_words("numero id codigo folio referencia correlativo"),
        beside=_DOCUMENTS,
        never=_ELSEWHERE | _FIELDS,
    ),
    "product_id": Part(
        about=_words("numero id codigo referencia sku"),
        beside=_words("sku articulo producto mercaderia material"),
        never=_ELSEWHERE | _FIELDS,
    ),
    "quantity": Part(
        about=_words("cantidad unidades piezas"), never=_ELSEWHERE | _FIELDS
    ),
    "price_total": Part(
        about=_words("total monto precio ingreso venta valor"),
        never=_ELSEWHERE | _FIELDS | _words("unitario"),
    ),
}
# Of what no sale needs only what one word says; the surest first.
OPTIONAL_PARTS: Mapping[str, Part] = {
    "commission_total": Part(
        about=_words("comision fee"), never=_ELSEWHERE | _ABOUT_THEM
    ),
    "discount_total": Part(
        about=_words("descuento rebaja"),
        never=_ELSEWHERE | _ABOUT_THEM | _words("codigo nombre numero id total precio"),
    ),
    "margin": Part(
        about=_words("margen utilidad ganancia"),
        never=_ELSEWHERE | _ABOUT_THEM | _words("minimo"),
    ),
    "stock": Part(
        about=_words("stock existencia inventario queda quedan"),
        never=_ELSEWHERE | _ABOUT_THEM | _words("minimo maximo codigo grupo fecha"),
    ),
    "cost_unit": Part(
        about=_words("costo"),
        never=_ELSEWHERE | _ABOUT_THEM | _words("centro codigo total"),
    ),
    "cost_total": Part(
        about=_words("costo"),
        beside=_words("total"),
        never=_ELSEWHERE | _ABOUT_THEM | _words("centro codigo"),
    ),
    "price_unit": Part(
        about=_words("precio tarifa"),
        never=_ELSEWHERE | _ABOUT_THEM | _words("costo compra total linea oferta"),
    ),
    "customer_id": Part(
        about=_words("cliente comprador receptor rut ruc dni nit cuit rfc cedula nif"),
        never=_ELSEWHERE
        | _ABOUT_THEM
        | _DOCUMENTS
        | _MONEY
        | _words("categoria grupo edad sexo genero fecha"),
    ),
    "category": Part(
        about=_words("categoria rubro familia departamento seccion subcategoria"),
        never=_ELSEWHERE | _MONEY | _words("cliente comprador codigo id numero"),
    ),
    "description": Part(
        about=_words("articulo producto descripcion glosa servicio"),
        never=_ELSEWHERE
        | _ABOUT_THEM
        | _DOCUMENTS
        | _MONEY
        | _words(
            "codigo id numero sku clase categoria familia grupo linea cliente fisico"
        ),
    ),
    "transaction_type": Part(
        about=_words("tipo clase"),
        beside=_DOCUMENTS,
        never=_ELSEWHERE | _words("numero canal"),
    ),
    "unit_type": Part(
        about=_words("unidad um medida"),
        never=_ELSEWHERE | _MONEY | _words("costo talla size sexo genero"),
    ),
}
PARTS: Mapping[str, Part] = {**REQUIRED_PARTS, **OPTIONAL_PARTS}
