"""What is left of a header when the ways of writing it are taken away.

Case, accents (also lost or broken ones), punctuation, numbering, units and little words
go; abbreviations and the two languages become one word.
"""

import functools
import re
import unicodedata

from processing.pipeline.vocabulary import LITTLE, SAME

# Words of headers whose accent is lost on the way more often than not. Each is found
# again with its letter missing, replaced by a sign, or shown as a broken byte.
ACCENTED = (
    *("código", "descripción", "categoría", "subcategoría", "comisión", "artículo"),
    *("número", "emisión", "transacción", "operación", "línea", "razón", "sección"),
    *("contribución", "electrónica", "electrónico", "creación", "contabilización"),
    *("medición", "público", "único", "facturación", "atención", "remisión"),
    *("albarán", "cód", "día", "ítem"),
)
# Without their letter, shorter words could be other words.
LONG_ENOUGH = 5
BROKEN = r"(?:\\x[0-9a-f]{2}|[^a-z0-9\s.])"
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
# "R.U.T." is one word.
DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
EACH = re.compile(r"\bc/\s?u\b")
SUBTOTAL = re.compile(r"\bsub[\s_-]tot(?:al)?\b")
ORDINAL = re.compile(r"\bn\s?[°º#.]\s?(?=[\s\w])|#|[°º]")
# What stands in parentheses says in which unit or currency, but for these words: sales
# in units are a quantity, and an article's code is no name of it.
OF_UNITS = re.compile(
    r"[(\[]\s*(unidades|unids?\.?|uds\.?|units?|cantidad|cant\.?|qty|piezas|total"
    r"|c[oó]d\.?|c[oó]digo|code|sku)\s*[)\]]",
    re.IGNORECASE,
)
IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NUMBERING = re.compile(
    r"^\W*(?:(?:col(?:umna?)?|campo|field|[cf])\.?[\s_]*)?"
    r"\d{1,2}\s*[.):_\-\s]\s*(?=[^\W\d])"
)
# With and without tax: one word each, for "total IVA" is the tax alone.
_TAX = r"(?:iva|igv|itbis|isv|impuestos?|impto|imp)"
WITH_TAX = re.compile(
    rf"\b(?:c/\s*|con ){_TAX}\b|\b{_TAX}\.? (?:incluidos?|incl?)\b"
    rf"|\binc(?:l|luye)?\.? {_TAX}\b|\b{_TAX} inc(?:luye)?\b|(?:\bmas |\+\s*){_TAX}\b"
    r"|\binc(?:l|luding|lusive(?: of)?)?\.? (?:tax|vat|gst)\b"
    r"|\b(?:tax|vat|gst) inc(?:l|luded|lusive)?\b"
)
WITHOUT_TAX = re.compile(
    rf"\b(?:s/\s*|sin ){_TAX}\b"
    r"|\b(?:ex|exc|excl|excluding|before|without|w/o)\.? (?:tax|vat|gst)\b"
    r"|\b(?:tax|vat|gst) (?:ex|excl|excluded|exclusive)\b"
)
# A number of several things counts them; the number of one thing names it. So do
# several things sold, where one thing sold is its name.
_SEVERAL = (
    r"(?:items|products|units|pieces|art[ií]culos|productos|unidades|piezas|prendas"
    r"|platos|platillos|servicios|dishes|porciones)"
)
COUNTED = re.compile(
    rf"(?:\b(?:number|n[°ºo.]*|n[uú]m(?:ero|\.)?|nro\.?)|#)[\s_]*(?:of |de )?"
    rf"(?={_SEVERAL}\b)|\bhow many\b"
)
SEVERAL_SOLD = re.compile(
    rf"\b{_SEVERAL}[\s_]+(?=(?:sold|vendid[oa]s|comprad[oa]s|purchased|bought)\b)"
)
TOTAL_OF = re.compile(rf"\btot(?:al)?\.?[\s_]+(?:de )?{_SEVERAL}\b")
# How many documents there were is no number of one.
DOCUMENTS = re.compile(
    r"(?:\b(?:number of|n[°ºo.]* de|n[uú]mero de|nro\.? de|cant(?:idad)?|qty)\b|#)"
    r"[\s_.]*(?:de )?(?:boletas|facturas|tickets|transacciones|documentos"
    r"|comprobantes|receipts|invoices|transactions)\b"
)
# A line's item is an item, but for its number.
LINE_ITEM = re.compile(
    r"\bline[\s_-]?items?(?=[\s_-]*(?:sku|code|name|desc|title|price|qty|quantity|sub"
    r"|tot|unit|disc|cost|amount|categ))"
)
# "Inv" is an invoice beside what invoices have, else an inventory.
INVOICE = re.compile(
    r"\binv(?=[\W_]*(?:(?:no|num|nbr|nr|number|date|dt|id|total|amt|amount)\b|#))"
)
# Signs of money, which would be words of one letter.
MONEY_SIGN = re.compile(
    r"\$u\b|\b(?:u\$s|(?:us|rd|mx|ar|r|col?|s)\$)|\bs/\.?(?=\s|$)", re.IGNORECASE
)
# Whom a document is for, and a word that only looks like two.
BILLED_TO = re.compile(r"\b(?:bill|sold|invoice)[\s_-]?to\b", re.IGNORECASE)
UNIT_OF_MEASURE = re.compile(r"UoM")
SEVERAL_UNITS = re.compile(r"\bunidad\(es\)", re.IGNORECASE)
# Money by a measure is a price.
MONEY_BY = re.compile(r"^\W*(?:\$|s/\.?|€)\s*/\s*(?=[^\W\d])")
# UTF-8 that was read as a single-byte encoding shows one of these.
TWICE_ENCODED = re.compile("[ÃÂ]")
# A word cut shorter than this could be many.
SHORTEST_CUT = 3
# Words this short end in an s of their own.
SINGULAR_CHARS = 4


@functools.lru_cache(maxsize=4_096)
def normalise(header: str) -> str:
    """Return what is left of a header, its words in their order."""
    unsigned = MONEY_SIGN.sub(" ", _decoded_again(header))
    counted_by = UNIT_OF_MEASURE.sub(" uom ", SEVERAL_UNITS.sub("unidades", unsigned))
    addressed = BILLED_TO.sub(" customer ", counted_by)
    whole_words = DOTTED.sub(_without_dots, addressed)
    spaced = CAMEL.sub(" ", whole_words)
    counted_in = OF_UNITS.sub(r" \1 ", spaced)
    bare = (
        IN_PARENTHESES.sub(" ", counted_in)
        if spaced.strip()[:1] not in "(["
        else spaced
    )
    lower = EACH.sub("cada", NUMBERING.sub("", bare.lower()).replace("_", " "))
    lower = INVOICE.sub("invoice", MONEY_BY.sub("precio ", lower))
    lower = SUBTOTAL.sub("subtotal", LINE_ITEM.sub("item ", lower))
    lower = TOTAL_OF.sub("cantidad total", DOCUMENTS.sub("conteo", lower))
    counted = COUNTED.sub("cantidad ", _with_lost_letters(lower))
    counted = SEVERAL_SOLD.sub("cantidad ", counted)
    whole = WITHOUT_TAX.sub("siniva", WITH_TAX.sub("coniva", counted))
    letters = unicodedata.normalize("NFKD", ORDINAL.sub(" n ", whole))
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    words = [_meant_by(word) for word in re.findall(r"[a-z0-9]+\.?", plain)]
    kept = [word for word in words if word not in LITTLE]
    return " ".join(dict.fromkeys(kept or words))


def _meant_by(word: str) -> str:
    """Return the word for a written one, which a full stop tells was cut short."""
    whole = word.removesuffix(".")
    if whole in SAME or whole == word or len(whole) < SHORTEST_CUT:
        return SAME.get(whole, whole)
    longer = {meant for known, meant in SAME.items() if known.startswith(whole)}
    return longer.pop() if len(longer) == 1 else whole


def words_of(phrase: str) -> frozenset[str]:
    """Return the words of a normalised phrase in the singular, in no order."""
    return frozenset(
        word.removesuffix("s") if len(word) > SINGULAR_CHARS else word
        for word in phrase.split()
    )


def _without_dots(match: re.Match[str]) -> str:
    return match.group().replace(".", "")


def _decoded_again(header: str) -> str:
    if not TWICE_ENCODED.search(header):
        return header
    try:
        return header.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return header


def _with_lost_letters(text: str) -> str:
    return _losses().sub(lambda lost: ACCENTED[(lost.lastindex or 1) - 1], text)


@functools.cache
def _losses() -> re.Pattern[str]:
    """Return what matches any of the words with their letter lost, each its group."""
    lost = "|".join(f"({_loss(word)})" for word in ACCENTED)
    return re.compile(rf"(?<![a-z])(?:{lost})(?=s?(?![a-z]))")


def _loss(word: str) -> str:
    before, after = re.split(r"[áéíóú]", word, maxsplit=1)
    times = "{0,2}" if len(word) > LONG_ENOUGH else ""
    return f"{before}{BROKEN}{times}{after}"
