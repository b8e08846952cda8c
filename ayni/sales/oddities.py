"""Lines that look wrong and are right: they must land like any other."""

import random
from collections.abc import Callable

from ayni.sales.catalogue import pick

# Positions of the columns of a line.
DAY, RECEIPT, PRODUCT, DESCRIPTION, CATEGORY, CUSTOMER = range(6)
QUANTITY, PRICE, TOTAL, COST = range(6, 10)

Rewrite = Callable[[list[str]], None]


def make_odd(line: str, *, rng: random.Random) -> str:
    """Return the same sale written in one of the ways tills and people write it."""
    cells = line.split(";")
    _WAYS[pick(rng, len(_WAYS))](cells)
    return ";".join(cells)


def _quote_a_delimiter(cells: list[str]) -> None:
    cells[DESCRIPTION] = f'"{cells[DESCRIPTION]}; en oferta"'


def _quote_a_quotation(cells: list[str]) -> None:
    cells[DESCRIPTION] = f'"{cells[DESCRIPTION]} ""especial"""'


def _break_a_line(cells: list[str]) -> None:
    cells[DESCRIPTION] = f'"{cells[DESCRIPTION]}\nsegunda línea"'


def _pad(cells: list[str]) -> None:
    cells[PRODUCT] = f"  {cells[PRODUCT]} "


def _name_the_currency(cells: list[str]) -> None:
    cells[TOTAL] = f"$ {cells[TOTAL]}"


def _say_there_is_none(cells: list[str]) -> None:
    cells[CUSTOMER] = "s/i"


def _leave_the_end_out(cells: list[str]) -> None:
    del cells[COST]


_WAYS: tuple[Rewrite, ...] = (
    _quote_a_delimiter,
    _quote_a_quotation,
    _break_a_line,
    _pad,
    _name_the_currency,
    _say_there_is_none,
    _leave_the_end_out,
)
