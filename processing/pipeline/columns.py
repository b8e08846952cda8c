"""Which column is which field: by what was told, by name, by synonym.

What somebody said about this very file goes before everything. A field's own name goes
before what the company taught us about a header, and that before all other words; it is
listed as an assumption, so that nobody is overruled unseen.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from processing.pipeline.claims import CONTRADICTED, NAMED, WORDS, Claim, ties_of
from processing.pipeline.errors import FileError
from processing.pipeline.fields import BY_NAME
from processing.pipeline.findings import Assumption, ColumnMatch, Hints, Question
from processing.pipeline.guesses import fields_of, guess
from processing.pipeline.openings import (
    LEARNT,
    NAME_REASON,
    TIME_REASON,
    folded,
    questions_about,
    supposed_of,
)
from processing.pipeline.parts import PARTS
from processing.pipeline.prefixes import without_shared
from processing.pipeline.supposing import Table, supposed
from processing.pipeline.synonyms import (
    SURE,
    TIME_OF_DAY,
    is_field_name,
)
from processing.pipeline.unrivalled import unrivalled
from processing.pipeline.weighing import Weighed, weighed

MOMENT_FIELD = "occurred_at"
PRODUCT_KEY, PRODUCT_NAME = "product_id", "description"
REVIEW, MAPPING, NO_FIELD = "review", "mapping", "no field"
# What was said about this file: surer than any name, and never questioned.
TOLD = 1.1
# Surer than any synonym, less sure than the exact name of a field.
TAUGHT = 0.99


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What each column was taken for, what is open, and what was merely supposed."""

    columns: tuple[ColumnMatch, ...]
    questions: tuple[Question, ...]
    assumptions: tuple[Assumption, ...]


class _Said(NamedTuple):
    """What a person decided about a column, now or some time before."""

    field: str
    confidence: float
    reason: str


def match_columns(
    header: Sequence[str], hints: Hints, *, records: Sequence[Sequence[str]] = ()
) -> Matching:
    """Return the field of each column, and questions where only a person can tell.

    ``records`` are the first ones below the header: what their values look like is
    weighed against the words.

    What the mapping says is not questioned. Two columns that claim a field equally are
    a question that names both, and neither gets it. Raises ``FileError`` if the mapping
    names a field that does not exist.
    """
    _check_fields((*hints.mapping.values(), *hints.chosen.values()))
    said = _said_of(header, hints)
    scales = _weighed(header, said, records=records, currency=hints.currency)
    claims = scales.claims
    conflicts = _conflicts(claims)
    taken = _settle(claims, conflicts)
    _let_name_be_key(taken, claims, conflicts, hints)
    settled = {*taken, *said, *scales.contradicted}
    free = [i for i in range(len(header)) if i not in settled]
    table = Table(header=header, records=records, currency=hints.currency)
    _suppose(table, taken, free, closed={*conflicts, *hints.defaults})
    taken |= {c.index: c for c in unrivalled(table, taken, claims)}
    columns = tuple(
        _match(name, i, taken.get(i)) or _left_out(name, i, _why_left(i, said, scales))
        for i, name in enumerate(header)
    )
    return Matching(
        columns=columns,
        questions=questions_about(columns, conflicts, hints),
        assumptions=supposed_of(columns, hints),
    )


def _check_fields(fields: Iterable[str]) -> None:
    unknown = sorted({f for f in fields if f and f not in BY_NAME})
    if unknown:
        raise FileError("unknown_field", fields=", ".join(unknown)[:100])


def _said_of(header: Sequence[str], hints: Hints) -> dict[int, _Said]:
    """Return what is not to be guessed, by position; what is left out has no field."""
    mapped = {folded(name): field for name, field in hints.mapping.items()}
    said: dict[int, _Said] = {}
    for index, name in enumerate(header):
        key = folded(name)
        if index in hints.chosen:
            said[index] = _Said(hints.chosen[index], TOLD, REVIEW)
        elif key in mapped:
            said[index] = _Said(mapped[key], TOLD, MAPPING)
        elif key in hints.learnt and not is_field_name(name):
            said[index] = _Said(hints.learnt[key], TAUGHT, LEARNT)
    return said


def _weighed(
    header: Sequence[str],
    said: Mapping[int, _Said],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> Weighed:
    """Return all claims, the surest first; only what words say is weighed."""
    told = [_claim(index, *one) for index, one in said.items() if one.field]
    bare = without_shared(header)
    guessed = [
        claim
        for index, name in enumerate(header)
        if index not in said
        for claim in _by_name(index, name, bare[index])
    ]
    scales = weighed(guessed, header, records=records, currency=currency)
    claims = sorted(
        (*told, *scales.claims), key=lambda claim: (-claim.confidence, claim.index)
    )
    return dataclasses.replace(scales, claims=tuple(claims))


def _by_name(index: int, name: str, bare: str) -> list[Claim]:
    """Return what a name means, or is guessed to mean without its table's prefix."""
    meant = fields_of(name)
    if not meant and bare != name:
        meant = guess(fields_of(bare))
    return [
        _claim(index, field, strength, NAMED if strength >= 1 else WORDS)
        for field, strength in meant.items()
    ]


def _claim(index: int, field: str, confidence: float, reason: str) -> Claim:
    return Claim(index=index, field=field, confidence=confidence, reason=reason)


def _conflicts(claims: Sequence[Claim]) -> dict[str, tuple[int, ...]]:
    """Return the fields that several columns claim equally, as their first choice."""
    return {
        field: tuple(claim.index for claim in rivals)
        for field, rivals in ties_of(claims).items()
        if not _is_date_and_time(field, rivals)
    }


def _is_date_and_time(field: str, rivals: Sequence[Claim]) -> bool:
    """Say whether a mapping joins two columns: only a date and its time may be."""
    return (
        field == MOMENT_FIELD
        and len(rivals) == len(("date", "time"))
        and all(claim.confidence == TOLD for claim in rivals)
    )


def _settle(
    claims: Sequence[Claim], conflicts: Mapping[str, tuple[int, ...]]
) -> dict[int, Claim]:
    taken: dict[int, Claim] = {}
    fields = set(conflicts)
    contested = {index for indices in conflicts.values() for index in indices}
    for claim in claims:
        is_second_half = claim.confidence == TOLD and claim.field == MOMENT_FIELD
        if claim.index in taken or claim.index in contested:
            continue
        if claim.field in fields and not is_second_half:
            continue
        taken[claim.index] = claim
        fields.add(claim.field)
    return taken


def _let_name_be_key(
    taken: dict[int, Claim],
    claims: Sequence[Claim],
    conflicts: Mapping[str, object],
    hints: Hints,
) -> None:
    """Take a column that names products as their key, where nothing else may be one.

    A shop without codes knows its products by name: asking it for a code would be
    asking for what it does not have. The key comes first, since no sale lands without
    one, and a column is one field; descriptions beside it stay what they are.
    """
    settled = {claim.field: claim for claim in taken.values()}
    key = settled.get(PRODUCT_KEY)
    if key is not None and key.confidence >= SURE:
        return
    if PRODUCT_KEY in conflicts or PRODUCT_KEY in hints.defaults:
        return
    nameable = [c for c in claims if c.field == PRODUCT_KEY and not _is_said(c)]
    others = {c.index for c in claims if c.field == PRODUCT_NAME}
    names = [c for c in nameable if c.index in others and _is_free(c, taken)]
    if len({c.index for c in nameable}) == len(names) == 1:
        taken[names[0].index] = _claim(names[0].index, PRODUCT_KEY, SURE, NAME_REASON)


def _suppose(
    table: Table,
    taken: dict[int, Claim],
    free: Sequence[int],
    *,
    closed: Collection[str],
) -> None:
    """Take ``free`` columns for fields that are missing, as far as anything says so."""
    places = {claim.field: claim.index for claim in taken.values()}
    wanted = [field for field in PARTS if field not in {*closed, *places}]
    for claim in supposed(table, taken=places, free=free, wanted=wanted):
        taken[claim.index] = claim


def _is_free(claim: Claim, taken: Mapping[int, Claim]) -> bool:
    """Say whether nobody gave its column a field, and it has no surer one."""
    present = taken.get(claim.index)
    return present is None or (
        not _is_said(present) and present.field in {PRODUCT_KEY, PRODUCT_NAME}
    )


def _is_said(claim: Claim) -> bool:
    """Say whether a person decided it, now or some time before."""
    return claim.reason in {REVIEW, MAPPING, LEARNT}


def _why_left(index: int, said: Mapping[int, _Said], scales: Weighed) -> str:
    if index in said:
        return said[index].reason if not said[index].field else NO_FIELD
    return CONTRADICTED if index in scales.contradicted else NO_FIELD


def _left_out(name: str, index: int, reason: str) -> ColumnMatch:
    return ColumnMatch(
        header=name, index=index, field=None, confidence=0.0, reason=reason
    )


def _match(name: str, index: int, claim: Claim | None) -> ColumnMatch | None:
    if claim is None:
        return None
    is_time = claim.field == TIME_OF_DAY
    return ColumnMatch(
        header=name,
        index=index,
        field=MOMENT_FIELD if is_time else claim.field,
        confidence=min(claim.confidence, 1.0),
        reason=TIME_REASON if is_time else claim.reason,
    )
