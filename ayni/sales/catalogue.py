"""What the made-up shop sells, to whom, and how a till writes its numbers.

Everything a regular line needs is rendered once here; a line is then joined from ready
pieces, which is what makes a million of them quick.
"""

import dataclasses
import random

# One peso is 10,000 units and so is one piece: what the table keeps exactly.
UNITS = 10_000
CUSTOMERS = 2_000
# A third of those who buy in a shop leave no number.
NAMELESS_SHARE = 0.35
WEIGHTS_PER_PRODUCT = 12
MOST_PIECES = 6

# Category, what is in it, whether it is weighed, and the cheapest price in pesos.
SHELVES: tuple[tuple[str, tuple[str, ...], bool, int], ...] = (
    (
        "Almacén",
        ("Café molido", "Azúcar rubia", "Té verde", "Ají de color"),
        False,
        990,
    ),
    ("Lácteos", ("Leche semidescremada", "Yogur de piña", "Quesillo"), False, 450),
    ("Panadería", ("Marraqueta", "Hallulla", "Pan de molde"), True, 1_690),
    ("Fiambrería", ("Jamón acaramelado", "Salchichón", "Queso chanco"), True, 6_990),
    ("Verdulería", ("Limón de Pica", "Plátano", "Piñón", "Ñoquis"), True, 890),
    ("Bebidas y licores", ("Agua mineral", "Piscola", "Néctar de durazno"), False, 790),
    ("Aseo", ("Jabón líquido", "Limpiavidrios", "Cloro tradicional"), False, 1_190),
    ("Bebé", ("Pañales talla M", "Toallitas húmedas"), False, 2_490),
)
BRANDS = ("Ñuble", "Araucanía", "Doña Inés", "El Roble", "Cordillera", "Biobío")
SIZES = ("chico", "mediano", "grande", "tamaño familiar")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much was sold for how much: in units, and as the last cells of a line."""

    quantity: int
    total: int
    text: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """One product: its cells of a line, and every amount it is sold or returned in."""

    text: str
    sold: tuple[Amount, ...]
    returned: tuple[Amount, ...]


def make_products(rng: random.Random) -> tuple[Product, ...]:
    """Return the shop's products, each with the amounts it is ever sold in."""
    names = [
        (f"{name} {brand} {size}", category, is_weighed, cheapest)
        for category, goods, is_weighed, cheapest in SHELVES
        for name in goods
        for brand in BRANDS
        for size in SIZES
    ]
    return tuple(
        Product(
            text=f"SKU-{number:05d};{name};{category}",
            sold=tuple(_amount(milli, price, sign=1) for milli in quantities),
            returned=tuple(_amount(milli, price, sign=-1) for milli in quantities),
        )
        for number, (name, category, is_weighed, cheapest) in enumerate(names, start=1)
        for price in [_price(rng, cheapest)]
        for quantities in [_weights(rng) if is_weighed else _pieces()]
    )


def make_customers(rng: random.Random) -> tuple[str, ...]:
    """Return the customers' RUT as tills print them, and "" for the nameless."""
    named = [_rut(4_000_000 + pick(rng, 22_000_000)) for _ in range(CUSTOMERS)]
    nameless = int(CUSTOMERS * NAMELESS_SHARE / (1 - NAMELESS_SHARE))
    return (*named, *[""] * nameless)


def pick(rng: random.Random, below: int) -> int:
    """Return a number from 0 up to ``below``.

    Only ``random()`` is promised to give the same on every Python; the methods built
    on it are not.
    """
    return int(rng.random() * below)


def decimal_text(value: int, *, places: int) -> str:
    """Write ``value``, counted in the last place, as Chile does: ``-1.990,50``."""
    whole, fraction = divmod(abs(value), 10**places)
    sign = "-" if value < 0 else ""
    grouped = f"{whole:,}".replace(",", ".")
    if not fraction:
        return f"{sign}{grouped}"
    return f"{sign}{grouped},{fraction:0{places}d}"


def _price(rng: random.Random, cheapest: int) -> int:
    """Return a price in hundredths of a peso; one in ten is net and has a fraction."""
    pesos = cheapest + 10 * pick(rng, 900)
    return 100 * pesos + (50 if pick(rng, 10) == 0 else 0)


def _weights(rng: random.Random) -> tuple[int, ...]:
    return tuple(55 + 5 * pick(rng, 500) for _ in range(WEIGHTS_PER_PRODUCT))


def _pieces() -> tuple[int, ...]:
    return tuple(1000 * pieces for pieces in range(1, MOST_PIECES + 1))


def _amount(milli: int, price: int, *, sign: int) -> Amount:
    """Price a quantity given in thousandths; a weighed total is in whole pesos."""
    is_weighed = bool(milli % 1000)
    exact = milli * price // 1000
    total = exact // 100 * 100 if is_weighed else exact
    cost = 100 * (total * 64 // 10_000)
    cells = (
        decimal_text(sign * milli, places=3),
        decimal_text(price, places=2),
        decimal_text(sign * total, places=2),
        decimal_text(sign * cost, places=2),
    )
    return Amount(
        quantity=sign * milli * UNITS // 1000,
        total=sign * total * UNITS // 100,
        text=";".join(cells),
    )


def _rut(number: int) -> str:
    """Return a RUT with its check digit (modulo 11, weights 2 to 7 from the right)."""
    weights = (2, 3, 4, 5, 6, 7)
    digits = [int(digit) for digit in reversed(str(number))]
    total = sum(digit * weights[i % 6] for i, digit in enumerate(digits))
    check = "0123456789K"[-total % 11]
    return f"{number:,}".replace(",", ".") + f"-{check}"
