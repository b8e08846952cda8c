"""What a spreadsheet shows where a formula has no value: an error, never a text."""

import re

import polars as pl

from processing.pipeline.fields import BY_NAME, Kind
from processing.pipeline.rejects import NUMBER_OF

CODE = NUMBER_OF["formula_error"]
# As Excel, LibreOffice and Google's sheets show them, in English and Spanish.
# What is not there (#N/A, #N/D) is not among them: that is an absent value.
NAMES = (
    *("REF", "VALUE", "VALOR", "DIV/0", "NAME", "NOMBRE", "NULL", "NULO"),
    *("NUM", "NÚM", "ERROR", "SPILL", "CALC"),
    *("DESBORDAMIENTO", "FIELD", "CAMPO", "BLOCKED", "BLOQUEADO", "CONNECT", "BUSY"),
    *("UNKNOWN", "EXTERNAL", "TIMEOUT", "PYTHON"),
)
# A column too narrow for its number is shown, and exported, as number signs.
SHOWN = (
    rf"^(?:#[¡¿]?"
    rf"(?:{'|'.join(map(re.escape, NAMES))})[!?]|#GETTING_DATA|#OBTENIENDO_DATOS"
    r"|#{3,}|(?:Err|Error):[0-9]{3})$"
)
BEGINNINGS = ("#", "Err")


def with_errors(texts: pl.DataFrame, codes: pl.DataFrame) -> pl.DataFrame:
    """Return the code numbers of refused texts, those of errors among them.

    ``texts`` are trimmed, one column a field; ``codes`` are of those that are typed.
    """
    found = {
        name: errors
        for name in texts.columns
        if _may_have_any(texts, codes, name)
        and (errors := texts[name].str.contains(SHOWN)).any()
    }
    if not found:
        return codes
    return codes.with_columns(
        pl.when(errors)
        .then(pl.lit(CODE, dtype=pl.Int32))
        .otherwise(codes[name] if name in codes.columns else None)
        .alias(name)
        for name, errors in found.items()
    )


def _may_have_any(texts: pl.DataFrame, codes: pl.DataFrame, name: str) -> bool:
    if BY_NAME[name].kind is not Kind.TEXT:
        # No error is a number or a date.
        return codes[name].null_count() < len(codes)
    return any(texts[name].str.starts_with(sign).any() for sign in BEGINNINGS)
