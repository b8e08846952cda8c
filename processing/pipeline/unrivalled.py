"""Doubtful words that are taken at their word, where nothing else can be the field.

"N° de atención" may be anything; in a table of sales that numbers them in no other way,
it is their number. It is listed as assumed.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from processing.pipeline.claims import WORDS, Claim
from processing.pipeline.fields import REQUIRED
from processing.pipeline.looks import Verdict, verdict_of
from processing.pipeline.openings import ONLY_REASON
from processing.pipeline.supposing import Table, may_be
from processing.pipeline.synonyms import SURE

# The words that are written down as doubtful, and no guess (``synonyms.py``).
DOUBTFUL = 0.85
MOMENT = "occurred_at"


def unrivalled(
    table: Table, taken: Mapping[int, Claim], claims: Iterable[Claim]
) -> tuple[Claim, ...]:
    """Return the claims of required fields that nothing disputes, as sure ones.

    ``taken`` are the claims that hold, by column. A column disputes a field that claims
    it too, whose name holds a part of what it takes, or, of a moment, whose values are
    moments.
    """
    doubted = [
        claim
        for claim in taken.values()
        if claim.field in REQUIRED
        and claim.reason == WORDS
        and DOUBTFUL <= claim.confidence < SURE
        and _are_all_theirs(claim.field, table.columns[claim.index])
    ]
    claimed = tuple(claims)
    return tuple(
        dataclasses.replace(claim, confidence=SURE, reason=ONLY_REASON)
        for claim in doubted
        if not any(
            _disputes(i, claim, table, taken, claimed) for i in _others(claim, table)
        )
    )


def _are_all_theirs(field: str, cells: Sequence[str]) -> bool:
    """Say whether no value is missing, for no sale lacks the field, and they agree."""
    return all(map(str.strip, cells)) and verdict_of(field, cells) is Verdict.AGREE


def _others(claim: Claim, table: Table) -> Sequence[int]:
    return [index for index in range(len(table.header)) if index != claim.index]


def _disputes(
    index: int,
    claim: Claim,
    table: Table,
    taken: Mapping[int, Claim],
    claims: Sequence[Claim],
) -> bool:
    if any(c.index == index and c.field == claim.field for c in claims):
        return True
    cells = table.columns[index]
    if claim.field == MOMENT:
        return verdict_of(MOMENT, cells) is Verdict.AGREE
    return index not in taken and may_be(claim.field, table.header[index], cells)
