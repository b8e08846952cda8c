"""What a column may be: claims, which are weighed against each other."""

import dataclasses

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
