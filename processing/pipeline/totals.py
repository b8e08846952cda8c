"""Which of several totals a line came to, where quantity and price say it.

A total that is no multiple of the lines' is somebody else's: the receipt's, on each of
its lines, or what a market paid out after its fees. A tax makes a constant multiple; a
discount leaves the lines alone that had none. Both are not for the price to decide.
"""

import dataclasses
import statistics
from collections.abc import Iterable, Sequence
from decimal import Decimal

from processing.pipeline.claims import NAMED, Claim
from processing.pipeline.looks import HARDLY, MOSTLY
from processing.pipeline.numbering import Numbers, numbers_of
from processing.pipeline.pricing import NEAR, Product
from processing.pipeline.wording import normalise

TOTAL, LINE = "price_total", "linea"
# How much less a total claims that is not the line's.
LESS = 0.01
# Fewer lines may differ by accident.
FEWEST_LINES = 4


def of_lines(
    claims: Sequence[Claim],
    products: Sequence[Product],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> list[Claim]:
    """Return the claims; totals that are not the lines' come after the one that is.

    The exact name of the field is not doubted.
    """
    line = products[0].price_total if products else None
    ours = [c.confidence for c in claims if (c.field, c.index) == (TOTAL, line)]
    others = [c.index for c in claims if c.field == TOTAL and c.index != line]
    if line is None or not ours or not others:
        return list(claims)
    readings = numbers_of(records, {line, *others}, currency=currency)
    strange = {
        index
        for index in others
        if any(_are_others(read[index], read[line]) for read in readings)
    }
    return list(_settled(claims, strange, below=max(ours) - LESS))


def by_their_names(claims: Sequence[Claim], header: Sequence[str]) -> list[Claim]:
    """Return the claims; of totals equally sure, one that says "line" is surer."""
    ours = [claim for claim in claims if claim.field == TOTAL]
    most = max((claim.confidence for claim in ours), default=0.0)
    rivals = [claim for claim in ours if claim.confidence == most]
    lines = [c for c in rivals if LINE in normalise(header[c.index]).split()]
    if len(lines) != 1:
        return list(claims)
    return [
        dataclasses.replace(claim, confidence=most - LESS)
        if claim in rivals and claim not in lines
        else claim
        for claim in claims
    ]


def _settled(
    claims: Iterable[Claim], strange: set[int], *, below: float
) -> Iterable[Claim]:
    for claim in claims:
        is_strange = claim.field == TOTAL and claim.index in strange
        if is_strange and claim.reason != NAMED:
            yield dataclasses.replace(claim, confidence=min(claim.confidence, below))
        else:
            yield claim


def _are_others(totals: Numbers, lines: Numbers) -> bool:
    """Say whether totals are no multiple of the lines', nor these less a discount."""
    ratios = [
        total / line
        for total, line in zip(totals, lines, strict=True)
        if total is not None and line
    ]
    if len(ratios) < FEWEST_LINES or _are_alike(ratios):
        return False
    above = sum(ratio > 1 + NEAR for ratio in ratios)
    below = sum(ratio < 1 - NEAR for ratio in ratios)
    return above > HARDLY * len(ratios) or below == len(ratios)


def _are_alike(ratios: Sequence[Decimal]) -> bool:
    middle = statistics.median(ratios)
    alike = sum(abs(ratio - middle) <= NEAR for ratio in ratios)
    return alike >= MOSTLY * len(ratios)
