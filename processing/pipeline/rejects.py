"""Refused rows: the value that describes one, and the catalogue of permanent codes."""

import dataclasses
import enum
from collections.abc import Mapping

# An excerpt longer than this could carry a whole cell into a log (design.md).
EXCERPT_CHARS = 64


class Severity(enum.StrEnum):
    """Whether a row with this code is refused or lands with a remark."""

    REJECT = "reject"
    WARNING = "warning"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """One refused row.

    ``line`` is physical, ``record`` counts non-blank records after the header; both
    start at 1. ``byte_offset`` is where the record starts in the file as stored.
    ``column`` is the source header, empty where the whole record is at fault.
    """

    line: int
    record: int
    byte_offset: int
    column: str
    code: str
    excerpt: str
    raw: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CodeEntry:
    """What a code means and what to do about it, in both languages."""

    severity: Severity
    english: str
    spanish: str
    advice_english: str
    advice_spanish: str
    example: str


def _refusal(**texts: str) -> CodeEntry:
    return CodeEntry(severity=Severity.REJECT, **texts)


def _warning(**texts: str) -> CodeEntry:
    return CodeEntry(severity=Severity.WARNING, **texts)


CODES: Mapping[str, CodeEntry] = {
    "missing_required": _refusal(
        english="A value every sale needs is absent.",
        spanish="Falta un valor que toda venta necesita.",
        advice_english="Fill the cell in, or give the mapping a default.",
        advice_spanish="Complete la celda o ponga un valor por defecto en el mapeo.",
        example="05-03-2024;B-17;;2;1.990",
    ),
    "bad_date": _refusal(
        english="The text is not a date in the order this column uses.",
        spanish="El texto no es una fecha en el orden que usa la columna.",
        advice_english="Write it as the other rows do, or as 2024-03-05 10:30.",
        advice_spanish="Escríbala como en las otras filas, o como 2024-03-05 10:30.",
        example="31-02-2024;B-17;A1;2;1.990",
    ),
    "date_out_of_range": _refusal(
        english="The date is before 1990 or after the end of next year.",
        spanish="La fecha es anterior a 1990 o posterior al próximo año.",
        advice_english="Correct the year.",
        advice_spanish="Corrija el año.",
        example="05-03-1890;B-17;A1;2;1.990",
    ),
    "bad_number": _refusal(
        english="The text is not a number in the convention this column uses.",
        spanish="El texto no es un número en la convención de la columna.",
        advice_english="Use one decimal mark and one thousands mark in the column.",
        advice_spanish="Use un solo signo decimal y de miles en toda la columna.",
        example="05-03-2024;B-17;A1;dos;1.990",
    ),
    "number_out_of_range": _refusal(
        english="The number has too many digits to be kept exactly.",
        spanish="El número tiene demasiados dígitos para guardarlo exacto.",
        advice_english="At most 4 decimals; 12 whole digits, 10 for quantities.",
        advice_spanish="Hasta 4 decimales; 12 enteros, 10 en cantidades.",
        example="05-03-2024;B-17;A1;2;1,23456",
    ),
    "too_many_fields": _refusal(
        english="The record has more fields than the header.",
        spanish="El registro tiene más campos que el encabezado.",
        advice_english="Quote the field that contains the delimiter.",
        advice_spanish="Ponga entre comillas el campo que contiene el separador.",
        example="05-03-2024;B-17;A1;2;1.990;x;y",
    ),
    "bad_encoding": _refusal(
        english="The record has bytes that are not text in the file's encoding.",
        spanish="El registro tiene bytes que no son texto en la codificación.",
        advice_english="Save the file again as UTF-8.",
        advice_spanish="Guarde el archivo otra vez como UTF-8.",
        example="05-03-2024;B-17;Caf\\x81;2;1.990",
    ),
    "control_character": _refusal(
        english="A cell has a control character.",
        spanish="Una celda tiene un carácter de control.",
        advice_english="Delete the invisible character.",
        advice_spanish="Borre el carácter invisible.",
        example="05-03-2024;B-17;A\\x011;2;1.990",
    ),
    "unbalanced_quote": _refusal(
        english="A quotation mark opens and does not close, or closes too early.",
        spanish="Una comilla se abre y no se cierra, o se cierra antes de tiempo.",
        advice_english="Close it, or double the marks inside a quoted cell.",
        advice_spanish="Ciérrela, o duplique las comillas dentro de la celda.",
        example='05-03-2024;B-17;"A1;2;1.990',
    ),
    "field_too_long": _refusal(
        english="A cell is longer than a cell may be.",
        spanish="Una celda es más larga de lo permitido.",
        advice_english="Shorten the text; often a quotation mark is missing.",
        advice_spanish="Acorte el texto; suele faltar una comilla.",
        example="05-03-2024;B-17;AAAAAA…;2;1.990",
    ),
    "formula_error": _refusal(
        english="The cell shows an error of a spreadsheet, which is no value.",
        spanish="La celda muestra un error de planilla, que no es un valor.",
        advice_english="Repair the formula, or write the value, and save it again.",
        advice_spanish="Repare la fórmula o escriba el valor, y guarde otra vez.",
        example="05-03-2024;B-17;#REF!;2;1.990",
    ),
    "too_few_fields": _warning(
        english="The record has fewer fields than the header; the rest is absent.",
        spanish="El registro tiene menos campos que el encabezado.",
        advice_english="Nothing, if the missing cells are empty.",
        advice_spanish="Nada, si las celdas que faltan están vacías.",
        example="05-03-2024;B-17;A1;2;1.990",
    ),
    "price_mismatch": _warning(
        english="The total is far from quantity times unit price less discount.",
        spanish="El total difiere de cantidad por precio unitario menos descuento.",
        advice_english="Check which of the columns is right.",
        advice_spanish="Revise cuál de las columnas es la correcta.",
        example="05-03-2024;B-17;A1;2;1.990;5.000",
    ),
    "rounded": _warning(
        english="A calculated number has more than 4 decimals and was rounded to 4.",
        spanish="Un número calculado tiene más de 4 decimales y se redondeó a 4.",
        advice_english="Nothing, unless those decimals matter: then round it yourself.",
        advice_spanish="Nada; si necesita esos decimales, redondee usted mismo.",
        example="05-03-2024;B-17;A1;2;1990,5;995,250000000001",
    ),
}


# The codes that refuse a row, in a fixed order: columns of verdicts hold the number.
REFUSALS: tuple[str, ...] = tuple(
    code for code, entry in CODES.items() if entry.severity is Severity.REJECT
)
NUMBER_OF: Mapping[str, int] = {code: i for i, code in enumerate(REFUSALS)}
