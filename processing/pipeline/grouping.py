"""Of two numbers of a sale, the one that several lines share is the sale's.

Where each line has a number of its own (Etsy calls it "Transaction ID"), the order's
stands on as many lines as were sold with it.
"""

import dataclasses
import itertools
from collections.abc import Sequence

from processing.pipeline.claims import AGREED, NAMED, Claim
from processing.pipeline.looks import present_values
from processing.pipeline.synonyms import SURE

KEY = "transaction_id"
# Fewer lines may all be sales of one thing.
FEWEST_LINES = 4
# How much less the number of a line claims.
LESS = 0.01


def grouped(
    claims: Sequence[Claim], *, records: Sequence[Sequence[str]]
) -> list[Claim]:
    """Return the claims; a number of lines gives way to one that groups them.

    Only where the words are sure of both, and neither is the field's own name.
    """
    named = [c for c in claims if c.field == KEY and c.reason == NAMED]
    rivals = [c for c in claims if c.field == KEY and c.confidence >= SURE]
    if named or len({claim.index for claim in rivals}) < len(("line", "sale")):
        return list(claims)
    values = {c.index: _values(records, c.index) for c in rivals}
    first = max(rivals, key=lambda claim: claim.confidence)
    groups = [c for c in rivals if _are_groups(values[c.index])]
    if not groups or not _are_each_their_own(values[first.index]):
        return list(claims)
    best = max(groups, key=lambda claim: claim.confidence)
    return [_settled(claim, line=first, sale=best) for claim in claims]


def _settled(claim: Claim, *, line: Claim, sale: Claim) -> Claim:
    if claim is sale:
        return dataclasses.replace(claim, confidence=line.confidence, reason=AGREED)
    if claim.field == KEY and claim.confidence >= SURE:
        below = min(claim.confidence, line.confidence - LESS)
        return dataclasses.replace(claim, confidence=below)
    return claim


def _values(records: Sequence[Sequence[str]], index: int) -> list[str]:
    return present_values([record[index] for record in records if index < len(record)])


def _are_each_their_own(values: Sequence[str]) -> bool:
    return len(values) >= FEWEST_LINES and len(set(values)) == len(values)


def _are_groups(values: Sequence[str]) -> bool:
    """Say whether equal values stand together, and there are several."""
    runs = [value for value, _ in itertools.groupby(values)]
    return 1 < len(runs) < len(values) and len(set(runs)) == len(runs)
