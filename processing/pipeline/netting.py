"""Which of two totals a discount was taken from already: that one was paid.

"Gross sales" less "discounts" are "net sales" in most tills, while in others gross and
net differ by a tax. The values tell which it is, row after row.
"""

import dataclasses
import itertools
from collections.abc import Iterable, Sequence
from decimal import Decimal

from processing.pipeline.claims import AGREED, Claim
from processing.pipeline.looks import MOSTLY
from processing.pipeline.numbering import Numbers, numbers_of
from processing.pipeline.pricing import FEWEST, NEAR
from processing.pipeline.wording import normalise

TOTAL, DISCOUNT = "price_total", "discount_total"
# Of two totals, how much less the one before its discount claims to be what was paid.
BEFORE = 0.01
NET = "neto"
ZERO = Decimal(0)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Netted:
    """A total before its discount, and the same after it: positions of columns."""

    gross: int
    net: int


def netted(
    claims: Sequence[Claim],
    header: Sequence[str],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> list[Claim]:
    """Return the claims; of two totals the one after the discount is surer.

    The exact name of the field is not doubted.
    """
    totals = {c.index for c in claims if c.field == TOTAL and c.confidence < 1}
    discounts = {c.index for c in claims if c.field == DISCOUNT}
    if len(totals) < len(("gross", "net")) or not discounts:
        return list(claims)
    columns = sorted(totals | discounts)
    readings = numbers_of(records, columns, currency=currency)
    for gross, net in itertools.permutations(sorted(totals), 2):
        for reading, taken in itertools.product(readings, sorted(discounts)):
            says = NET in normalise(header[net]).split()
            if _is_after(reading[gross], reading[taken], reading[net], says=says):
                return list(_settled(claims, Netted(gross=gross, net=net)))
    return list(claims)


def _is_after(gross: Numbers, discounts: Numbers, net: Numbers, *, says: bool) -> bool:
    """Say whether net is gross less the discounts.

    Where few were given the two are nearly equal, and the name ``says`` which is which.
    """
    rows = [
        (g, abs(d or ZERO), n)
        for g, d, n in zip(gross, discounts, net, strict=True)
        if g is not None and n is not None
    ]
    agree = sum(abs(abs(g) - d - abs(n)) <= NEAR for g, d, n in rows)
    if len(rows) <= FEWEST or agree < MOSTLY * len(rows):
        return False
    telling = {(g, d, n) for g, d, n in rows if d}
    return says or len(telling) >= FEWEST


def _settled(claims: Iterable[Claim], found: Netted) -> Iterable[Claim]:
    best = max(
        claim.confidence
        for claim in claims
        if claim.field == TOTAL and claim.index in {found.gross, found.net}
    )
    for claim in claims:
        if claim.field == TOTAL and claim.index == found.net:
            yield dataclasses.replace(claim, confidence=best, reason=AGREED)
        elif claim.field == TOTAL and claim.index == found.gross:
            yield dataclasses.replace(claim, confidence=best - BEFORE)
        else:
            yield claim
