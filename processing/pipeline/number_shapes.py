"""Of which words the headers of quantities and money are built, as data."""

from processing.pipeline.shapes import LINE, PLACE, SALE, Shape

NUMBER_SHAPES: tuple[Shape, ...] = (
    Shape(
        field="quantity",
        about="cantidad unidades piezas kilos litros",
        which=f"{SALE} {LINE} n vendida facturada total unidades entera comprada"
        " despachada facturado neto piezas kilos cobrado unidad un servicio ejemplares"
        f" {PLACE}",
    ),
    Shape(
        field="quantity",
        about="un uni und q",
        beside="vendida facturado comprada despachada",
        which=LINE,
    ),
    Shape(field="quantity", about="n", beside="producto articulo unidades piezas"),
    Shape(
        field="price_total",
        about="total subtotal ingreso",
        which=f"{SALE} {LINE} sku monto valor precio neto bruto pagado pagar coniva"
        " siniva general extendido facturado cobrado ingreso pago final detalle"
        f" {PLACE}",
    ),
    Shape(
        field="price_total",
        about="total monto",
        beside="pagado cobrado facturado",
        which="cliente comprador",
    ),
    Shape(
        field="price_total",
        about="monto",
        beside=LINE,
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
        which=LINE,
    ),
    Shape(field="price_total", about="neto bruto", beside="linea venta documento"),
    Shape(
        field="price_total",
        about="precio monto publico",
        beside="extendido",
        which=f"neto bruto coniva siniva {LINE} total",
    ),
    Shape(field="price_total", about="v p m", beside="total", which="venta neto linea"),
    Shape(
        field="price_unit",
        about="precio",
        which=f"{LINE} reg venta lista neto bruto unit unidad unidades uni un cada x"
        " coniva siniva normal minorista publico base final kilos vendida regular"
        f" oferta kilo u promedio carta litro metro servicio menu detalle piezas usado"
        f" actual monto {PLACE}",
    ),
    Shape(
        field="price_unit",
        about="pvp pvu",
        which=f"{LINE} unit unidad un cada neto bruto coniva siniva venta lista",
    ),
    Shape(
        field="price_unit",
        about="valor monto",
        beside="carta lista publico",
        which="neto bruto coniva siniva unit",
    ),
    Shape(
        field="price_unit",
        about="valor monto",
        beside="unit unidad cada un uni und piezas kilos kilo litro metro",
        which=f"{LINE} neto bruto venta coniva siniva x",
    ),
    Shape(
        field="price_unit",
        about="p v",
        beside="unit uni lista publico carta un cada unidad",
        which="neto bruto coniva siniva venta",
    ),
    Shape(
        field="price_unit",
        about="p",
        beside="neto bruto normal oferta final detalle minorista producto"
        " articulo regular coniva siniva",
        which="venta",
    ),
    Shape(
        field="cost_unit",
        about="costo",
        beside="unit unidad promedio medio cada estandar reposicion ultimo compra un"
        " uni und piezas unidades",
        which=f"{LINE} neto bruto valor un uni coniva siniva precio ponderado x"
        " directo monto",
    ),
    Shape(
        field="cost_unit",
        about="c",
        beside="unit promedio compra medio reposicion ultimo estandar cada unidad",
        which="neto",
    ),
    Shape(field="cost_unit", about="cogs cmv", beside="unit unidad un promedio"),
    Shape(field="cost_total", about="cogs cmv", which="total neto linea venta"),
    Shape(field="cost_total", about="c", beside="total", which="neto linea venta"),
    Shape(field="cost_unit", about="costo", beside="producto articulo", which="precio"),
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
        which=f"{SALE} {LINE} {PLACE} total monto valor aplicado neto bruto rebaja"
        " descuento promocional comercial at vendedor asumido aliado comercio",
    ),
    Shape(field="discount_total", about="desc", beside="monto total valor"),
    Shape(
        field="commission_total",
        about="comision comisiones com fee",
        which=f"{PLACE} siniva coniva total monto valor venta vendedor marketplace"
        " plataforma neto bruto ml"
        " transaccion pagado procesada processing canal mercadolibre transbank tarjeta"
        " servicio linea producto articulo mercado pago vendida mp",
    ),
    Shape(
        field="commission_total",
        about="cargo",
        beside="venta comision",
        which="canal marketplace plataforma total monto fee",
    ),
    Shape(
        field="margin",
        about="margen utilidad ganancia profit contribucion",
        which=f"{LINE} total monto valor venta neto bruto utilidad contribucion"
        " operacional comercial ganancia at",
    ),
    Shape(
        field="stock",
        about="stock inventario existencia",
        which=f"{LINE} actual disponible final bodega cantidad total saldo nivel"
        " in hand act disp unidades fisico tienda un cierre inicial restante"
        " almacen venta post momento despues at",
    ),
    Shape(
        field="stock",
        about="cantidad unidades",
        beside="hand disponible bodega existencia",
        which="actual on",
    ),
)
