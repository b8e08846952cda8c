"""Which of two totals the customer paid: after a discount, before a commission.

"Gross sales" less "discounts" are "net sales" in most tills, while in others gross and
net differ by a tax; and the "total" of a market is what it pays out, less its fees. The
values tell which it is, row after row. A tax of its own column may come on top.
"""

import dataclasses
import itertools
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import NamedTuple

from processing.pipeline.claims import AGREED, NAMED, Claim
from processing.pipeline.looks import MOSTLY
from processing.pipeline.numbering import Numbers, numbers_of
from processing.pipeline.pricing import FEWEST, MOST_COLUMNS, NEAR
from processing.pipeline.wording import normalise

TOTAL, DISCOUNT = "price_total", "discount_total"
COMMISSION = "commission_total"
# Of two totals, how much less the other one claims to be what was paid.
LESS = 0.01
NET = "neto"
TAX = frozenset({"iva", "igv", "itbis", "isv", "impuesto", "impuestos", "tax", "vat"})
ZERO = Decimal(0)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Netted:
    """A total before something was taken off, and after it: positions of columns."""

    gross: int
    net: int


def netted(
    claims: Sequence[Claim],
    header: Sequence[str],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> list[Claim]:
    """Return the claims; of two totals the one that the customer paid is surer.

    That is the one after a discount, and the one before a commission. The exact name of
    the field is not doubted.
    """
    totals = {c.index for c in claims if c.field == TOTAL and c.reason != NAMED}
    settled = list(claims)
    for field in (DISCOUNT, COMMISSION):
        found = find_netted(
            totals,
            {c.index for c in claims if c.field == field},
            header,
            records=records,
            currency=currency,
        )
        if found is not None:
            settled = _settled(settled, found, is_net=field == DISCOUNT)
    return settled


def find_netted(
    totals: Collection[int],
    discounts: Collection[int],
    header: Sequence[str],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> Netted | None:
    """Return the two of these totals that differ by one of the others, if any do."""
    if len(totals) < len(("gross", "net")) or not discounts:
        return None
    tried = sorted(totals)[:MOST_COLUMNS]
    taken_off = sorted(discounts)[:MOST_COLUMNS]
    taxes = [i for i, name in enumerate(header) if _is_tax(name)][:MOST_COLUMNS]
    columns = {*tried, *taken_off, *taxes}
    readings = numbers_of(records, columns, currency=currency)
    for gross, net in itertools.permutations(tried, 2):
        says = NET in normalise(header[net]).split()
        for read, taken in itertools.product(readings, taken_off):
            untaxed = [ZERO] * len(read[net])
            for tax in (untaxed, *(read[index] for index in taxes)):
                rows = _Rows(read[gross], read[taken], tax, read[net])
                if _is_after(rows, says=says and tax is untaxed):
                    return Netted(gross=gross, net=net)
    return None


def _is_tax(name: str) -> bool:
    """Say whether a column may be of taxes: of their rates none comes on top."""
    return bool(TAX & set(normalise(name).split()))


class _Rows(NamedTuple):
    """A total, what was taken off, the tax that came on top, and the other total."""

    gross: Numbers
    discounts: Numbers
    taxes: Numbers
    net: Numbers


def _is_after(columns: _Rows, *, says: bool) -> bool:
    """Say whether net is gross less the discounts and with the taxes.

    Where few were given the two are nearly equal, and the name ``says`` which is which.
    """
    rows = [
        (g, abs(d or ZERO), abs(x or ZERO), n)
        for g, d, x, n in zip(*columns, strict=True)
        if g is not None and n is not None
    ]
    agree = sum(abs(abs(g) - d + x - abs(n)) <= NEAR for g, d, x, n in rows)
    if len(rows) <= FEWEST or agree < MOSTLY * len(rows):
        return False
    telling = {(g, d, n) for g, d, _, n in rows if d}
    return says or len(telling) >= FEWEST


def _settled(claims: Sequence[Claim], found: Netted, *, is_net: bool) -> list[Claim]:
    """Return the claims with one of two totals surer: the net one, or the other."""
    surer = found.net if is_net else found.gross
    both = {found.net, found.gross}
    ours = [c for c in claims if c.field == TOTAL and c.index in both]
    best = max(claim.confidence for claim in ours)
    return [
        dataclasses.replace(claim, confidence=best, reason=AGREED)
        if claim in ours and claim.index == surer
        else dataclasses.replace(claim, confidence=best - LESS)
        if claim in ours
        else claim
        for claim in claims
    ]
