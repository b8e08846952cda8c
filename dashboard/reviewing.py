"""The page of a review as data: what is shown of a file with what was said about it.

Pure: it takes what the selectors give and what the form said.
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from dashboard.asking import FILLABLE, Asked
from uploads.answers import Reading
from uploads.fields import FIELDS, MOMENT_FIELD, NUMBERS, REQUIRED
from uploads.services.filling import SURE, ColumnChoice

NUMBER, MOMENT, TEXT, NONE = "number", "moment", "text", ""
# Below this a match is a guess (processing/pipeline/synonyms.py).
LIKELY = 0.7
TOLD = "told"
# What a person confirms by leaving it as it was shown.
UNSURE = frozenset({"likely", "guess"})
# What is read from a workbook has no encoding and no delimiter of its own.
WORKBOOK = "a workbook"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A value as it stands in the file, and what it means; ``None`` if nothing."""

    text: str
    meaning: Decimal | dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One column of the file with what it is taken for now.

    ``sureness`` and ``reason`` are codes; ``mark`` and ``order`` are what was said, and
    ``found_mark`` and ``found_order`` what the file says. ``must_say`` asks for one.
    """

    index: int
    header: str
    field: str
    kind: str
    samples: tuple[Sample, ...]
    sureness: str
    reason: str
    learnt: Mapping[str, Any] | None
    mark: str
    found_mark: str
    order: str
    found_order: str
    must_say: bool

    @property
    def is_read(self) -> bool:
        """Whether its values mean something else than their text."""
        return self.kind in {NUMBER, MOMENT}

    @property
    def is_required(self) -> bool:
        return self.field in REQUIRED


def rows_of(shown: Mapping[str, Any], asked: Asked) -> tuple[Row, ...]:
    """Return the columns of a preview with what was said about them."""
    mixed = {
        question["field"]
        for question in shown["questions"]
        if question["code"].startswith("mixed_")
    }
    return tuple(
        _row(column, asked.columns.get(column["index"]), mixed)
        for column in shown["columns"]
    )


def _row(
    column: Mapping[str, Any], choice: ColumnChoice | None, mixed: set[str]
) -> Row:
    found = column["field"] or ""
    field = found if choice is None or choice.field is None else choice.field
    is_told = field != found
    kind = kind_of(field)
    mark = choice.decimal_mark if choice and kind == NUMBER else ""
    order = choice.date_order if choice and kind == MOMENT else ""
    row = Row(
        index=column["index"],
        header=column["header"],
        field=field,
        kind=kind,
        samples=(),
        sureness=TOLD if is_told else _sureness(column),
        reason=TOLD if is_told else column["reason"],
        learnt=None if is_told else column["learnt"],
        mark=mark,
        found_mark="" if is_told else column["decimal_mark"],
        order=order,
        found_order="" if is_told else column["date_order"],
        must_say=field in mixed and not (mark or order),
    )
    return dataclasses.replace(row, samples=_samples(row, column))


def unsure(rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the fields that are needed and only suggested: a person has to look."""
    return tuple(
        row.field for row in rows if row.is_required and row.sureness in UNSURE
    )


def kind_of(field: str) -> str:
    """Return what the values of a field are."""
    if field in NUMBERS:
        return NUMBER
    if field == MOMENT_FIELD:
        return MOMENT
    return TEXT if field in FIELDS else NONE


def _sureness(column: Mapping[str, Any]) -> str:
    if not column["field"]:
        return "none"
    if column["confidence"] >= SURE:
        return "sure"
    return "likely" if column["confidence"] >= LIKELY else "guess"


def _samples(row: Row, column: Mapping[str, Any]) -> tuple[Sample, ...]:
    texts: Sequence[str] = column["samples"]
    readings: Mapping[str, Sequence[str]] = column["readings"]
    meanings: Sequence[str] = ()
    if row.kind == NUMBER:
        convention = row.mark or row.found_mark
        meanings = _meanings(readings, convention, ("comma", "point"))
    elif row.kind == MOMENT:
        convention = row.order or row.found_order
        meanings = _meanings(readings, convention, ("day_first", "month_first"))
    meanings = [*meanings, *[""] * (len(texts) - len(meanings))]
    return tuple(
        Sample(text=text, meaning=_value(meaning, row.kind))
        for text, meaning in zip(texts, meanings, strict=True)
    )


def _meanings(
    readings: Mapping[str, Sequence[str]], convention: str, others: tuple[str, ...]
) -> Sequence[str]:
    """Return the meanings under a convention, or under the one that reads most."""
    if convention:
        return readings.get(convention, ())
    read = [readings.get(other, ()) for other in others]
    return max(read, key=lambda meanings: sum(map(bool, meanings)))


def _value(meaning: str, kind: str) -> Decimal | dt.datetime | None:
    if not meaning:
        return None
    try:
        return (
            Decimal(meaning) if kind == NUMBER else dt.datetime.fromisoformat(meaning)
        )
    except (InvalidOperation, ValueError):
        return None


def choices_of(
    rows: Sequence[Row], shown: Mapping[str, Any]
) -> tuple[ColumnChoice, ...]:
    """Return what is to be answered: what differs from what was shown.

    Columns that stand for one field are all named, so that none yields it unseen.
    """
    found = {column["index"]: column["field"] or "" for column in shown["columns"]}
    times = Counter(row.field for row in rows if row.field)
    return tuple(
        ColumnChoice(
            index=row.index,
            field=row.field,
            decimal_mark=row.mark,
            date_order=row.order,
        )
        for row in rows
        if row.field != found[row.index]
        or row.mark
        or row.order
        or (times[row.field] > 1 and row.field != MOMENT_FIELD)
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fill:
    """A field that one value for all rows may stand in for, and what was said."""

    field: str
    value: str


def fillable(questions: Sequence[Mapping[str, str]], asked: Asked) -> tuple[Fill, ...]:
    """Return what can be filled in where no column has it."""
    missing = {q["field"] for q in questions if q["code"] == "missing_column"}
    return tuple(
        Fill(field=field, value=asked.defaults.get(field, ""))
        for field in FILLABLE
        if field in missing or field in asked.defaults
    )


def merged(before: Reading, said: Reading) -> Reading:
    """Return how the file is to be cut now; nothing where that is as it was before."""
    both = Reading(**{**before.given(), **said.given()})
    return Reading() if both == before else both
