"""What remains open once the columns are matched: questions, and what was supposed."""

from collections.abc import Mapping, Sequence

from processing.pipeline.claims import CONTRADICTED
from processing.pipeline.fields import REQUIRED
from processing.pipeline.findings import Assumption, ColumnMatch, Hints, Question
from processing.pipeline.guesses import fields_of
from processing.pipeline.synonyms import SURE, is_field_name

TIME_REASON = "time of day"
NAME_REASON = "the only name of the product"
ONLY_REASON = "the only one of its kind"
LEARNT = "learnt"


def folded(header: str) -> str:
    """Return what two spellings of one header have in common: all but case and rim."""
    return header.strip().casefold()


def questions_about(
    columns: Sequence[ColumnMatch],
    conflicts: Mapping[str, tuple[int, ...]],
    hints: Hints,
) -> tuple[Question, ...]:
    """Return what only a person can tell about the columns."""
    return (
        *(_conflict_question(f, i, columns) for f, i in conflicts.items()),
        *_missing(columns, conflicts, hints),
        *_unsure(columns),
    )


def _conflict_question(
    field: str, indices: Sequence[int], columns: Sequence[ColumnMatch]
) -> Question:
    names = tuple(columns[index].header for index in indices)
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


def supposed_of(columns: Sequence[ColumnMatch], hints: Hints) -> tuple[Assumption, ...]:
    """Return what was merely supposed about the columns, and who was overruled."""
    present = {folded(column.header) for column in columns}
    absent = [
        _assumption("absent_header", name, "ignored")
        for name in hints.mapping
        if folded(name) not in present
    ]
    unsure = [
        _assumption("column", column.header, column.field)
        for column in columns
        if column.field is not None
        and (column.confidence < SURE or column.reason in {NAME_REASON, ONLY_REASON})
    ]
    contradicted = [
        _assumption("values", column.header, "ignored")
        for column in columns
        if column.field is None and column.reason == CONTRADICTED
    ]
    return (*absent, *unsure, *contradicted, *_taught(columns, hints))


def _taught(columns: Sequence[ColumnMatch], hints: Hints) -> list[Assumption]:
    """Return where the words of a header and what we were taught say two things."""
    return [
        _assumption("learnt", column.header, column.field or "ignored")
        if column.reason == LEARNT
        else _assumption("learnt_overruled", column.header, column.field or "ignored")
        for column in columns
        if _is_contradicted(column, hints)
    ]


def _is_contradicted(column: ColumnMatch, hints: Hints) -> bool:
    if column.reason != LEARNT:
        taught = hints.learnt.get(folded(column.header), column.field)
        return is_field_name(column.header) and taught != column.field
    return any(
        strength >= SURE and field != column.field
        for field, strength in fields_of(column.header).items()
    )


def _assumption(kind: str, column: str, assumed: str) -> Assumption:
    return Assumption(kind=kind, column=column, assumed=assumed, values=0)
