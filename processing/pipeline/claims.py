"""What a column may be: claims, which are weighed against each other."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

# Why a claim is as sure as it is, as the preview says it (API: ``reason``).
AGREED = "words and values"
BY_VALUES = "values"
# The exact name of a field, which no value puts in doubt.
NAMED, WORDS = "name", "synonym"
CONTRADICTED = "values contradict"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A column's claim to a field, how sure it is, and why."""

    index: int
    field: str
    confidence: float
    reason: str


def ties_of(claims: Iterable[Claim]) -> Mapping[str, Sequence[Claim]]:
    """Return the fields that several columns claim equally, as their first choice.

    ``claims`` in any order; each field's are returned from left to right.
    """
    first_choices: dict[int, Claim] = {}
    for claim in sorted(claims, key=lambda each: (-each.confidence, each.index)):
        first_choices.setdefault(claim.index, claim)
    best: dict[str, list[Claim]] = defaultdict(list)
    for claim in first_choices.values():
        rivals = best[claim.field]
        if not rivals or rivals[0].confidence == claim.confidence:
            rivals.append(claim)
    return {field: rivals for field, rivals in best.items() if len(rivals) > 1}
