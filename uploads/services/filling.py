"""What an answer comes to once it is laid over what was detected. Pure.

What was shown as unsure and left alone is confirmed by the answer; what every sale
needs and nobody named is refused here, before a job would find out.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from uploads.answers import ToldColumn
from uploads.errors import ReviewColumnUnknownError, ReviewIncompleteError
from uploads.fields import MOMENT_FIELD, REQUIRED

# What the pipeline lands without a question (processing/pipeline/synonyms.py).
SURE = 0.9
MOST_MOMENT_COLUMNS = 2
# A column of times joins one of dates, and is no date by itself.
TIME_ONLY = "time of day"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ColumnChoice:
    """What was said of one column; ``None`` leaves its field as it was shown."""

    index: int
    field: str | None = None
    decimal_mark: str = ""
    date_order: str = ""


def told_columns(
    shown: Sequence[Mapping[str, Any]], choices: Sequence[ColumnChoice]
) -> tuple[ToldColumn, ...]:
    """Return what was said of the columns, and what was confirmed by saying nothing.

    ``shown`` are the columns as they were shown: header, index, field, confidence.
    Raises ``ReviewColumnUnknownError``.
    """
    by_index = {column["index"]: column for column in shown}
    said = {choice.index: choice for choice in choices}
    if unknown := sorted(set(said) - set(by_index)):
        raise ReviewColumnUnknownError(index=unknown[0], columns=len(by_index))
    taken = {choice.field for choice in choices if choice.field}
    confirmed = {
        index: ColumnChoice(index=index)
        for index, column in by_index.items()
        if column["field"]
        and column["confidence"] < SURE
        and column["field"] not in taken
    }
    return tuple(
        _told(by_index[index], choice)
        for index, choice in sorted({**confirmed, **said}.items())
    )


def _told(column: Mapping[str, Any], choice: ColumnChoice) -> ToldColumn:
    shown = column["field"] or ""
    field = shown if choice.field is None else choice.field
    is_unsure = bool(field) and column["confidence"] < SURE
    return ToldColumn(
        index=choice.index,
        header=column["header"],
        field=field,
        decimal_mark=choice.decimal_mark,
        date_order=choice.date_order,
        is_news=field != shown or is_unsure,
    )


def check_complete(
    shown: Sequence[Mapping[str, Any]],
    told: Sequence[ToldColumn],
    *,
    defaults: Mapping[str, str],
    mixed: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Raise ``ReviewIncompleteError`` if a person is still needed after this answer.

    ``mixed`` are the questions about columns that mix two conventions.
    """
    said = {column.index for column in told}
    counts = Counter(column.field for column in told if column.field)
    left = [c for c in shown if c["index"] not in said and c["reason"] != TIME_ONLY]
    found = {*counts, *(column["field"] for column in left)}
    allowed = {MOMENT_FIELD: MOST_MOMENT_COLUMNS}
    open_ = [
        *(
            _open("column_conflict", f)
            for f, n in counts.items()
            if n > allowed.get(f, 1)
        ),
        *(
            _open("missing_column", field)
            for field in REQUIRED
            if field not in found and field not in defaults
        ),
        *(
            _open(question["code"], question["field"])
            for question in mixed
            if not _is_settled(question, told)
        ),
    ]
    if open_:
        fields = ", ".join(sorted({question["field"] for question in open_}))
        raise ReviewIncompleteError(questions=open_, fields=fields)


def _open(code: str, field: str) -> dict[str, str]:
    return {"code": code, "field": field}


def _is_settled(question: Mapping[str, Any], told: Sequence[ToldColumn]) -> bool:
    """Say whether a convention was named, or the column is something else now."""
    field = question["field"]
    about = [c for c in told if c.field == field or c.header in question["columns"]]
    return any(c.field != field or c.decimal_mark or c.date_order for c in about)
