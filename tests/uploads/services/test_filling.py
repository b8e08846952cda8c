"""What an answer comes to, laid over what was detected."""

from typing import Any

import pytest

from uploads.errors import ReviewColumnUnknownError, ReviewIncompleteError
from uploads.services.filling import ColumnChoice, check_complete, told_columns

FIELDS = ("occurred_at", "transaction_id", "product_id", "quantity", "price_total")


def shown(*columns: tuple[str | None, float]) -> list[dict[str, Any]]:
    return [
        {
            "index": i,
            "header": f"h{i}",
            "field": f,
            "confidence": c,
            "reason": "synonym",
        }
        for i, (f, c) in enumerate(columns)
    ]


SURE = shown(*((field, 0.95) for field in FIELDS))
UNSURE = shown(*((field, 0.95) for field in FIELDS[:4]), ("price_total", 0.8))


def complete(columns: Any, *choices: ColumnChoice, **more: Any) -> None:
    told = told_columns(columns, choices)
    check_complete(columns, told, **{"defaults": {}, **more})


def codes(columns: Any, *choices: ColumnChoice, **more: Any) -> list[tuple[str, str]]:
    with pytest.raises(ReviewIncompleteError) as caught:
        complete(columns, *choices, **more)
    questions: Any = caught.value.facts["questions"]
    return [(question["code"], question["field"]) for question in questions]


def test_saying_nothing_confirms_what_was_unsure_and_that_is_news() -> None:
    told = told_columns(UNSURE, ())

    assert [(c.index, c.field, c.is_news) for c in told] == [(4, "price_total", True)]
    complete(UNSURE)


def test_what_was_sure_is_no_news_and_is_not_even_told() -> None:
    told = told_columns(SURE, [ColumnChoice(index=0, field="occurred_at")])

    assert [(c.index, c.is_news) for c in told] == [(0, False)]


def test_another_column_for_a_field_takes_it_from_the_unsure_one() -> None:
    told = told_columns(
        [*UNSURE, *shown(*[(None, 0.0)] * 6)[5:]],
        [ColumnChoice(index=5, field="price_total")],
    )

    assert [(c.index, c.field) for c in told] == [(5, "price_total")]


def test_what_every_sale_needs_and_nobody_named_is_open() -> None:
    choice = ColumnChoice(index=4, field="")

    assert codes(SURE, choice) == [("missing_column", "price_total")]
    complete(SURE, choice, defaults={"price_total": "0"})


def test_two_columns_make_one_field_only_if_it_is_a_moment() -> None:
    columns = [*SURE, *shown(*[(None, 0.0)] * 7)[5:]]
    twice = (ColumnChoice(index=4), ColumnChoice(index=5, field="price_total"))

    assert codes(columns, *twice) == [("column_conflict", "price_total")]
    complete(columns, ColumnChoice(index=0), ColumnChoice(index=5, field=FIELDS[0]))


def test_a_column_of_times_is_no_date() -> None:
    columns = [*SURE, {**SURE[0], "index": 5, "reason": "time of day"}]

    assert codes(columns, ColumnChoice(index=0, field="")) == [
        ("missing_column", "occurred_at")
    ]


def test_a_column_the_file_does_not_have_is_refused() -> None:
    with pytest.raises(ReviewColumnUnknownError, match="no column 9"):
        told_columns(SURE, [ColumnChoice(index=9, field="stock")])


def test_a_mixed_column_stays_open_until_its_convention_is_named() -> None:
    mixed = [{"code": "mixed_numbers", "field": "price_total", "columns": ["h4"]}]

    assert codes(SURE, mixed=mixed) == [("mixed_numbers", "price_total")]
    complete(SURE, ColumnChoice(index=4, decimal_mark="comma"), mixed=mixed)
