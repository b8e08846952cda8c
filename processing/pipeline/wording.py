"""What is left of a header when the ways of writing it are taken away.

Case, accents (also lost or broken ones), punctuation, numbering, units and little words
go; abbreviations and the two languages become one word.
"""

import functools
import re
import unicodedata

from processing.pipeline.vocabulary import ACCENTED, LITTLE, SAME

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
# in units are a quantity.
OF_UNITS = re.compile(
    r"[(\[]\s*(unidades|unids?\.?|uds\.?|units?|cantidad|cant\.?|qty|piezas)\s*[)\]]",
    re.IGNORECASE,
)
IN_PARENTHESES = re.compile(r"\([^)]*\)|\[[^\]]*\]")
NUMBERING = re.compile(r"^\W*\d{1,2}\s*[.):_\-\s]\s*(?=[^\W\d])")
# With and without tax: one word each, for "total IVA" is the tax alone.
WITH_TAX = re.compile(
    r"\b(?:c/\s*|con )(?:iva|impuestos?)\b|\biva (?:incluido|incl?)\b"
    r"|\binc(?:l|luye)?\.? iva\b|\biva inc(?:luye)?\b|\bmas iva\b"
    r"|\binc(?:l|luding|lusive(?: of)?)?\.? (?:tax|vat|gst)\b"
    r"|\b(?:tax|vat|gst) inc(?:l|luded|lusive)?\b"
)
WITHOUT_TAX = re.compile(
    r"\b(?:s/\s*|sin )(?:iva|impuestos?)\b"
    r"|\b(?:ex|exc|excl|excluding|before|without|w/o)\.? (?:tax|vat|gst)\b"
    r"|\b(?:tax|vat|gst) (?:ex|excl|excluded|exclusive)\b"
)
# A number of several things counts them; the number of one thing names it.
COUNTED = re.compile(
    r"\b(?:number|n[°ºo.]*|n[uú]m(?:ero|\.)?|nro\.?) (?:of|de) "
    r"(?=(?:items|products|units|pieces|art[ií]culos|productos|unidades|piezas)\b)"
)
# UTF-8 that was read as a single-byte encoding shows one of these.
TWICE_ENCODED = re.compile("[ÃÂ]")
# A word cut shorter than this could be many.
SHORTEST_CUT = 3
# Words this short end in an s of their own.
SINGULAR_CHARS = 4


@functools.lru_cache(maxsize=4_096)
def normalise(header: str) -> str:
    """Return what is left of a header, its words in their order."""
    whole_words = DOTTED.sub(_without_dots, _decoded_again(header))
    spaced = CAMEL.sub(" ", whole_words)
    counted_in = OF_UNITS.sub(r" \1 ", spaced)
    bare = (
        IN_PARENTHESES.sub(" ", counted_in)
        if spaced.strip()[:1] not in "(["
        else spaced
    )
    lower = EACH.sub("cada", NUMBERING.sub("", bare.lower()))
    lower = SUBTOTAL.sub("subtotal", lower)
    counted = COUNTED.sub("cantidad ", _with_lost_letters(lower))
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
