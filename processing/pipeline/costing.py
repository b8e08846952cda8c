"""Whether a "cost" is that of one or of the line, where the word does not say.

A shop sells for more than it pays: what costs more than one of it is sold for, where
several were sold, is the cost of them all.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal

from processing.pipeline.claims import AGREED, Claim
from processing.pipeline.numbering import Numbers, numbers_of
from processing.pipeline.pricing import FACTORS, FEWEST
from processing.pipeline.synonyms import SURE

UNIT_COST, LINE_COST = "cost_unit", "cost_total"
QUANTITY, UNIT_PRICE, TOTAL = FACTORS
# Of the lines that can tell, how many: some things are sold at a loss.
MOSTLY = Decimal("0.5")
SEVERAL = 2


def costed(
    claims: Sequence[Claim], *, records: Sequence[Sequence[str]], currency: str
) -> list[Claim]:
    """Return the claims; a cost that is surely the line's claims to be that.

    Only where the word leaves it open, and no other column is the cost of the line.
    """
    if any(claim.field == LINE_COST for claim in claims):
        return list(claims)
    open_ = [c for c in claims if c.field == UNIT_COST and c.confidence < SURE]
    places = {
        c.field: c.index
        for c in sorted(claims, key=lambda claim: claim.confidence)
        if c.field in FACTORS
    }
    ours = {
        claim.index
        for claim in open_
        if is_of_line(claim.index, places, records=records, currency=currency)
    }
    return [
        dataclasses.replace(claim, field=LINE_COST, reason=AGREED)
        if claim in open_ and claim.index in ours
        else claim
        for claim in claims
    ]


def is_of_line(
    index: int,
    places: Mapping[str, int],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> bool:
    """Say whether a column of costs holds those of lines, not those of one.

    ``places`` are the positions of quantity and price or total; without them nothing
    tells.
    """
    if QUANTITY not in places or not {UNIT_PRICE, TOTAL} & set(places):
        return False
    columns = {index, *(places[field] for field in FACTORS if field in places)}
    readings = numbers_of(records, columns, currency=currency)
    return any(_cost_more(reading, index, places) for reading in readings)


def _cost_more(
    read: Mapping[int, Numbers], index: int, places: Mapping[str, int]
) -> bool:
    telling = {
        (cost, quantity, price)
        for cost, quantity, price in zip(
            read[index], read[places[QUANTITY]], _prices(read, places), strict=True
        )
        if cost and quantity and price and abs(quantity) >= SEVERAL
    }
    more = sum(abs(cost) > abs(price) for cost, _, price in telling)
    return len(telling) >= FEWEST and more >= MOSTLY * len(telling)


def _prices(read: Mapping[int, Numbers], places: Mapping[str, int]) -> Numbers:
    if UNIT_PRICE in places:
        return read[places[UNIT_PRICE]]
    pairs = zip(read[places[TOTAL]], read[places[QUANTITY]], strict=True)
    return [
        total / quantity if total and quantity else None for total, quantity in pairs
    ]
