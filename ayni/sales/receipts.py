"""Receipts: what one customer bought at one moment, line by line."""

import datetime as dt
import random
from collections.abc import Iterator

from ayni.sales.catalogue import (
    Amount,
    Product,
    make_customers,
    make_products,
    pick,
)

HEADER = (
    "Fecha;N° Boleta;Código Producto;Descripción;Categoría;Cliente;"
    "Cantidad;Precio Unitario;Total;Costo Total"
)
FIRST_DAY = dt.date(2024, 1, 1)
DAYS = 366
MOST_LINES = 7
# Some tills write only the day.
TIMED_SHARE = 0.7
RETURNED_SHARE = 0.02
# The same product twice on one receipt: two sales, not one.
REPEATED_SHARE = 0.03
OPENS_SECOND, OPEN_SECONDS = 8 * 3600, 13 * 3600


def receipt_lines(rows: int, *, seed: int) -> Iterator[tuple[str, Amount]]:
    """Yield ``rows`` regular lines, without their ends, oldest receipt first.

    Receipts carry the seed in their number, so that files of different seeds share no
    key. Lines hold neither quotation marks nor line breaks.
    """
    rng = random.Random(seed)  # noqa: S311 - repeatable, not secret
    products, customers = make_products(rng), make_customers(rng)
    days = [f"{FIRST_DAY + dt.timedelta(days=n):%d-%m-%Y}" for n in range(DAYS)]
    done = number = 0
    while done < rows:
        number += 1
        head = f"{_moment(rng, days[done * DAYS // rows])};B{seed}-{number:07d}"
        customer = customers[pick(rng, len(customers))]
        lines = min(1 + pick(rng, MOST_LINES), rows - done)
        for product, amount in _basket(rng, products, lines=lines):
            yield f"{head};{product.text};{customer};{amount.text}", amount
        done += lines


def _moment(rng: random.Random, day: str) -> str:
    if rng.random() >= TIMED_SHARE:
        return day
    minutes, second = divmod(OPENS_SECOND + pick(rng, OPEN_SECONDS), 60)
    hour, minute = divmod(minutes, 60)
    return f"{day} {hour:02d}:{minute:02d}:{second:02d}"


def _basket(
    rng: random.Random, products: tuple[Product, ...], *, lines: int
) -> Iterator[tuple[Product, Amount]]:
    is_returned = rng.random() < RETURNED_SHARE
    product = products[pick(rng, len(products))]
    for position in range(lines):
        if position and rng.random() >= REPEATED_SHARE:
            product = products[pick(rng, len(products))]
        amounts = product.returned if is_returned else product.sold
        yield product, amounts[pick(rng, len(amounts))]
