"""Frames of text to frames of typed values, with a verdict on every row."""

import polars as pl

from processing.pipeline.dates import Calendar
from processing.pipeline.fields import BY_NAME, FIELDS, REQUIRED, Kind
from processing.pipeline.findings import Understanding
from processing.pipeline.formula_errors import with_errors
from processing.pipeline.frames import FLAW, LINE, RANK, name_of, verdict
from processing.pipeline.moments import cast_moments
from processing.pipeline.numbers import cast_numbers
from processing.pipeline.rounding import least_digits_of

# Words for an absent value. Deliberately short: NaN is a broken number and NA may be a
# name, so both stay as they are and are refused where a number or date is due.
ABSENT_WORDS: tuple[str, ...] = (
    "",
    "-",
    "--",
    "null",
    "n/a",
    "#n/a",
    "#n/d",
    "s/i",
    "s/d",
    "\\n",
    "(null)",
    "(vacío)",
    "(en blanco)",
)
ABSENT: tuple[str, ...] = tuple(
    dict.fromkeys(
        form
        for word in ABSENT_WORDS
        for form in (word, word.upper(), word.title(), word.capitalize())
    )
)
VERDICT = "verdict"
ROUNDED = "rounded"
FILLED = "filled"
RANKS: dict[str, int] = {field.name: 1 + i for i, field in enumerate(FIELDS)}


# Below this character everything is in NFC already (Unicode, table of quick checks).
MAY_NOT_BE_NFC = "[^\x00-\u02ff]"
# A date column beside a column of times often says midnight itself.
MIDNIGHT = r"[ T]0?0:00(?::00)?$"
MOMENT_FIELD = "occurred_at"


def cast_rows(frame: pl.DataFrame, understanding: Understanding) -> pl.DataFrame:
    """Return each row of a frame of text with typed values of every known field.

    ``line`` comes with it; ``verdict``, null for an accepted row; ``rounded``, how many
    of its numbers are; and ``filled``, how many required cells hold something, whether
    or not that could be typed.
    """
    texts = read_texts(frame, understanding)
    numbers = [name for name in texts.columns if BY_NAME[name].kind is Kind.NUMBER]
    cast = cast_numbers(
        texts.select(numbers),
        understanding.decimal_marks,
        BY_NAME,
        currency=understanding.currency,
        least_digits=least_digits_of(understanding.sheet),
    )
    moment, code = cast_moments(
        texts[MOMENT_FIELD],
        Calendar(
            order=understanding.date_orders[MOMENT_FIELD],
            zone=understanding.time_zone,
            today=understanding.today,
        ),
    )
    codes = cast.codes.with_columns(code.alias(MOMENT_FIELD))
    words = [name for name in texts.columns if BY_NAME[name].kind is Kind.TEXT]
    return texts.select(
        frame[LINE],
        _verdicts(frame[FLAW], texts, with_errors(texts, codes)),
        moment.alias(MOMENT_FIELD),
        *(_normal(texts[name]) for name in words),
        *cast.values.get_columns(),
        cast.rounded.alias(ROUNDED),
        pl.sum_horizontal(pl.col(REQUIRED).is_not_null()).alias(FILLED),
    )


def read_texts(frame: pl.DataFrame, understanding: Understanding) -> pl.DataFrame:
    """Return the trimmed text of each field, null where there is none.

    Fields are those with a column or a default, and the required ones in any case.
    """
    return frame.select(
        _text(field.name, understanding).alias(field.name)
        for field in FIELDS
        if field.is_required
        or understanding.indices_of(field.name)
        or field.name in understanding.defaults
    )


def present(column: int) -> pl.Expr:
    """Return the trimmed text of a column, null where a word says it is absent."""
    text = pl.col(name_of(column)).str.strip_chars()
    return pl.when(~text.is_in(ABSENT)).then(text)


def _text(field: str, understanding: Understanding) -> pl.Expr:
    indices = understanding.indices_of(field)
    texts = [present(index) for index in indices]
    if len(texts) > 1:
        date = texts[0].str.replace(MIDNIGHT, "")
        time = pl.concat_str([pl.lit(" "), texts[1]]).fill_null("")
        text = pl.concat_str([date, time])
    else:
        text = texts[0] if texts else pl.repeat(None, pl.len(), dtype=pl.String)
    default = understanding.defaults.get(field)
    return text if default is None else text.fill_null(default)


def _normal(text: pl.Series) -> pl.Series:
    if text.str.contains(MAY_NOT_BE_NFC).any():
        return text.str.normalize("NFC")
    return text


def _verdicts(flaws: pl.Series, texts: pl.DataFrame, codes: pl.DataFrame) -> pl.Series:
    """Return the lowest verdict of each row: the first column at fault."""
    found = [] if flaws.null_count() == len(flaws) else [flaws]
    for name in REQUIRED:
        if texts[name].null_count():
            missing = pl.lit(verdict(RANKS[name], "missing_required"), dtype=pl.Int32)
            found.append(
                pl.select(pl.when(texts[name].is_null()).then(missing)).to_series()
            )
    found.extend(
        code + RANKS[code.name] * RANK
        for code in codes
        if code.null_count() < len(code)
    )
    if not found:
        return pl.repeat(None, len(flaws), dtype=pl.Int32, eager=True).alias(VERDICT)
    return pl.select(pl.min_horizontal(found)).to_series().alias(VERDICT)
