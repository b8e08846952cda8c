"""How tills and spreadsheets call the fields, in Spanish and English, as data.

A header and a synonym are compared after ``normalise`` (``wording.py``), then without
regard to the order of their words, then by their parts (``phrases.py``). The number is
how sure the word is: 0.9 and more needs no question, less than that is asked about
where the field is required.
"""

import functools
import re
from collections.abc import Mapping

from processing.pipeline.exports import EXPORTED, KNOWN
from processing.pipeline.fields import FIELDS
from processing.pipeline.phrases import fields_by_parts
from processing.pipeline.wording import normalise, words_of

# Sure enough to land without asking.
SURE = 0.9
TIME_OF_DAY = "time_of_day"
# in_dt and its kin: the names of the service this one replaces (design.md, Data).
OLD_NAMES: Mapping[str, str] = {
    "in_dt": "occurred_at",
    "in_trans_id": "transaction_id",
    **{f"in_{field.name}": field.name for field in FIELDS},
}

_WORDS: Mapping[str, Mapping[float, str]] = {
    "occurred_at": {
        0.97: "fecha venta, fecha hora venta, fecha transaccion, order date, fecha"
        " hora, datetime, timestamp, occurred at, fecha hora emision",
        0.95: "f venta, fecha contabilizacion, fecha, fecha boleta, fecha factura,"
        " fecha operacion, fecha compra, fecha pedido, dia venta, purchase date,"
        " fecha movimiento, fecha ticket",
        0.93: "fecha emision, f emision, fecha documento, dt, fecha contable, fecha"
        " pago",
        0.91: "created at, creacion at, fecha cliente orden",
        0.90: "dia, day, fecha creacion, fecha registro, created, pagado"
        " at, completada at, vendida at, comprada at, orden at, orden on, comprada on,"
        " vendida on, orden realizada, procesada at, fecha movto, momento venta,"
        " orden creacion, venta creacion, fecha orden creacion, orden creacion at,"
        " orden hora fecha, comprada hora fecha",
        0.85: "dia mercado, fecha atencion, marca temporal, marca"
        " tiempo, cuando, cierre cuenta, apertura,"
        " cierre, apertura at, cierre at, fecha cierre, fecha apertura,"
        " fecha ingreso venta, fecha cierre venta, fecha servicio, fecha caja,"
        " fecha elaboracion, start time, end time",
    },
    TIME_OF_DAY: {
        0.95: "hora cita, hora carga, hora cliente orden, hora atencion,"
        " contabilizacion hora, hora pedido, hora, hora"
        " venta, hora emision, hora transaccion, hora"
        " boleta, hora documento, hora compra, hora operacion, order time",
    },
    "transaction_id": {
        0.97: "transaction id, id venta, venta id, n boleta, id boleta, n transaccion,"
        " cod transaccion, cod venta, id ticket",
        0.95: "n interno, n venta orden, orden compra, boleta, folio, n folio, folio"
        " boleta, folio documento, folio factura, n documento, n factura, id"
        " documento, n ticket, ticket, n venta, n orden, id orden, orden id, n"
        " pedido, id pedido, pedido, n comprobante, comprobante, n operacion, id"
        " operacion, receipt, boleta n, factura, factura id, id factura, ticket"
        " id, orden, correlativo, n correlativo, boleta folio, boleta factura, n"
        " boleta factura, n interno venta, n guia, voucher, n voucher, orden nombre,"
        " orden reference, venta n, id pago, vale, orden venta, referencia pago, serie"
        " correlativo,"
        " serie folio, serie n documento,"
        " nota venta, n nota venta, folio nota venta",
        0.90: "documento, transaccion, operacion, n, folio venta, oc, n descuento,"
        " referencia n orden, orden servicio, n orden servicio, orden trabajo,"
        " n orden trabajo, guia despacho n, n guia despacho",
        0.85: "documento venta, nv, n nv, comanda, n mesa cuenta, pago id, n pago,"
        " n hoja, n atencion, n cuenta mesa, n remito, remito, n papeleta",
    },
    "product_id": {
        0.97: "sku, cod producto, producto id, id producto, cod sku, sku producto",
        0.95: "cod, cod articulo, articulo id, id articulo, n articulo, cod interno,"
        " cod item, codigo sku, n producto, producto cod, articulo cod, sku id,"
        " cod material, material, producto sku",
        0.92: "isbn, isbn 13, isbn 10, issn, mpn, jan, ndc, cod nacional, n parte"
        " fabricante, stock cod, n parte, vendedor sku, cod barra, barcode, ean,"
        " ean13, ean 13, cod sap, upc, plu, gtin, asin, part number, parte n, cod prov,"
        " cod principal",
        0.85: "referencia, clave, estilo",
        0.80: "producto, articulo, nombre producto, nombre articulo, producto servicio,"
        " descripcion producto, descripcion articulo, detalle producto, detalle"
        " articulo",
    },
    "quantity": {
        0.97: "cantidad, cantidad vendida, cantidad venta, cantidad vendidas",
        0.95: "cantidad orden, unidades orden, unidades, unidades vendidas, n unidades,"
        " cantidad unidades, units sold, cantidad producto, cantidad articulo,"
        " cantidad total, cantidad facturada, cantidad articulos, cantidad"
        " productos",
        0.90: "piezas, q, uni, und, kilos, ejemplares, ejs, ejes",
        0.85: "kg, litros, metros, botellas",
    },
    "price_total": {
        0.97: "total, price total, precio total, total linea, line total, monto total,"
        " total venta, venta total, total articulo, total producto",
        0.96: "orden total, total ingreso, precio extendido, monto, monto venta, valor"
        " total, total pagado, total boleta, total iva incluido, total con iva,"
        " total monto, monto linea, total general, total documento, total"
        " clp, total a pagar, grand total, total bruto, monto bruto, venta bruta,"
        " revenue, total factura, monto pagado",
        0.93: "neto, total neto, monto neto, venta neta, valor neto, neto total,"
        " subtotal, sub total, bruto, valor venta, ingreso, ingresos, total sin"
        " iva",
        0.85: "took in, took, pagado, pagaron, cliente pagado, monto carga, cobrado,"
        " base imponible, base imponible linea, valor servicio",
        0.90: "pagar, total cobrar, subtotal w descuento, total w descuento,"
        " valor, venta, valor linea, turnover, facturado, total facturado,"
        " producto venta,"
        " articulo venta",
    },
    "transaction_type": {
        0.95: "tipo transaccion, tipo venta, tipo movimiento, tipo operacion, tipo"
        " documento, movimiento, clase documento, operacion tipo",
        0.90: "tipo comprobante, tcomp, tdoc, tipodoc",
        0.85: "tipo, cod tipo, venta return, venta devolucion",
    },
    "customer_id": {
        0.97: "cliente id, id cliente, cod cliente, n cliente, cliente cod, rut"
        " cliente, cliente rut, customer number",
        0.95: "cliente, rut, rut comprador, rut receptor, dni cliente, ruc cliente, rut"
        " razon social, dni, ruc, nit, cuit, rfc, nif, socio, cedula",
        0.90: "identificacion tercero, identificacion cliente, nit tercero",
        0.85: "correo, correo billing, comprador username, comprador usuario, fiado a,"
        " quien, fiado, identificacion, n identificacion, documento identidad,"
        " paciente, auxiliar, cod auxiliar, nombre auxiliar, guest nombre,"
        " n documento identidad, facturar a, titular, huesped, nombre fiscal, tercero,"
        " cuenta n, n cuenta, comprador, nombre cliente,"
        " cliente nombre,"
        " razon social, receptor,"
        " nombre cuenta, buyer, razon social cliente, cuenta, email cliente, correo"
        " cliente",
    },
    "description": {
        0.97: "descripcion, descripcion producto, descripcion articulo",
        0.95: "desc producto, desc articulo, glosa, detalle, nombre producto, nombre"
        " articulo, producto nombre, detalle producto, articulo nombre, glosa"
        " producto, glosa detalle, detalle articulo, producto descripcion,"
        " articulo descripcion, producto detalle",
        0.85: "producto, nombre, nombre corto, que, desc, articulo, concepto,"
        " menu articulo, mercaderia, memo descripcion,"
        " denominacion, detalle venta, servicio, articulo servicio,"
        " producto servicio, titulo,"
        " title, plato",
    },
    "category": {
        0.97: "categoria, categoria producto, producto categoria",
        0.95: "rubro, familia, familia producto, tipo producto, categoria articulo,"
        " rubro producto, nombre categoria, categoria nombre, departamento"
        " producto",
        0.90: "linea negocio, grupo inventario, linea articulo",
        0.85: "cod categoria, cod familia, cod categoria producto, cod rubro,"
        " id categoria, id familia, id rubro, materia, linea, grupo, departamento,"
        " seccion, subcategoria, clase, sub categoria,"
        " subfamilia, department, group, linea producto, grupo producto, family, sub"
        " familia, clasificacion, division",
    },
    "unit_type": {
        0.95: "unidad medida, unidad, u medida, um, uom, unit of measure, unit type,"
        " tipo unidad, medida, u m, un medida, unit, unidad venta, umed, unidad"
        " med, venta unit, unit base, udm, unidad m, um venta, und medida,"
        " cod um, uom cod, unmd articulo, unmd",
        0.85: "formato, envase, presentacion",
    },
    "stock": {
        0.95: "stock, stock actual, stock disponible, existencia, existencias,"
        " inventario, inventory, on hand, stock on hand, stock final, cantidad"
        " stock, stock bodega, inventario actual, stock producto, in stock, cantidad"
        " on hand, stock on hand, cantidad in stock, qoh",
        0.90: "saldo bodega, saldo stock, queda bodega, quedan bodega",
        0.85: "saldo, disponible, queda, quedan, queda vitrina",
    },
    "cost_unit": {
        0.97: "costo unit, unit costo, costo unidad, costo unit neto, costo producto",
        0.93: "costo promedio, costo medio, costo neto unit, cpp, pmp, precio costo,"
        " costo compra, costo unit promedio, precio compra, c unit, p costo,"
        " costo cada",
        0.85: "costo",
    },
    "cost_total": {
        0.97: "costo total, total costo, costo venta, costo linea, cogs, cmv, costo"
        " ventas",
        0.93: "costo total neto, costo neto total, total costos, costos",
        0.85: "costo neto, fifo costo",
    },
    "price_unit": {
        0.97: "precio unit, unit precio, precio unidad, valor unit, precio unit neto",
        0.95: "punit, pvta, precio cada, p unit, pu, pvp, precio venta, precio por"
        " unidad, monto"
        " unit, precio unit bruto, precio producto, p u, precio articulo, precio x"
        " unidad, p venta publico, p u neto, precio minorista, v unit, precio c u",
        0.92: "precio, precio neto, precio bruto",
        0.90: "rrp, rrp cada, rrp coniva, rrp cada coniva",
        0.85: "lista, precio lista, p venta, cada, cantidad cada, tarifa, minorista",
    },
    "discount_total": {
        0.97: "descuento total, total descuento, monto descuento, descuento monto",
        0.95: "descuento, descuentos, descuento linea, total descuentos, valor"
        " descuento, descuento aplicado, rebaja, descuento producto",
        0.80: "desc",
    },
    "commission_total": {
        0.97: "comision total, total comision, monto comision, comision monto",
        0.90: "parte estilista, parte vendedor",
        0.95: "comision, comisiones, comision venta, fee, fees, cargo comision,"
        " cargo venta, cargo venta impuestos, cargo venta impuesto,"
        " comision vendedor, comision marketplace, comision plataforma",
    },
    "margin": {
        0.97: "margen, margen total, margen monto, monto margen, margen bruto",
        0.95: "utilidad, ganancia, profit, contribucion, margen contribucion, utilidad"
        " bruta, total margen, ganancia total, utilidad total, margen venta,"
        " margen neto, gross profit",
        0.85: "gp, gp monto, resultado, resultado venta",
    },
}

RATE = re.compile(r"%|porcentaje|percent|(?<![a-z])(?:pct|porc(?![a-z]))")
# Another order of the same words is as good as the same order, nearly.
REORDERED = 0.02


@functools.cache
def known_words() -> Mapping[str, Mapping[str, float]]:
    """Return for each normalised synonym the fields it may mean and how surely."""
    known: dict[str, dict[str, float]] = {}
    for field, groups in _WORDS.items():
        for strength, words in groups.items():
            for word in words.split(","):
                fields = known.setdefault(normalise(word), {})
                fields[field] = max(strength, fields.get(field, 0.0))
    for field_name in [f.name for f in FIELDS]:
        known.setdefault(normalise(field_name), {}).setdefault(field_name, 0.97)
    return known


@functools.cache
def _known_in_any_order() -> Mapping[frozenset[str], Mapping[str, float]]:
    known: dict[frozenset[str], dict[str, float]] = {}
    for phrase, meant in known_words().items():
        fields = known.setdefault(words_of(phrase), {})
        for field, strength in meant.items():
            fields[field] = max(strength - REORDERED, fields.get(field, 0.0))
    return known


def is_field_name(header: str) -> bool:
    """Say whether a header is a field's own name, which nothing learnt overrules."""
    exact = header.strip().lower()
    return exact in OLD_NAMES or any(exact == field.name for field in FIELDS)


def fields_written(header: str) -> Mapping[str, float]:
    """Return the fields that a cell names, each with how sure that is.

    The cell may be no header at all: nothing is read into words cut short, for a value
    may look like any of them. A header with a percent sign is a rate; no field is one.
    """
    bare = header.strip()
    exact = bare.lower()
    if exact in OLD_NAMES:
        return {OLD_NAMES[exact]: 1.0}
    if any(exact == field.name for field in FIELDS):
        return {exact: 1.0}
    if exact in EXPORTED:
        return {EXPORTED[exact]: KNOWN}
    if is_rate(exact):
        return {}
    return fields_of_phrase(normalise(bare))


def is_rate(header: str) -> bool:
    """Say whether a header in lower case names a rate."""
    return RATE.search(header) is not None


def fields_of_phrase(phrase: str) -> Mapping[str, float]:
    """Return the same of a normalised phrase: in order, in any order, by its parts."""
    known = known_words().get(phrase) or _known_in_any_order().get(words_of(phrase))
    return fields_by_parts(phrase) if known is None else known
