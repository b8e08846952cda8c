"""What follows from a row's own values: inferred columns, and contradictions.

All arithmetic is on whole numbers of ten-thousandths, so that nothing is lost. What
does not come out even at four decimals is rounded half up (away from zero).
"""

import polars as pl

from processing.pipeline.fields import MONEY_DIGITS, SCALE

UNIT = 10**SCALE
LARGEST = 10 ** (MONEY_DIGITS + SCALE)
# A total may differ from quantity times unit price by rounding: one unit of currency,
# or one in a hundred of the expected total.
TOLERANCE_UNITS = 1
TOLERANCE_SHARE = 100
MISMATCH = "mismatch"
PRICED = "priced"


def infer(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the columns that can be inferred filled in where absent.

    A value the file states is never replaced. A quotient by zero, or a result too
    large for its column, stays absent. ``priced`` says that the file stated the unit
    price, and ``mismatch`` that total, quantity, unit price and discount disagree.
    """
    counted = rows.with_columns(
        price_total_n=_whole("price_total"),
        quantity_n=_whole("quantity"),
        cost_unit_n=_whole("cost_unit"),
        cost_total_n=_whole("cost_total"),
        discount_n=_whole("discount_total").fill_null(0),
        commission_n=_whole("commission_total").fill_null(0),
        price_unit_n=_whole("price_unit"),
    )
    cost = pl.coalesce("cost_total_n", _product("cost_unit_n", "quantity_n"))
    rest = (
        pl.col("price_total_n") - cost - pl.col("discount_n") - pl.col("commission_n")
    )
    return counted.with_columns(
        _or_else("cost_total", _product("cost_unit_n", "quantity_n")),
        _or_else("cost_unit", _quotient("cost_total_n", "quantity_n")),
        _or_else("price_unit", _quotient("price_total_n", "quantity_n")),
        _or_else("margin", rest),
        pl.col("price_unit_n").is_not_null().alias(PRICED),
        _mismatch().alias(MISMATCH),
    ).drop(pl.selectors.ends_with("_n"))


def _whole(name: str) -> pl.Expr:
    return pl.col(name).to_physical()


def _lit(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int128)


def _product(left: str, right: str) -> pl.Expr:
    product = pl.col(left) * pl.col(right)
    return (product.abs() + _lit(UNIT // 2)) // _lit(UNIT) * product.sign()


def _quotient(upper: str, lower: str) -> pl.Expr:
    divisor = pl.when(pl.col(lower) != 0).then(pl.col(lower))
    doubled = pl.col(upper).abs() * _lit(2 * UNIT) + divisor.abs()
    return doubled // (divisor.abs() * _lit(2)) * pl.col(upper).sign() * divisor.sign()


def _or_else(name: str, inferred: pl.Expr) -> pl.Expr:
    small = pl.when(inferred.abs() < _lit(LARGEST)).then(inferred)
    money = small.cast(pl.Decimal(38, 0)) * pl.lit("0.0001").cast(pl.Decimal(38, SCALE))
    return pl.coalesce(pl.col(name), money).alias(name)


def _mismatch() -> pl.Expr:
    expected = pl.col("quantity_n") * pl.col("price_unit_n")
    stated = (pl.col("price_total_n") + pl.col("discount_n")) * _lit(UNIT)
    tolerance = pl.max_horizontal(
        expected.abs() // _lit(TOLERANCE_SHARE), _lit(TOLERANCE_UNITS * UNIT * UNIT)
    )
    return ((stated - expected).abs() > tolerance).fill_null(value=False)
