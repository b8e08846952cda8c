"""Of which words the headers of moments, keys and names are built, as data."""

from processing.pipeline.shapes import LINE, PLACE, SALE, Shape

TEXT_SHAPES: tuple[Shape, ...] = (
    Shape(
        field="occurred_at",
        about="fecha datetime timestamp",
        which=f"{SALE} hora emision creacion registro pago pagado contable vendida dia"
        " contabilizacion facturacion business comprada realizada completada procesada"
        f" movimiento contab movto facturado cobrado generacion fiscal {PLACE}",
    ),
    Shape(
        field="occurred_at",
        about="f fe",
        beside=f"{SALE} emision movimiento pago registro facturado",
    ),
    Shape(
        field="occurred_at",
        about="at cuando",
        beside="pagado vendida comprada orden creacion completada procesada cobrado"
        " venta compra",
    ),
    Shape(field="occurred_at", about="data dia", beside=f"{SALE} emision pago"),
    Shape(
        field="time_of_day",
        about="hora",
        which=f"{SALE} emision pago cierre movimiento registro creacion {PLACE}",
    ),
    Shape(field="time_of_day", about="h", beside=f"{SALE} emision pago"),
    Shape(
        field="transaction_id",
        about="n id cod folio correlativo",
        beside=f"{SALE} movimiento",
        which=f"interno unico caja fiscal local pago {PLACE}",
    ),
    Shape(
        field="transaction_id",
        about="referencia reference",
        beside=SALE,
        which="id pago",
    ),
    Shape(
        field="transaction_id", about="folio correlativo", which="interno unico fiscal"
    ),
    Shape(
        field="product_id",
        about="sku ean upc plu gtin barra",
        which="producto articulo material cod n id clave referencia servicio interno"
        " variante vendedor unico mercaderia estilo principal padre venta",
    ),
    Shape(
        field="product_id",
        about="cod n id clave referencia reference",
        beside="producto articulo material parte variante mercaderia estilo menu"
        " servicio carta",
        which=f"vendida carta interno unico venta sap erp servicio tienda {PLACE}",
    ),
    Shape(field="product_id", about="referencia reference cod", beside="interno"),
    Shape(
        field="transaction_id",
        about="boleta factura ticket recibo comprobante",
        beside="guia vale voucher venta pos tpv factura ticket",
    ),
    Shape(
        field="description",
        about="articulo producto servicio",
        beside="vendida comprada carta realizada variante",
        which="menu",
    ),
    Shape(field="description", about="que", beside=f"vendida comprada {LINE}"),
    Shape(
        field="customer_id",
        about="cliente comprador receptor",
        which="id cod n rut dni ruc nit cuit rfc nif nombre documento correo cuenta"
        " razon social completo bill ship final cedula completa mostrado referencia"
        " datos",
    ),
    Shape(
        field="customer_id",
        about="rut dni ruc nit cuit rfc nif cedula cpf cnpj",
        which="rut dni ruc nit cuit rfc nif cedula cpf cnpj dest n cliente comprador"
        " receptor",
    ),
    Shape(
        field="customer_id",
        about="bill sold ship vendida",
        beside="cliente cuenta",
        which="n id cod nombre",
    ),
    Shape(field="customer_id", about="quien", beside="comprada compra cliente"),
    Shape(
        field="description",
        about="nombre descripcion detalle glosa titulo desc denominacion texto",
        beside=f"{LINE} mercaderia menu variante servicio pos",
        which="corto largo venta completo breve vendida carta",
    ),
    Shape(field="description", about="nombre descripcion desc", beside="plu sku"),
    Shape(
        field="description",
        about="descripcion glosa detalle",
        beside="corto corta largo larga breve completa comercial extendido",
        which=LINE,
    ),
    Shape(
        field="category",
        about="categoria familia rubro grupo subcategoria subfamilia departamento"
        " clasificacion seccion subdepartamento",
        which=f"{LINE} nombre descripcion venta sub mercaderia menu super reporting"
        " principal padre nivel servicio carta plu sku vendida tienda",
    ),
    Shape(field="category", about="clase tipo", beside="producto articulo servicio"),
    Shape(
        field="transaction_type",
        about="tipo clase t",
        beside="venta documento transaccion operacion movimiento comprobante orden"
        " evento boleta factura recibo ticket",
        which="fiscal cod",
    ),
    Shape(
        field="unit_type",
        about="unidad un u unit unidades um uom",
        beside="medida medicion med base um uom cod",
        which="venta producto articulo cod clave m nombre",
    ),
    Shape(field="unit_type", about="uni un um", beside="venta medida"),
    Shape(
        field="transaction_type",
        about="tip",
        beside="documento comprobante movimiento transaccion",
    ),
)
