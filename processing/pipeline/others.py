"""Words of what is no field of a sale, so that nothing else is taken for one: data."""

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
        *("vuelto", "warehouse", "shop", "store", "card", "secuencia", "sequence"),
        *("punto", "puntos", "pto", "cupon", "coupon", "voids", "rep", "str"),
        *("plazo", "month", "mes", "year", "semana", "exento", "exenta", "impto"),
        *("notes", "brand", "guests", "ficha", "payments", "variations", "major"),
        *("latitud", "longitud", "mesa", "operador", "alicuota", "retencion"),
    }
)
