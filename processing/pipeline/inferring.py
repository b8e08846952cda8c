"""Which columns may be a field by their values alone, whatever they are called.

No sale lands on it: of what a sale needs a person is asked, instead of being told that
nothing was found; the rest is listed as assumed.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from processing.pipeline.looks import (
    FEWEST,
    Verdict,
    are_in_runs,
    present_values,
    verdict_of,
)
from processing.pipeline.numbering import numbers_of
from processing.pipeline.pricing import FACTORS, multiply

# Columns that are multiplied: as many as any till has, few enough to cost nothing.
MOST_TRIED = 60
# How shops on the web show an order's number, whatever they call the column.
ORDER_NUMBER = re.compile(r"#[0-9]{2,}")
# What things are measured in, and the papers that say that something was sold.
UNIT = re.compile(
    r"(?:k(?:gs?|ilos?)|gr?s?|gramos?|lbs?|oz|ml|cc|lts?|litros?|gal|galon(?:es)?|mts?"
    r"|metros?|cm|m[23]|u|und?s?|uni?ds?|unidad(?:es)?|units?|ea|each|pcs?|p(?:ie)?za?s?"
    r"|cajas?|cj|paq(?:uetes?)?|packs?|docenas?|pare?s?|rollos?|sacos?|bolsas?)\.?"
)
PAPER = re.compile(
    r"(?:e-)?(?:boleta|factura|ticket|nota de |recibo|invoice|credit )[^\d]*"
    r"|(?:e-)?(?:b[ve]|f[vce]|n[cd]|tk)(?: e-(?:ticket|factura))?"
    r"|(?:ventas?|devoluci[oó]n(?: de venta)?|sales?|returns?|refunds?)"
)

ALIKE: Mapping[str, re.Pattern[str]] = {"unit_type": UNIT, "transaction_type": PAPER}


def by_values(
    field: str, cells: Mapping[int, Sequence[str]], *, among: Collection[int]
) -> list[int]:
    """Return the columns whose values look like the field and like no other one.

    Moments do, the numbers of receipts, units and kinds of papers; of numbers that are
    written as an order's is on the web the name need not be one that ``among`` holds.
    """
    if field == "occurred_at":
        return [i for i in among if verdict_of(field, cells[i]) is Verdict.AGREE]
    if field == "transaction_id":
        orders = [index for index, values in cells.items() if _are_orders(values)]
        return orders or [i for i in among if are_in_runs(cells[i])]
    if field in ALIKE:
        return [i for i in among if _are_all(ALIKE[field], cells[i])]
    return []


def by_product(
    field: str,
    among: Sequence[int],
    taken: Mapping[str, int],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> list[int]:
    """Return the columns that multiply with the two that are known of three."""
    others = [factor for factor in FACTORS if factor != field]
    if field not in FACTORS or not all(factor in taken for factor in others):
        return []
    known = {factor: taken[factor] for factor in others}
    tried = among[:MOST_TRIED]
    readings = numbers_of(records, {*tried, *known.values()}, currency=currency)
    return [
        index
        for index in tried
        if any(
            multiply(*(read[{**known, field: index}[f]] for f in FACTORS))
            for read in readings
        )
    ]


def _are_all(known: re.Pattern[str], cells: Sequence[str]) -> bool:
    values = present_values(cells)
    return len(values) >= FEWEST and all(known.fullmatch(value) for value in values)


def _are_orders(cells: Sequence[str]) -> bool:
    values = set(present_values(cells))
    return len(values) > 1 and all(ORDER_NUMBER.fullmatch(value) for value in values)
