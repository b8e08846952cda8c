from decimal import Decimal

import polars as pl
import pytest

from processing.pipeline.fields import NUMBERS
from processing.pipeline.numbers import WIDE
from processing.pipeline.rules import MISMATCH, PRICED, infer


def inferred(**told: str) -> dict[str, Decimal | bool | None]:
    values = {
        f.name: Decimal(told[f.name]) if f.name in told else None for f in NUMBERS
    }
    schema = dict.fromkeys(values, WIDE)
    rows = pl.DataFrame({k: [v] for k, v in values.items()}, schema=schema)
    return infer(rows).row(0, named=True)


@pytest.mark.parametrize(
    ("told", "field", "expected"),
    [
        pytest.param(
            {"cost_unit": "2.5", "quantity": "3"}, "cost_total", "7.5", id="cost total"
        ),
        pytest.param(
            {"cost_total": "10", "quantity": "3"}, "cost_unit", "3.3333", id="cost unit"
        ),
        pytest.param(
            {"price_total": "10", "quantity": "6"}, "price_unit", "1.6667", id="rounded"
        ),
        pytest.param(
            {"price_total": "0.0001", "quantity": "2"},
            "price_unit",
            "0.0001",
            id="half",
        ),
        pytest.param(
            {"price_total": "-0.0001", "quantity": "2"},
            "price_unit",
            "-0.0001",
            id="half, below zero",
        ),
        pytest.param(
            {"price_total": "-10", "quantity": "-4"}, "price_unit", "2.5", id="a return"
        ),
        pytest.param(
            {"price_total": "10", "cost_total": "6"}, "margin", "4", id="margin"
        ),
        pytest.param(
            {
                "price_total": "10",
                "quantity": "2",
                "cost_unit": "3",
                "discount_total": "1",
                "commission_total": "0.5",
            },
            "margin",
            "2.5",
            id="margin less all",
        ),
        pytest.param(
            {"price_total": "10", "quantity": "2", "price_unit": "7"},
            "price_unit",
            "7",
            id="what is stated stays",
        ),
        pytest.param(
            {"cost_unit": "999999999999", "quantity": "0.5"},
            "cost_total",
            "499999999999.5",
            id="large",
        ),
    ],
)
def test_what_follows_is_filled_in(
    told: dict[str, str], field: str, expected: str
) -> None:
    assert inferred(**told)[field] == Decimal(expected)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        pytest.param(
            {"price_total": "10", "quantity": "0"}, "price_unit", id="by zero"
        ),
        pytest.param({"price_total": "10"}, "margin", id="no cost"),
        pytest.param({"cost_unit": "10"}, "cost_total", id="no quantity"),
        pytest.param(
            {"cost_unit": "999999999999", "quantity": "1.5"},
            "cost_total",
            id="too large",
        ),
        pytest.param(
            {"price_total": "999999999999", "quantity": "0.5"}, "price_unit", id="huge"
        ),
        pytest.param({}, "discount_total", id="a discount is never supposed"),
    ],
)
def test_what_does_not_follow_stays_absent(told: dict[str, str], field: str) -> None:
    assert inferred(**told)[field] is None


@pytest.mark.parametrize(
    ("total", "unit", "discount", "mismatch"),
    [
        pytest.param("200", "100", None, False, id="agrees"),
        pytest.param("201", "100", None, False, id="rounded to a unit"),
        pytest.param("202.5", "100", None, True, id="beyond"),
        pytest.param("19900", "10000", None, False, id="within a hundredth"),
        pytest.param("19700", "10000", None, True, id="beyond a hundredth"),
        pytest.param("180", "100", "20", False, id="less a discount"),
        pytest.param("180", "100", None, True, id="a discount not told"),
        pytest.param("200", None, None, False, id="no unit price"),
    ],
)
def test_a_total_far_from_its_parts_is_remarked(
    total: str, unit: str | None, discount: str | None, *, mismatch: bool
) -> None:
    told = {"quantity": "2", "price_total": total}
    told |= {"price_unit": unit} if unit else {}
    told |= {"discount_total": discount} if discount else {}

    row = inferred(**told)

    assert row[MISMATCH] is mismatch
    assert row[PRICED] is (unit is not None)
