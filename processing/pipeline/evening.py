"""Columns that claim one field equally, where it does not matter which of them has it.

Two keys of a sale that go together tell the sales apart alike. Of two texts that no
sale needs the first is as good as asking: it is listed as assumed, so that nobody waits
for a category. Numbers, and what a sale needs, are for a person to choose.
"""

import dataclasses
from collections.abc import Sequence

from processing.pipeline.claims import NAMED, Claim, ties_of
from processing.pipeline.fields import FIELDS, Kind
from processing.pipeline.looks import FEWEST_KINDS
from processing.pipeline.synonyms import SURE

KEYS = frozenset({"transaction_id", "product_id"})
TEXTS = frozenset(f.name for f in FIELDS if f.kind is Kind.TEXT and not f.is_required)
# How much less the others claim, and how much less than sure the first of texts is.
LESS = 0.005


def evened(claims: Sequence[Claim], *, records: Sequence[Sequence[str]]) -> list[Claim]:
    """Return the claims with the first of each tie that does not matter ahead.

    The exact name of a field is left as it is.
    """
    settled = list(claims)
    for field, rivals in ties_of(claims).items():
        if any(claim.reason == NAMED for claim in rivals):
            continue
        if field in TEXTS or (field in KEYS and _go_together(rivals, records)):
            settled = _settled(settled, rivals, is_assumed=field in TEXTS)
    return settled


def _go_together(rivals: Sequence[Claim], records: Sequence[Sequence[str]]) -> bool:
    """Say whether each value of one stands with a single value of each other."""
    last = max(claim.index for claim in rivals)
    rows = [
        tuple(record[claim.index].strip() for claim in rivals)
        for record in records
        if last < len(record)
    ]
    if len(rows) < FEWEST_KINDS or not all(map(all, rows)):
        return False
    together = len(set(rows))
    return together > 1 and all(
        len(set(values)) == together for values in zip(*rows, strict=True)
    )


def _settled(
    claims: Sequence[Claim], rivals: Sequence[Claim], *, is_assumed: bool
) -> list[Claim]:
    first, others = rivals[0], rivals[1:]
    most = first.confidence
    if is_assumed:
        most = min(most, SURE - LESS)
    return [
        dataclasses.replace(claim, confidence=most)
        if claim == first
        else dataclasses.replace(claim, confidence=most - LESS)
        if claim in others
        else claim
        for claim in claims
    ]
