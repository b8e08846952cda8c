"""Totals of a whole receipt that stand on each of its lines.

"Total Value" of an order is the same on all that was bought together: added up it would
be money nobody paid. Where every receipt of several lines repeats one value, and the
receipts do not share it, it is the receipt's.
"""

import dataclasses
import itertools
from collections.abc import Mapping, Sequence

from processing.pipeline.claims import CONTRADICTED, NAMED, Claim
from processing.pipeline.fields import REQUIRED

KEY = "transaction_id"
# Two receipts may repeat a value by accident, as may receipts of a single thing. Many
# lines have no discount, and so the same one.
FEWEST_RECEIPTS = 2
FEWEST_VALUES: Mapping[str, int] = {
    "price_total": 2,
    **dict.fromkeys(("discount_total", "commission_total", "margin"), 3),
}
# As sure as what values contradict (``weighing.py``).
DOUBTED = 0.5


def of_receipts(
    claims: Sequence[Claim], *, records: Sequence[Sequence[str]]
) -> list[Claim]:
    """Return the claims less amounts that are receipts'; the total is asked about.

    The exact name of a field is not doubted.
    """
    keys = [claim for claim in claims if claim.field == KEY]
    if not keys:
        return list(claims)
    key = max(keys, key=lambda claim: claim.confidence)
    repeated = {
        claim.index
        for claim in claims
        if claim.field in FEWEST_VALUES
        and claim.reason != NAMED
        and _are_repeated(
            records, key.index, claim.index, fewest=FEWEST_VALUES[claim.field]
        )
    }
    return [
        dataclasses.replace(claim, confidence=DOUBTED, reason=CONTRADICTED)
        if claim.index in repeated
        else claim
        for claim in claims
        if claim.index not in repeated or claim.field in REQUIRED
    ]


def _are_repeated(
    records: Sequence[Sequence[str]], key: int, amount: int, *, fewest: int
) -> bool:
    """Say whether receipts of several different lines have one amount each.

    ``fewest`` is how many different amounts there have to be.
    """
    rows = [record for record in records if max(key, amount) < len(record)]
    receipts = [
        (name, list(lines))
        for name, lines in itertools.groupby(rows, key=lambda row: row[key].strip())
    ]
    several = [
        {line[amount].strip() for line in lines}
        for name, lines in receipts
        if name and len({tuple(line) for line in lines}) > 1
    ]
    shown = {value for values in several for value in values}
    return (
        len(several) >= FEWEST_RECEIPTS
        and all(len(values) == 1 for values in several)
        and len(shown) >= fewest
        and "" not in shown
    )
