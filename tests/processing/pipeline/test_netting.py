"""Of two totals, the one that a discount was taken from already was paid."""

import itertools
from typing import Any

import pytest

from processing.pipeline import netting
from tests.processing.pipeline.test_weighing import fields, matched, questions, table

GROSS = ("2.500", "1.200", "5.000", "1.500")
NET = ("2.500", "1.000", "4.500", "1.500")
TAKEN = ("0", "200", "500", "0")
AS_CREDIT = ("", "-200", "-500", "")


@pytest.mark.parametrize("discounts", [TAKEN, AS_CREDIT])
@pytest.mark.parametrize(
    ("gross", "net"),
    [
        ("Ventas brutas", "Ventas netas"),
        ("Gross Sales", "Net Sales"),
        ("Total boleta", "Total pagado"),
    ],
)
def test_the_total_after_the_discount_is_what_was_paid(
    gross: str, net: str, discounts: tuple[str, ...]
) -> None:
    columns = table(Total=(), **{gross: GROSS, "Descuentos": discounts, net: NET})

    matching = matched(columns)

    assert questions(matching) == []
    assert fields(matching)[-3:] == [None, "discount_total", "price_total"]


def test_where_nothing_was_discounted_the_name_says_it() -> None:
    none = ("0", "0", "0", "0")
    columns = {"Gross Sales": GROSS, "Discounts": none, "Net Sales": GROSS}

    matching = matched(table(Total=(), **columns))

    assert fields(matching)[-3:] == [None, "discount_total", "price_total"]


def test_totals_that_differ_by_a_tax_stay_as_the_words_say() -> None:
    with_tax = ("2.975", "1.428", "5.950", "1.785")
    columns = {"Total Bruto": with_tax, "Descuento": TAKEN, "Total Neto": GROSS}

    matching = matched(table(Total=(), **columns))

    assert fields(matching)[-3:] == ["price_total", "discount_total", None]


def test_the_exact_name_of_the_field_is_not_doubted() -> None:
    columns = {"price_total": GROSS, "Descuentos": TAKEN, "Net Sales": NET}

    matching = matched(table(Total=(), **columns))

    assert fields(matching)[-3:] == ["price_total", "discount_total", None]


@pytest.mark.parametrize(
    "fees", [("375", "180", "750", "225"), ("-375", "-180", "-750", "-225")]
)
def test_what_a_market_pays_out_after_its_commission_is_not_what_was_paid(
    fees: tuple[str, ...],
) -> None:
    paid_out = ("2125", "1020", "4250", "1275")
    columns = {
        "Ingresos por productos": GROSS,
        "Comisión": fees,
        "Monto total": paid_out,
    }

    matching = matched(table(Total=(), **columns))

    assert fields(matching)[-3:] == ["price_total", "commission_total", None]


def test_a_total_after_discount_and_tax_is_what_was_paid() -> None:
    columns = table(
        Cantidad=("2", "5", "3", "1"),
        Precio=("62.40", "14.50", "44.00", "38.90"),
        Total=(),
        Subtotal=("124.80", "72.50", "132.00", "38.90"),
        Descuento=("0.00", "2.50", "0.00", "1.90"),
        **{"IVA 12%": ("14.98", "8.40", "0.00", "4.44")},
        **{"V. Total": ("139.78", "78.40", "132.00", "41.44")},
    )

    assert fields(matched(columns))[-4:] == [
        None,
        "discount_total",
        None,
        "price_total",
    ]


def test_a_header_of_nothing_but_totals_is_settled_after_few_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries = itertools.count()
    reckon = netting._is_after

    def counted(*rows: Any, **told: Any) -> bool:
        next(tries)
        return reckon(*rows, **told)

    monkeypatch.setattr(netting, "_is_after", counted)
    columns = {
        f"{kind}{' ' * n}": values
        for kind, values in (
            ("Total", ("10", "20", "30", "40")),
            ("Descuento", ("1", "2", "3", "4")),
            ("IVA", ("3", "3", "3", "3")),
        )
        for n in range(1, 15)
    }

    matched(table(Total=(), **columns))

    # Eight of each: pairs of totals, two decimal marks, discounts, taxes and none; once
    # to weigh what they are, and once to suppose it.
    assert next(tries) <= 2 * 8 * 7 * 2 * 8 * 9
