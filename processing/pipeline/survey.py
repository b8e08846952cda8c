"""A first look at every record: which conventions the values of each column prove."""

import dataclasses
from collections.abc import Iterable, Mapping

import polars as pl

from processing.pipeline import moments, numbers
from processing.pipeline.casts import MOMENT_FIELD, present
from processing.pipeline.fields import BY_NAME, Kind
from processing.pipeline.findings import (
    Assumption,
    ColumnMatch,
    DateOrder,
    DecimalMark,
    Hints,
    Question,
)
from processing.pipeline.frames import name_of
from processing.pipeline.moments import OrderEvidence
from processing.pipeline.numbers import MarkEvidence
from processing.pipeline.rounding import CALCULATED_DIGITS


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What the values of a file prove, by field."""

    marks: Mapping[str, MarkEvidence]
    order: OrderEvidence


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Conventions:
    """The convention of every field that needs one, and what was not proven."""

    marks: Mapping[str, DecimalMark]
    orders: Mapping[str, DateOrder]
    assumptions: tuple[Assumption, ...]
    questions: tuple[Question, ...]


def surveyed_columns(columns: Iterable[ColumnMatch]) -> tuple[int, ...]:
    """Return the positions of the columns whose values are looked at."""
    return tuple(sorted(_places(columns).values()))


def _places(columns: Iterable[ColumnMatch]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column in columns:
        if column.field is not None and BY_NAME[column.field].kind is not Kind.TEXT:
            places.setdefault(column.field, column.index)
    return places


def survey_frames(
    frames: Iterable[pl.DataFrame],
    columns: Iterable[ColumnMatch],
    *,
    least_digits: int = CALCULATED_DIGITS,
) -> Survey:
    """Return the evidence of all frames, which are gone through once."""
    places = _places(columns)
    names = [n for n in places if BY_NAME[n].kind is Kind.NUMBER]
    marks = dict.fromkeys(names, MarkEvidence())
    order = OrderEvidence()
    for frame in frames:
        if names:
            # Words for an absent value have no digits, and so prove nothing.
            texts = (pl.col(name_of(places[n])).alias(n) for n in names)
            found = numbers.count_marks(frame.select(texts), least_digits=least_digits)
            marks = {n: numbers.add_marks(marks[n], found[n]) for n in names}
        if MOMENT_FIELD in places:
            dates = frame.select(present(places[MOMENT_FIELD])).to_series()
            order = moments.add_orders(order, moments.count_orders(dates))
    return Survey(marks=marks, order=order)


def settle_conventions(
    survey: Survey, columns: Iterable[ColumnMatch], hints: Hints
) -> Conventions:
    """Return the conventions: told, else proven, else as elsewhere, else assumed."""
    headers: dict[str, str] = {}
    for column in columns:
        if column.field is not None:
            headers.setdefault(column.field, column.header)
    usual = _usual_mark(survey) or hints.decimal_mark
    marks = {
        field.name: hints.forced_marks.get(field.name)
        or hints.forced_decimal_mark
        or numbers.proven_mark(survey.marks.get(field.name, MarkEvidence()))
        or usual
        for field in BY_NAME.values()
        if field.kind is Kind.NUMBER
    }
    order = (
        hints.forced_date_order
        or moments.proven_order(survey.order)
        or hints.date_order
    )
    told = BY_NAME if hints.forced_decimal_mark else hints.forced_marks
    unsaid = dataclasses.replace(
        survey, marks={n: e for n, e in survey.marks.items() if n not in told}
    )
    assumed = _assumed_marks(unsaid, marks, headers)
    dates = () if hints.forced_date_order else _assumed_order(survey, order, headers)
    return Conventions(
        marks=marks,
        orders={MOMENT_FIELD: order},
        assumptions=(*assumed, *dates, *_roundings(survey, marks, headers)),
        questions=_mixed(unsaid, headers, hints),
    )


def _usual_mark(survey: Survey) -> DecimalMark | None:
    """Return the convention of all columns that prove one, if they agree."""
    proven = {numbers.proven_mark(e) for e in survey.marks.values()} - {None}
    return proven.pop() if len(proven) == 1 else None


def _assumed_marks(
    survey: Survey, marks: Mapping[str, DecimalMark], headers: Mapping[str, str]
) -> tuple[Assumption, ...]:
    return tuple(
        Assumption(
            kind="decimal_mark",
            column=headers[name],
            assumed=marks[name],
            values=evidence.either,
        )
        for name, evidence in survey.marks.items()
        if evidence.either and numbers.proven_mark(evidence) is None
    )


def _assumed_order(
    survey: Survey, order: DateOrder, headers: Mapping[str, str]
) -> tuple[Assumption, ...]:
    if not survey.order.either or moments.proven_order(survey.order) is not None:
        return ()
    return (
        Assumption(
            kind="date_order",
            column=headers[MOMENT_FIELD],
            assumed=order,
            values=survey.order.either,
        ),
    )


def _roundings(
    survey: Survey, marks: Mapping[str, DecimalMark], headers: Mapping[str, str]
) -> tuple[Assumption, ...]:
    return tuple(
        Assumption(
            kind="decimals",
            column=headers[name],
            assumed="rounded",
            values=evidence.rounded[marks[name]],
        )
        for name, evidence in survey.marks.items()
        if marks[name] in evidence.rounded
    )


def _mixed(
    survey: Survey, headers: Mapping[str, str], hints: Hints
) -> tuple[Question, ...]:
    mixed = [
        ("mixed_numbers", name)
        for name, evidence in survey.marks.items()
        if numbers.is_contradictory(evidence)
    ]
    if not hints.forced_date_order and moments.is_contradictory(survey.order):
        mixed.append(("mixed_dates", MOMENT_FIELD))
    return tuple(
        Question(
            code=code,
            field=name,
            columns=(headers[name],),
            message=f"Column “{headers[name]}” mixes two conventions; say which holds.",
        )
        for code, name in mixed
    )
