"""What a phrase is built of, and the words that many of them share."""

import dataclasses

SALE = (
    "venta comanda boleta factura documento ticket orden pedido transaccion operacion"
    " compra comprobante voucher recibo guia vale bon nota albaran consumo atencion"
)
# Where a sale was made, which tells nothing apart.
PLACE = (
    "unico tpv pos web online sistema register reg rappi uber eats pedidosya falabella"
    " ripley mercadolibre amazon ebay etsy shopify"
)
LINE = "producto articulo linea material"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A field and its words: one of ``about``, one of ``beside`` if there are any.

    ``which`` may stand there too. Words are as ``normalise`` leaves them.
    """

    field: str
    about: str
    beside: str = ""
    which: str = ""
