"""What is left of a header when the ways of writing it are taken away.

Case, accents (also lost or broken ones), punctuation, numbering, units and little words
go; abbreviations and the two languages become one word.
"""

import functools
import re
import unicodedata
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
    }
)
SAME: Mapping[str, str] = {
    **dict.fromkeys(("nro", "num", "numero", "no", "nr", "number", "nbr"), "n"),
    **dict.fromkeys(("codigo", "code", "cod", "cdigo"), "cod"),
    **dict.fromkeys(("cantidad", "cant", "qty", "quantity", "ctd"), "cantidad"),
    **dict.fromkeys(("producto", "prod", "product"), "producto"),
    **dict.fromkeys(("articulo", "art", "item", "items", "article"), "articulo"),
    **dict.fromkeys(("documento", "doc", "docto", "document", "dcto_n"), "documento"),
    **dict.fromkeys(("unitario", "unit", "unitaria", "unt"), "unit"),
    **dict.fromkeys(("precio", "price", "prec"), "precio"),
    **dict.fromkeys(("costo", "coste", "cost", "cto"), "costo"),
    **dict.fromkeys(("fecha", "fec", "fch", "date"), "fecha"),
    **dict.fromkeys(("cliente", "client", "customer", "cte", "clte"), "cliente"),
    **dict.fromkeys(("descripcion", "description", "descrip", "descr"), "descripcion"),
    **dict.fromkeys(("categoria", "category", "categ", "cat"), "categoria"),
    **dict.fromkeys(("descuento", "discount", "dcto", "dscto", "desct"), "descuento"),
    **dict.fromkeys(("comision", "commission", "comis"), "comision"),
    **dict.fromkeys(("margen", "margin"), "margen"),
    **dict.fromkeys(
        ("transaccion", "transaction", "trx", "trans", "txn"), "transaccion"
    ),
    **dict.fromkeys(("emision", "emitida", "emis", "issue"), "emision"),
    **dict.fromkeys(("factura", "invoice", "fact"), "factura"),
    **dict.fromkeys(("orden", "order"), "orden"),
    **dict.fromkeys(("boleta", "bol", "receipt"), "boleta"),
    **dict.fromkeys(("tipo", "type", "tp"), "tipo"),
    **dict.fromkeys(("nombre", "name", "nom"), "nombre"),
    **dict.fromkeys(("hora", "time", "hour", "hr"), "hora"),
    **dict.fromkeys(("id", "identificador", "identifier"), "id"),
    **dict.fromkeys(
        ("venta", "ventas", "sale", "sales", "vta", "vtas", "selling"), "venta"
    ),
    **dict.fromkeys(("monto", "amount", "importe", "mto"), "monto"),
    **dict.fromkeys(("total", "tot", "totales", "totals"), "total"),
    **dict.fromkeys(("neto", "neta", "netas", "netos", "net"), "neto"),
    **dict.fromkeys(("bruto", "bruta", "brutas", "gross"), "bruto"),
    **dict.fromkeys(("unidades", "uds", "unds", "units", "unid", "u"), "unidades"),
    **dict.fromkeys(
        ("vendida", "vendidas", "vendido", "vendidos", "vend", "sold"), "vendida"
    ),
    **dict.fromkeys(("pedida", "pedidas", "ordered"), "orden"),
    **dict.fromkeys(("movimiento", "mov", "movement"), "movimiento"),
    **dict.fromkeys(("linea", "line", "lineitem", "renglon"), "linea"),
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
    **dict.fromkeys(("vendedor", "seller"), "vendedor"),
    **dict.fromkeys(("contabilizacion", "posting"), "contabilizacion"),
}

# Words of headers whose accent is lost on the way more often than not. Each is found
# again with its letter missing, replaced by a sign, or shown as a broken byte.
ACCENTED = (
    *("código", "descripción", "categoría", "subcategoría", "comisión", "artículo"),
    *("número", "emisión", "transacción", "operación", "línea", "razón", "sección"),
    *("contribución", "electrónica", "electrónico", "creación", "contabilización"),
    *("cód", "día", "ítem"),
)
# Without their letter, shorter words could be other words.
LONG_ENOUGH = 5
BROKEN = r"(?:\\x[0-9a-f]{2}|[^a-z0-9\s.])"
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
ORDINAL = re.compile(r"\bn\s?[°º#.]\s?(?=[\s\w])|#|[°º]")
IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NUMBERING = re.compile(r"^\W*\d{1,2}\s*[.):_\-\s]\s*(?=[^\W\d])")
# With and without tax: one word each, for "total IVA" is the tax alone.
WITH_TAX = re.compile(
    r"\b(?:c/\s*|con )(?:iva|impuestos?)\b|\biva (?:incluido|incl?)\b"
    r"|\binc(?:l|luye)?\.? iva\b"
)
WITHOUT_TAX = re.compile(r"\b(?:s/\s*|sin )(?:iva|impuestos?)\b")
# A number of several things counts them; the number of one thing names it.
COUNTED = re.compile(
    r"\b(?:number|n[°ºo.]*|n[uú]m(?:ero|\.)?|nro\.?) (?:of|de) "
    r"(?=(?:items|products|units|pieces|art[ií]culos|productos|unidades|piezas)\b)"
)
# UTF-8 that was read as a single-byte encoding shows one of these.
TWICE_ENCODED = re.compile("[ÃÂ]")
# Words this short end in an s of their own.
SINGULAR_CHARS = 4


@functools.lru_cache(maxsize=4_096)
def normalise(header: str) -> str:
    """Return what is left of a header, its words in their order."""
    spaced = CAMEL.sub(" ", _decoded_again(header))
    bare = IN_PARENTHESES.sub(" ", spaced) if spaced.strip()[:1] not in "([" else spaced
    lower = NUMBERING.sub("", bare.lower())
    counted = COUNTED.sub("cantidad ", _with_lost_letters(lower))
    whole = WITHOUT_TAX.sub("siniva", WITH_TAX.sub("coniva", counted))
    letters = unicodedata.normalize("NFKD", ORDINAL.sub(" n ", whole))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = [SAME.get(word, word) for word in re.findall(r"[a-z0-9]+", plain)]
    kept = [word for word in words if word not in LITTLE]
    return " ".join(dict.fromkeys(kept or words))


def words_of(phrase: str) -> frozenset[str]:
    """Return the words of a normalised phrase in the singular, in no order."""
    return frozenset(
        word.removesuffix("s") if len(word) > SINGULAR_CHARS else word
        for word in phrase.split()
    )


def _decoded_again(header: str) -> str:
    if not TWICE_ENCODED.search(header):
        return header
    try:
        return header.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return header


def _with_lost_letters(text: str) -> str:
    for lost, word in _losses():
        text = lost.sub(word, text)
    return text


@functools.cache
def _losses() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((_loss(word), word) for word in ACCENTED)


def _loss(word: str) -> re.Pattern[str]:
    before, after = re.split(r"[áéíóú]", word, maxsplit=1)
    times = "{0,2}" if len(word) > LONG_ENOUGH else ""
    return re.compile(rf"(?<![a-z]){before}{BROKEN}{times}{after}(?=s?(?![a-z]))")
