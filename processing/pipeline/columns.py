"""Which column is which field: by what was told, by name, by synonym."""

import dataclasses
from collections import defaultdict
from collections.abc import Mapping, Sequence

from processing.pipeline.errors import FileError
from processing.pipeline.fields import BY_NAME, REQUIRED
from processing.pipeline.findings import Assumption, ColumnMatch, Hints, Question
from processing.pipeline.synonyms import SURE, TIME_OF_DAY, fields_of

MOMENT_FIELD = "occurred_at"
TIME_REASON = "time of day"
PRODUCT_KEY, PRODUCT_NAME = "product_id", "description"
NAME_REASON = "the only name of the product"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What each column was taken for, what is open, and what was merely supposed."""

    columns: tuple[ColumnMatch, ...]
    questions: tuple[Question, ...]
    assumptions: tuple[Assumption, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    index: int
    field: str
    confidence: float
    reason: str


def match_columns(header: Sequence[str], hints: Hints) -> Matching:
    """Return the field of each column, and questions where only a person can tell.

    What the mapping says is not questioned. Two columns that claim a field equally are
    a question that names both, and neither gets it. Raises ``FileError`` if the mapping
    names a field that does not exist.
    """
    _check_fields(hints.mapping)
    claims = _claims(header, hints.mapping)
    conflicts = _conflicts(claims)
    taken = _settle(claims, conflicts)
    _let_name_be_key(taken, claims, conflicts, hints)
    columns = tuple(_match(name, i, taken.get(i)) for i, name in enumerate(header))
    questions = (
        *(_conflict_question(f, i, header) for f, i in conflicts.items()),
        *_missing(columns, conflicts, hints),
        *_unsure(columns),
    )
    return Matching(
        columns=columns, questions=questions, assumptions=_supposed(columns, hints)
    )


def _check_fields(mapping: Mapping[str, str]) -> None:
    unknown = sorted({f for f in mapping.values() if f and f not in BY_NAME})
    if unknown:
        raise FileError("unknown_field", fields=", ".join(unknown)[:100])


def _claims(header: Sequence[str], mapping: Mapping[str, str]) -> list[_Claim]:
    told = {name.strip().casefold(): field for name, field in mapping.items()}
    claims = []
    for index, name in enumerate(header):
        field = told.get(name.strip().casefold())
        if field is not None:
            if field:
                claims.append(_claim(index, field, 1.1, "mapping"))
            continue
        for possible, strength in fields_of(name).items():
            reason = "name" if strength >= 1 else "synonym"
            claims.append(_claim(index, possible, strength, reason))
    return sorted(claims, key=lambda claim: -claim.confidence)


def _claim(index: int, field: str, confidence: float, reason: str) -> _Claim:
    return _Claim(index=index, field=field, confidence=confidence, reason=reason)


def _conflicts(claims: Sequence[_Claim]) -> dict[str, tuple[int, ...]]:
    """Return the fields that several columns claim equally, as their first choice."""
    first_choices: dict[int, _Claim] = {}
    for claim in claims:
        first_choices.setdefault(claim.index, claim)
    best: dict[str, list[_Claim]] = defaultdict(list)
    for claim in first_choices.values():
        rivals = best[claim.field]
        if not rivals or rivals[0].confidence == claim.confidence:
            rivals.append(claim)
    return {
        field: tuple(sorted(claim.index for claim in rivals))
        for field, rivals in best.items()
        if len(rivals) > 1 and not _is_date_and_time(field, rivals)
    }


def _is_date_and_time(field: str, rivals: Sequence[_Claim]) -> bool:
    """Say whether a mapping joins two columns: only a date and its time may be."""
    return (
        field == MOMENT_FIELD
        and len(rivals) == len(("date", "time"))
        and all(claim.reason == "mapping" for claim in rivals)
    )


def _settle(
    claims: Sequence[_Claim], conflicts: Mapping[str, tuple[int, ...]]
) -> dict[int, _Claim]:
    taken: dict[int, _Claim] = {}
    fields = set(conflicts)
    contested = {index for indices in conflicts.values() for index in indices}
    for claim in claims:
        is_second_half = claim.reason == "mapping" and claim.field == MOMENT_FIELD
        if claim.index in taken or claim.index in contested:
            continue
        if claim.field in fields and not is_second_half:
            continue
        taken[claim.index] = claim
        fields.add(claim.field)
    return taken


def _let_name_be_key(
    taken: dict[int, _Claim],
    claims: Sequence[_Claim],
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
    nameable = [c for c in claims if c.field == PRODUCT_KEY and c.reason != "mapping"]
    others = {c.index for c in claims if c.field == PRODUCT_NAME}
    names = [c for c in nameable if c.index in others and _is_free(c, taken)]
    if len({c.index for c in nameable}) == len(names) == 1:
        taken[names[0].index] = _claim(names[0].index, PRODUCT_KEY, SURE, NAME_REASON)


def _is_free(claim: _Claim, taken: Mapping[int, _Claim]) -> bool:
    """Say whether its column has no field that a mapping gave it, or a surer one."""
    present = taken.get(claim.index)
    return present is None or (
        present.reason != "mapping" and present.field in {PRODUCT_KEY, PRODUCT_NAME}
    )


def _match(name: str, index: int, claim: _Claim | None) -> ColumnMatch:
    if claim is None:
        return ColumnMatch(
            header=name, index=index, field=None, confidence=0.0, reason="no field"
        )
    is_time = claim.field == TIME_OF_DAY
    return ColumnMatch(
        header=name,
        index=index,
        field=MOMENT_FIELD if is_time else claim.field,
        confidence=min(claim.confidence, 1.0),
        reason=TIME_REASON if is_time else claim.reason,
    )


def _conflict_question(
    field: str, indices: Sequence[int], header: Sequence[str]
) -> Question:
    names = tuple(header[index] for index in indices)
    listed = " and ".join(f"“{name}”" for name in names)
    return Question(
        code="column_conflict",
        field=field,
        columns=names,
        message=f"Columns {listed} both look like {field}; choose one.",
    )


def _missing(
    columns: Sequence[ColumnMatch],
    conflicts: Mapping[str, tuple[int, ...]],
    hints: Hints,
) -> list[Question]:
    found = {c.field for c in columns if c.reason != TIME_REASON}
    return [
        Question(
            code="missing_column",
            field=field,
            columns=(),
            message=f"No column was recognised as {field}, which every sale needs.",
        )
        for field in REQUIRED
        if field not in found and field not in conflicts and field not in hints.defaults
    ]


def _unsure(columns: Sequence[ColumnMatch]) -> list[Question]:
    return [
        Question(
            code="unsure_column",
            field=column.field,
            columns=(column.header,),
            message=f"Column “{column.header}” may be {column.field}; confirm it.",
        )
        for column in columns
        if column.field in REQUIRED and column.confidence < SURE
    ]


def _supposed(columns: Sequence[ColumnMatch], hints: Hints) -> tuple[Assumption, ...]:
    present = {column.header.strip().casefold() for column in columns}
    absent = [
        Assumption(kind="absent_header", column=name, assumed="ignored", values=0)
        for name in hints.mapping
        if name.strip().casefold() not in present
    ]
    unsure = [
        Assumption(kind="column", column=column.header, assumed=column.field, values=0)
        for column in columns
        if column.field is not None
        and (column.confidence < SURE or column.reason == NAME_REASON)
    ]
    return (*absent, *unsure)
