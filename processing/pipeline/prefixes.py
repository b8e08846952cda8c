"""Headers that begin with the table they come from: ``vtad_cant``, ``line.total``.

What is left without it is never sure by itself: that a word says nothing but the table
is a guess.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from processing.pipeline.others import OTHERS
from processing.pipeline.vocabulary import SAME
from processing.pipeline.wording import normalise

# Words that tables of sales are called by, as ``normalise`` leaves them.
TABLES = frozenset(
    {
        *(
            "linea",
            "orden",
            "venta",
            "detalle",
            "documento",
            "movimiento",
            "boleta",
            "pedido",
        ),
        *("transaccion", "factura", "ticket", "comprobante", "concepto", "registro"),
        *("cabecera", "cab", "encabezado", "header", "hdr", "dtl", "row"),
        *("campo", "fld", "tabla", "tbl", "dbo"),
    }
)
WORDS = OTHERS | frozenset(SAME) | frozenset(SAME.values())
# Without their table these could be anything: a number of a line, an account's balance.
_BARE = frozenset(
    {
        *("n", "id", "cod", "tipo", "clave", "referencia", "nombre"),
        *("saldo", "disponible", "ingreso", "cierre", "apertura", "estado", "at"),
        *("linea", "orden", "desc"),
    }
)
# "Order item id" numbers the line, not what was sold.
BARE = _BARE | TABLES | {"articulo", "compra", "pago"}
# What several columns begin with before a mark names their table, word or not.
JOINED = re.compile(r"(?P<prefix>[A-Za-z]\w{0,11}?)(?:_|[./](?=\S))(?P<rest>.+)")
SHARED_BY = 3


def without_tables(phrase: str) -> Iterator[str]:
    """Yield what is left of a phrase less the words that may name its table."""
    words = phrase.split()
    while len(words) > 1 and words[0] in TABLES:
        words = words[1:]
        if words == ["articulo"] or not BARE.issuperset(words):
            yield " ".join(words)


def without_shared(header: Sequence[str]) -> Sequence[str]:
    """Return the names of columns less the beginnings that several of them share.

    What is a word of its own is left: it may say which date or which name.
    """
    joined = [JOINED.fullmatch(name.strip()) for name in header]
    prefixes = Counter(match["prefix"].lower() for match in joined if match)
    return [
        match["rest"]
        if match is not None and _is_table(match["prefix"].lower(), prefixes)
        else name
        for name, match in zip(header, joined, strict=True)
    ]


def _is_table(prefix: str, prefixes: Mapping[str, int]) -> bool:
    return prefixes[prefix] >= SHARED_BY and not {prefix, normalise(prefix)} & WORDS
