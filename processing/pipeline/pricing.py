"""Which columns multiply: a quantity, a price of one, and what they come to.

That a third column is the product of two others, row after row, is no accident.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from processing.pipeline.claims import Claim
from processing.pipeline.looks import MOSTLY
from processing.pipeline.numbering import Numbers, numbers_of

# Columns that may be one of the three: few enough to cost nothing.
MOST_COLUMNS = 8
# Rounded prices and small discounts aside, the product is what it is.
NEAR = Decimal("0.01")
# Two different rows that multiply by accident are rare, where one of anything is none.
FEWEST = 2
FACTORS = ("quantity", "price_unit", "price_total")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The columns of a quantity, a price and their product."""

    quantity: int
    price_unit: int
    price_total: int

    def field_of(self, index: int) -> str | None:
        """Return what a column is in it, if it is in it."""
        places = dataclasses.asdict(self)
        return next((field for field, place in places.items() if place == index), None)


def products_of(
    claims: Iterable[Claim], records: Sequence[Sequence[str]], *, currency: str
) -> tuple[Product, ...]:
    """Return the columns that multiply, the likeliest by their names first."""
    places = _places(claims)
    indices = sorted({index for by_index in places.values() for index in by_index})
    if len(indices) < len(FACTORS):
        return ()
    readings = numbers_of(records, indices, currency=currency)
    found = [
        (sum(places[field][i] for field, i in zip(FACTORS, three, strict=True)), three)
        for three in itertools.product(*(places[field] for field in FACTORS))
        if len(set(three)) == len(three)
        and any(multiply(*(read[i] for i in three)) for read in readings)
    ]
    return tuple(
        Product(quantity=quantity, price_unit=price, price_total=total)
        for _, (quantity, price, total) in sorted(found, key=lambda each: -each[0])
    )


def _places(claims: Iterable[Claim]) -> Mapping[str, Mapping[int, float]]:
    """Return for each factor the columns that claim it, and how surely."""
    places: dict[str, dict[int, float]] = {field: {} for field in FACTORS}
    for claim in claims:
        if claim.field in places and len(places[claim.field]) < MOST_COLUMNS:
            places[claim.field].setdefault(claim.index, claim.confidence)
    return places


def multiply(quantities: Numbers, prices: Numbers, totals: Numbers) -> bool:
    """Say whether the rows that can tell prove it: one of a thing proves nothing."""
    telling = {
        (q, p, t)
        for q, p, t in zip(quantities, prices, totals, strict=True)
        if q and p and t and abs(q) != 1 and abs(p) != 1
    }
    agree = sum(abs(q * p - t) <= max(NEAR * abs(t), NEAR) for q, p, t in telling)
    return agree >= FEWEST and agree >= MOSTLY * len(telling)
