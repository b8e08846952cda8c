"""The words of headers as data: which say nothing, and which say the same.

Abbreviations and the two languages become one word, which need not be one of either.
"""

from collections.abc import Mapping

LITTLE = frozenset(
    {
        "a",
        "al",
        "con",
        "de",
        "del",
        "el",
        "en",
        "la",
        "las",
        "los",
        "of",
        "per",
        "por",
        "the",
        "y",
        "clp",
        "pesos",
        "usd",
        "eur",
        "mxn",
        "ars",
        "pen",
        "cop",
        "kg",
        "dte",
        "electronica",
        "electronico",
        "for",
        "to",
        "o",
        "or",
        "and",
        "e",
        "su",
    }
)
SAME: Mapping[str, str] = {
    **dict.fromkeys(("nro", "num", "numero", "no", "nr", "number", "nbr"), "n"),
    **dict.fromkeys(("codigo", "code", "cod", "cdigo", "codig"), "cod"),
    **dict.fromkeys(
        ("cantidad", "cant", "qty", "quantity", "ctd", "cantd", "cnt", "cantidades"),
        "cantidad",
    ),
    **dict.fromkeys(("producto", "prod", "product", "prd", "products"), "producto"),
    **dict.fromkeys(("articulo", "art", "item", "items", "article"), "articulo"),
    **dict.fromkeys(("documento", "doc", "docto", "document", "dcto_n"), "documento"),
    **dict.fromkeys(("unitario", "unit", "unitaria", "unt"), "unit"),
    **dict.fromkeys(("precio", "price", "prec", "pr", "precios", "prices"), "precio"),
    **dict.fromkeys(("costo", "coste", "cost", "cto"), "costo"),
    **dict.fromkeys(("fecha", "fec", "fch", "date", "dt", "fechas"), "fecha"),
    **dict.fromkeys(
        ("cliente", "client", "customer", "cte", "clte", "cli", "cust", "socio"),
        "cliente",
    ),
    **dict.fromkeys(("member", "party", "shopper", "clientes"), "cliente"),
    **dict.fromkeys(("descripcion", "description", "descrip", "descr"), "descripcion"),
    **dict.fromkeys(
        ("categoria", "category", "categ", "cat", "categorias"), "categoria"
    ),
    **dict.fromkeys(
        ("descuento", "descuentos", "discount", "discounts", "dcto", "dctos"),
        "descuento",
    ),
    **dict.fromkeys(("dscto", "desct", "descto", "dto", "dtos"), "descuento"),
    **dict.fromkeys(
        ("comision", "commission", "comis", "comisiones", "commissions"), "comision"
    ),
    **dict.fromkeys(("margen", "margin", "mg", "mgn", "mrg", "marg"), "margen"),
    **dict.fromkeys(
        ("transaccion", "transaction", "trx", "trans", "txn"), "transaccion"
    ),
    **dict.fromkeys(("emision", "emitida", "emis", "issue"), "emision"),
    **dict.fromkeys(("factura", "invoice", "fact"), "factura"),
    **dict.fromkeys(("orden", "order"), "orden"),
    **dict.fromkeys(("boleta", "bol", "receipt"), "boleta"),
    **dict.fromkeys(("tipo", "type", "tp", "kind", "tipos"), "tipo"),
    **dict.fromkeys(("nombre", "name", "nom"), "nombre"),
    **dict.fromkeys(("hora", "time", "hour", "hr"), "hora"),
    **dict.fromkeys(("id", "identificador", "identifier"), "id"),
    **dict.fromkeys(
        ("venta", "ventas", "sale", "sales", "vta", "vtas", "selling"), "venta"
    ),
    **dict.fromkeys(
        ("monto", "amount", "importe", "mto", "mnt", "amt", "imp"), "monto"
    ),
    **dict.fromkeys(("total", "tot", "totales", "totals"), "total"),
    **dict.fromkeys(("neto", "neta", "netas", "netos", "net"), "neto"),
    **dict.fromkeys(("bruto", "bruta", "brutas", "gross"), "bruto"),
    **dict.fromkeys(
        ("unidades", "uds", "unds", "units", "unid", "u", "unids", "udes"), "unidades"
    ),
    **dict.fromkeys(
        ("vendida", "vendidas", "vendido", "vendidos", "vend", "sold"), "vendida"
    ),
    **dict.fromkeys(("pedida", "pedidas", "pedidos", "ordered", "orders"), "orden"),
    **dict.fromkeys(
        ("comprada", "compradas", "comprado", "purchased", "bought"), "comprada"
    ),
    **dict.fromkeys(
        ("despachada", "despachadas", "shipped", "entregada", "entregadas"),
        "despachada",
    ),
    **dict.fromkeys(
        ("facturado", "facturada", "facturadas", "billed", "invoiced"), "facturado"
    ),
    **dict.fromkeys(("cobrado", "cobrada", "charged"), "cobrado"),
    **dict.fromkeys(("completada", "completado", "completed"), "completada"),
    **dict.fromkeys(("realizada", "realizado", "placed"), "realizada"),
    **dict.fromkeys(("procesada", "procesado", "processed"), "procesada"),
    **dict.fromkeys(("cierre", "closed", "closing"), "cierre"),
    **dict.fromkeys(("apertura", "opened"), "apertura"),
    **dict.fromkeys(("movimiento", "mov", "movement"), "movimiento"),
    **dict.fromkeys(("linea", "line", "lineitem", "renglon", "ln", "lin"), "linea"),
    **dict.fromkeys(("valor", "value", "val"), "valor"),
    **dict.fromkeys(("pagado", "paid", "pagada"), "pagado"),
    **dict.fromkeys(("lista", "list"), "lista"),
    **dict.fromkeys(("titulo", "title"), "titulo"),
    **dict.fromkeys(("compra", "purchase"), "compra"),
    **dict.fromkeys(("recibo", "bill", "check"), "recibo"),
    **dict.fromkeys(("variante", "variant"), "variante"),
    **dict.fromkeys(("subtotal", "subtot"), "subtotal"),
    **dict.fromkeys(("grupo", "group"), "grupo"),
    **dict.fromkeys(("cada", "each"), "cada"),
    **dict.fromkeys(("extendido", "extended", "ext"), "extendido"),
    **dict.fromkeys(("incluido", "incl", "inc", "included"), "incluido"),
    **dict.fromkeys(("ingreso", "ingresos", "revenue", "income"), "ingreso"),
    **dict.fromkeys(("barra", "barras", "bar", "barcode"), "barra"),
    **dict.fromkeys(("operacion", "op", "oper"), "operacion"),
    **dict.fromkeys(("parte", "part"), "parte"),
    **dict.fromkeys(("pago", "payment"), "pago"),
    **dict.fromkeys(("referencia", "ref", "refer"), "referencia"),
    **dict.fromkeys(("comprobante", "comp", "cbte", "cpbte", "compr"), "comprobante"),
    **dict.fromkeys(("departamento", "depto", "dpto", "dept"), "departamento"),
    **dict.fromkeys(("familia", "flia", "fam", "familias"), "familia"),
    **dict.fromkeys(("subfamilia", "subflia", "subfam"), "subfamilia"),
    **dict.fromkeys(("clasificacion", "classification", "clasif"), "clasificacion"),
    **dict.fromkeys(("seccion", "section", "secc"), "seccion"),
    **dict.fromkeys(("mercaderia", "mercancia", "merchandise", "goods"), "mercaderia"),
    **dict.fromkeys(("inventario", "inventory", "inv"), "inventario"),
    **dict.fromkeys(("disponible", "available", "avail", "disp"), "disponible"),
    **dict.fromkeys(("actual", "current"), "actual"),
    **dict.fromkeys(("nivel", "level"), "nivel"),
    **dict.fromkeys(("promedio", "average", "avg", "prom", "ponderado"), "promedio"),
    **dict.fromkeys(("estandar", "standard", "std"), "estandar"),
    **dict.fromkeys(("reposicion", "replacement"), "reposicion"),
    **dict.fromkeys(("ultimo", "ultima", "last"), "ultimo"),
    **dict.fromkeys(("detalle", "detail", "details", "det"), "detalle"),
    **dict.fromkeys(("piezas", "pcs", "pzas", "pza", "pieces", "piece"), "piezas"),
    **dict.fromkeys(("kilos", "kilo", "kgs"), "kilos"),
    **dict.fromkeys(("unidad", "ud"), "unidad"),
    **dict.fromkeys(("medida", "measure", "med"), "medida"),
    **dict.fromkeys(("base", "basic"), "base"),
    **dict.fromkeys(("rebaja", "bonificacion", "bonif", "promo"), "rebaja"),
    **dict.fromkeys(("ganancias", "earnings"), "ganancia"),
    **dict.fromkeys(("utilidad", "utilidades", "util"), "utilidad"),
    **dict.fromkeys(("registro", "recorded", "registrada"), "registro"),
    **dict.fromkeys(("creacion", "creado", "creada", "created"), "creacion"),
    **dict.fromkeys(("interno", "interna", "internal"), "interno"),
    **dict.fromkeys(("evento", "event"), "evento"),
    **dict.fromkeys(("fee", "fees"), "fee"),
    **dict.fromkeys(("minorista", "retail"), "minorista"),
    **dict.fromkeys(("correo", "email", "mail"), "correo"),
    **dict.fromkeys(("estilo", "style", "modelo", "model"), "estilo"),
    **dict.fromkeys(("servicio", "service", "servicios", "services"), "servicio"),
    **dict.fromkeys(("denominacion", "denom"), "denominacion"),
    **dict.fromkeys(("cuenta", "account", "acct"), "cuenta"),
    **dict.fromkeys(("cedula", "ci"), "cedula"),
    **dict.fromkeys(("ganancia", "benefit", "beneficio"), "ganancia"),
    **dict.fromkeys(("fiscal", "tributario"), "fiscal"),
    **dict.fromkeys(("nota", "note"), "nota"),
    **dict.fromkeys(("division", "div"), "division"),
    **dict.fromkeys(("clave", "key", "cve"), "clave"),
    **dict.fromkeys(("material", "mat", "materiales"), "material"),
    **dict.fromkeys(("general", "gral", "grl"), "general"),
    **dict.fromkeys(("social", "soc"), "social"),
    **dict.fromkeys(("razon", "raz"), "razon"),
    **dict.fromkeys(("vendedor", "seller", "merchant"), "vendedor"),
    **dict.fromkeys(("comprador", "buyer"), "comprador"),
    **dict.fromkeys(("plataforma", "platform"), "plataforma"),
    **dict.fromkeys(("contabilizacion", "posting", "posted"), "contabilizacion"),
    **dict.fromkeys(("valor", "vr", "vlr"), "valor"),
    **dict.fromkeys(("precio", "prc", "prcio"), "precio"),
    **dict.fromkeys(("comanda", "basket", "cart"), "comanda"),
    **dict.fromkeys(("recaudado", "collected", "recaudacion"), "cobrado"),
    **dict.fromkeys(("litros", "lts", "liters", "litres"), "litros"),
    **dict.fromkeys(("kilos", "kilogramos", "kilograms"), "kilos"),
    **dict.fromkeys(("resultado", "result"), "resultado"),
    **dict.fromkeys(("plato", "dish"), "plato"),
    **dict.fromkeys(("markdown", "markdowns"), "rebaja"),
}

# Words of what is no field of ours, so that what is cut short is not taken for one.
OTHERS = frozenset(
    {
        *("actualizacion", "anulacion", "apertura", "autorizacion", "beneficiario"),
        *("bodega", "bulto", "caja", "cajero", "celular"),
        *("ciudad", "color", "comentario", "comuna", "contacto"),
        *("courier", "cuota", "delivery", "despacho", "devolucion"),
        *("direccion", "elaboracion", "emisor", "empresa", "entrega"),
        *("envase", "envio", "estado", "expiracion", "flete"),
        *("folleto", "garzon", "giro", "hotel", "impuesto"),
        *("local", "lote", "marca", "mesero", "modificacion"),
        *("moneda", "nacimiento", "observacion", "pais", "persona"),
        *("peso", "propina", "proveedor", "recargo", "recepcion"),
        *("refund", "region", "registro", "reserva", "retiro"),
        *("revision", "saldo", "serie", "sucursal", "tarifa"),
        *("tarjeta", "tasa", "tax", "telefono", "terminal"),
        *("tienda", "tip", "transferencia", "transporte", "turno"),
        *("usuario", "validez", "vencimiento", "vendedor", "vigencia"),
        *("vuelto", "warehouse"),
    }
)
# Words of headers whose accent is lost on the way more often than not. Each is found
# again with its letter missing, replaced by a sign, or shown as a broken byte.
ACCENTED = (
    *("código", "descripción", "categoría", "subcategoría", "comisión", "artículo"),
    *("número", "emisión", "transacción", "operación", "línea", "razón", "sección"),
    *("contribución", "electrónica", "electrónico", "creación", "contabilización"),
    *("cód", "día", "ítem"),
)
