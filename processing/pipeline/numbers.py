"""What turns text into a number: exact, by one convention a column, or not at all.

``read_number`` is the whole rule for one text. Columns are read in bulk where the text
is plain, and by that rule, once for each different text, where it is not.
"""

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping
from decimal import Decimal

import polars as pl

from processing.pipeline.fields import SCALE, Field
from processing.pipeline.findings import DecimalMark
from processing.pipeline.rejects import NUMBER_OF
from processing.pipeline.rounding import (
    CALCULATED_DIGITS,
    MOST_DECIMALS,
    count_rounded,
    is_calculated,
    rounded,
)

# Wide enough that no number of a transaction overflows before it is judged.
WIDE = pl.Decimal(38, SCALE)
WIDEST_DIGITS = 38 - SCALE
# Between thousands besides the other mark: spaces of any width and apostrophes.
GAPS = r"\s'\u2019"
# Share of the decisive values above which the losing convention is not just mistakes.
CONTRADICTION_SHARE = Decimal("0.25")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MarkEvidence:
    """How many values of a column can only be read with a comma, a point, or either.

    ``rounded`` is how many are to be rounded, by the mark that they are read with.
    """

    comma: int = 0
    point: int = 0
    either: int = 0
    rounded: Mapping[DecimalMark, int] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadNumber:
    """A number as plain text with a point, or the code that refuses it."""

    text: str | None
    code: str = ""
    is_rounded: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CastNumbers:
    """Columns of numbers, of the code numbers of refused texts, and of roundings.

    ``rounded`` says of each row how many of its numbers were rounded.
    """

    values: pl.DataFrame
    codes: pl.DataFrame
    rounded: pl.Series


def read_number(
    text: str,
    mark: DecimalMark,
    *,
    currency: str,
    least_digits: int = CALCULATED_DIGITS,
) -> ReadNumber:
    """Return the number a trimmed text stands for under a convention.

    Knows one sign (before, after or as parentheses), ``$`` and the currency's code,
    thousands apart by the other mark, spaces or apostrophes, and percent, which counts
    hundredths. Anything else is ``bad_number``: infinities, exponents, stray groups.
    More decimals than are kept, or too many digits, are ``number_out_of_range``, but
    that a calculated number (``least_digits`` say which are) is rounded.
    """
    match = _wrapping(currency.lower()).fullmatch(text.lower().replace("\u2212", "-"))
    if match is None:
        return ReadNumber(text=None, code="bad_number")
    signs = [s for s in match.group("before", "inner", "after") if s]
    if (match["open"] is None) != (match["close"] is None):
        return ReadNumber(text=None, code="bad_number")
    if len(signs) + (match["open"] is not None) > 1:
        return ReadNumber(text=None, code="bad_number")
    body = _body(mark).fullmatch(match["body"])
    if body is None or not (body["whole"] or body["part"]):
        return ReadNumber(text=None, code="bad_number")
    whole = re.sub(r"[^0-9]", "", body["whole"] or "").lstrip("0") or "0"
    is_negative = match["open"] is not None or "-" in signs
    part = body["part"] or ""
    fits = is_calculated(whole + part, least_digits=least_digits)
    if match["percent"]:
        digits = whole.zfill(3)
        whole, part = digits[:-2].lstrip("0") or "0", digits[-2:] + part
    sign = "-" if is_negative else ""
    return _kept(sign + whole, part.rstrip("0"), most=MOST_DECIMALS if fits else SCALE)


def _kept(whole: str, part: str, *, most: int) -> ReadNumber:
    """Return the number as it is kept, if it has at most so many decimals."""
    if len(part) > most or len(whole.lstrip("-")) > WIDEST_DIGITS:
        return ReadNumber(text=None, code="number_out_of_range")
    number = f"{whole}.{part}" if part else whole
    if len(part) <= SCALE:
        return ReadNumber(text=number)
    return ReadNumber(text=rounded(number), is_rounded=True)


@functools.cache
def _wrapping(currency: str) -> re.Pattern[str]:
    money = rf"(?:{re.escape(currency)}\s*\$?|\$|pesos)"
    return re.compile(
        rf"(?P<open>\()?\s*(?P<before>[+-])?\s*{money}?\s*(?P<inner>[+-])?\s*"
        rf"(?P<body>[0-9.,](?:[0-9.,{GAPS}]*[0-9])?)\s*{money}?\s*"
        r"(?P<after>[+-])?\s*(?P<percent>%)?\s*(?P<close>\))?"
    )


@functools.cache
def _body(mark: DecimalMark) -> re.Pattern[str]:
    comma, thousands = _signs(mark)
    return re.compile(
        rf"(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+"
        rf"|[1-9][0-9]{{0,2}}(?:[{GAPS}][0-9]{{3}})+)?(?:{comma}(?P<part>[0-9]+))?"
    )


def _signs(mark: DecimalMark) -> tuple[str, str]:
    return (",", r"\.") if mark is DecimalMark.COMMA else (r"\.", ",")


def count_marks(
    texts: pl.DataFrame, *, least_digits: int = CALCULATED_DIGITS
) -> dict[str, MarkEvidence]:
    """Return for each column how its values can be read. Absent values do not count."""
    # Two steps, or each of the three counts would match all the texts again.
    comma = texts.select(pl.all().str.contains(_loose(DecimalMark.COMMA)))
    point = texts.select(pl.all().str.contains(_loose(DecimalMark.POINT)))
    return {
        name: _evidence(
            texts[name], comma=comma[name], point=point[name], least_digits=least_digits
        )
        for name in texts.columns
    }


def _evidence(
    texts: pl.Series, *, comma: pl.Series, point: pl.Series, least_digits: int
) -> MarkEvidence:
    # Of what can be read in both ways, only texts with a mark are open to doubt.
    both = texts.filter(comma & point)
    long = {
        mark: count_rounded(
            texts.filter(reads), mark=_signs(mark)[0][-1], least_digits=least_digits
        )
        for mark, reads in ((DecimalMark.COMMA, comma), (DecimalMark.POINT, point))
    }
    return MarkEvidence(
        comma=int((comma & ~point).sum()),
        point=int((point & ~comma).sum()),
        either=int(both.str.contains_any([",", "."]).sum()),
        rounded={mark: count for mark, count in long.items() if count},
    )


@functools.cache
def _loose(mark: DecimalMark) -> str:
    comma, thousands = _signs(mark)
    around = r"[^0-9.,]*"
    return (
        rf"^{around}(?:[0-9]+|[1-9][0-9]{{0,2}}(?:[{thousands}{GAPS}][0-9]{{3}})+)?"
        rf"(?:{comma}[0-9]+)?{around}$"
    ).replace("\\u2019", "\u2019")


def add_marks(left: MarkEvidence, right: MarkEvidence) -> MarkEvidence:
    return MarkEvidence(
        comma=left.comma + right.comma,
        point=left.point + right.point,
        either=left.either + right.either,
        rounded=Counter(left.rounded) + Counter(right.rounded),
    )


def proven_mark(evidence: MarkEvidence) -> DecimalMark | None:
    """Return the convention the values prove: that of most decisive ones, if any."""
    if evidence.comma == evidence.point:
        return None
    return DecimalMark.COMMA if evidence.comma > evidence.point else DecimalMark.POINT


def is_contradictory(evidence: MarkEvidence) -> bool:
    """Say whether both conventions are so common that neither is a mistake."""
    decisive = evidence.comma + evidence.point
    return min(evidence.comma, evidence.point) > decisive * CONTRADICTION_SHARE


def cast_numbers(
    texts: pl.DataFrame,
    marks: Mapping[str, DecimalMark],
    fields: Mapping[str, Field],
    *,
    currency: str,
    least_digits: int = CALCULATED_DIGITS,
) -> CastNumbers:
    """Return the numbers of each column, and the code number of each refused text.

    Absent text gives an absent number and no code. Numbers keep four decimals exactly.
    """
    names = texts.columns
    plain = texts.select(pl.col(n).str.contains(_plain(marks[n])) for n in names)
    canonical = texts.select(_canonical(n, marks[n]) for n in names)
    roundings = pl.Series([0], dtype=pl.UInt32).new_from_index(0, texts.height)
    columns: list[pl.Series] = []
    for name in names:
        read = functools.partial(
            read_number, mark=marks[name], currency=currency, least_digits=least_digits
        )
        column = _with_others(texts[name], canonical[name], plain[name], read=read)
        columns += column[:2]
        if column[2] is not None:
            roundings = roundings + column[2]
    cast = pl.DataFrame(columns).with_columns(
        pl.col(name).cast(WIDE, strict=False).alias(f"{name}:value") for name in names
    )
    judged = cast.with_columns(_code(fields[name]) for name in names)
    values = judged.select(
        pl.when(pl.col(f"{n}:code").is_null()).then(pl.col(f"{n}:value")).alias(n)
        for n in names
    )
    codes = judged.select(pl.col(f"{n}:code").alias(n) for n in names)
    return CastNumbers(values=values, codes=codes, rounded=roundings)


def _with_others(
    texts: pl.Series,
    canonical: pl.Series,
    plain: pl.Series,
    *,
    read: Callable[[str], ReadNumber],
) -> tuple[pl.Series, pl.Series, pl.Series | None]:
    """Return numbers as text, codes, and where something was rounded, if anywhere."""
    name = texts.name
    codes = pl.Series(f"{name}:code", [None], dtype=pl.Int32).new_from_index(
        0, len(texts)
    )
    places = (~plain).arg_true()
    if places.is_empty():
        return canonical, codes, None
    others = texts.gather(places)
    readings = {text: read(text) for text in others.unique().to_list()}
    known = list(readings)
    numbers = others.replace_strict(
        known, [r.text for r in readings.values()], return_dtype=pl.String
    )
    refusals = others.replace_strict(
        known,
        [NUMBER_OF.get(r.code) for r in readings.values()],
        return_dtype=pl.Int32,
    )
    rounds = [text for text, reading in readings.items() if reading.is_rounded]
    return (
        canonical.scatter(places, numbers),
        codes.scatter(places, refusals),
        texts.is_in(rounds).fill_null(value=False) if rounds else None,
    )


def _code(field: Field) -> pl.Expr:
    text, value = pl.col(field.name), pl.col(f"{field.name}:value")
    bound = Decimal(10) ** field.whole_digits
    is_outside = (text.is_not_null() & value.is_null()) | (value.abs() >= bound)
    outside = pl.lit(NUMBER_OF["number_out_of_range"], dtype=pl.Int32)
    code = pl.col(f"{field.name}:code")
    return code.fill_null(pl.when(is_outside).then(outside)).alias(f"{field.name}:code")


@functools.cache
def _plain(mark: DecimalMark) -> str:
    comma, thousands = _signs(mark)
    return (
        rf"^-?(?:[0-9]+|[1-9][0-9]{{0,2}}(?:{thousands}[0-9]{{3}})+)"
        rf"(?:{comma}[0-9]{{1,{SCALE}}})?$"
    )


def _canonical(name: str, mark: DecimalMark) -> pl.Expr:
    comma, thousands = (",", ".") if mark is DecimalMark.COMMA else (".", ",")
    bare = pl.col(name).str.replace_all(thousands, "", literal=True)
    return bare if comma == "." else bare.str.replace(comma, ".", literal=True)
