"""Ways to break a line, each with the code its refusal must carry."""

import random
from collections.abc import Callable

from ayni.sales.catalogue import pick
from ayni.sales.oddities import (
    DAY,
    DESCRIPTION,
    PRODUCT,
    QUANTITY,
    RECEIPT,
    TOTAL,
)

ENCODING = "cp1252"
# cp1252 gives this byte no meaning.
MEANINGLESS = b"\x81"
REQUIRED = (DAY, RECEIPT, PRODUCT, QUANTITY, TOTAL)

Choose = Callable[[int], int]
Break = Callable[[list[str], Choose], None]


def break_line(line: str, *, rng: random.Random) -> tuple[bytes, str]:
    """Return the line broken in one way, as stored, and the code of its refusal."""
    cells = line.split(";")
    number = pick(rng, len(_BREAKS) + 1)
    if number == len(_BREAKS):
        return _meaningless(cells), "bad_encoding"
    code, spoil = _BREAKS[number]
    spoil(cells, lambda below: pick(rng, below))
    return ";".join(cells).encode(ENCODING), code


def _meaningless(cells: list[str]) -> bytes:
    before = ";".join([*cells[:DESCRIPTION], "Caf"]).encode(ENCODING)
    after = ";".join(["", *cells[DESCRIPTION + 1 :]]).encode(ENCODING)
    return before + MEANINGLESS + after


def _bad_date(cells: list[str], choose: Choose) -> None:
    cells[DAY] = ("31-02-2024", "32-01-2024", "ayer", "31-06-2024 10:00:00")[choose(4)]


def _distant_date(cells: list[str], choose: Choose) -> None:
    cells[DAY] = ("05-03-1890", "05-03-2199")[choose(2)]


def _bad_number(cells: list[str], choose: Choose) -> None:
    column = (QUANTITY, TOTAL)[choose(2)]
    cells[column] = ("dos", "1O", "1,5,5", "12.9.0")[choose(4)]


def _endless_number(cells: list[str], choose: Choose) -> None:
    column, text = ((QUANTITY, "1,23456"), (TOTAL, "9.999.999.999.999.990"))[choose(2)]
    cells[column] = text


def _missing(cells: list[str], choose: Choose) -> None:
    cells[REQUIRED[choose(len(REQUIRED))]] = ("", "N/A")[choose(2)]


def _too_many(cells: list[str], choose: Choose) -> None:
    cells[DESCRIPTION] += ";en oferta" * (1 + choose(2))


def _open_quote(cells: list[str], choose: Choose) -> None:
    mark = ('"{}', '"{}" suelto')[choose(2)]
    cells[DESCRIPTION] = mark.format(cells[DESCRIPTION])


def _control(cells: list[str], choose: Choose) -> None:
    cells[PRODUCT] += ("\x01", "\x1f")[choose(2)]


_BREAKS: tuple[tuple[str, Break], ...] = (
    ("bad_date", _bad_date),
    ("date_out_of_range", _distant_date),
    ("bad_number", _bad_number),
    ("number_out_of_range", _endless_number),
    ("missing_required", _missing),
    ("too_many_fields", _too_many),
    ("unbalanced_quote", _open_quote),
    ("control_character", _control),
)
