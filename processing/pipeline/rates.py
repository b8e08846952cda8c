"""Discounts that are percentages though their header does not say so.

Quantity times price less so many percent is the total, row after row. Ten percent are
not ten pesos: such a column is no amount, and is left out.
"""

from collections.abc import Sequence
from decimal import Decimal

from processing.pipeline.claims import Claim
from processing.pipeline.looks import MOSTLY
from processing.pipeline.numbering import Numbers, numbers_of
from processing.pipeline.pricing import FACTORS, FEWEST, NEAR

DISCOUNT = "discount_total"
HUNDRED = Decimal(100)


def rates_among(
    claims: Sequence[Claim], *, records: Sequence[Sequence[str]], currency: str
) -> frozenset[int]:
    """Return the columns that claim to be discounts and are percentages."""
    discounts = sorted({c.index for c in claims if c.field == DISCOUNT})
    surest = {
        c.field: c.index
        for c in sorted(claims, key=lambda claim: claim.confidence)
        if c.field in FACTORS
    }
    if not discounts or len(surest) < len(FACTORS):
        return frozenset()
    columns = [surest[factor] for factor in FACTORS]
    readings = numbers_of(records, {*columns, *discounts}, currency=currency)
    return frozenset(
        index
        for index in discounts
        if any(_is_rate(read[index], *(read[i] for i in columns)) for read in readings)
    )


def _is_rate(
    rates: Numbers, quantities: Numbers, prices: Numbers, totals: Numbers
) -> bool:
    telling = {
        (rate, q * p, total)
        for rate, q, p, total in zip(rates, quantities, prices, totals, strict=True)
        if rate and q and p and total and 0 < abs(rate) < HUNDRED
    }
    agree = sum(
        abs(full * (1 - abs(rate) / HUNDRED) - total) <= max(NEAR * abs(total), NEAR)
        and abs(full - abs(rate) - total) > NEAR * abs(total)
        for rate, full, total in telling
    )
    return agree >= FEWEST and agree >= MOSTLY * len(telling)
