"""Tables of many shapes, invented, and how programs write them."""

import dataclasses
import itertools
import random
from collections.abc import Callable, Sequence

Row = tuple[str, ...]

PLACES = ("Arica", "La Serena", "Viña del Mar", "Ñuble", "Puerto Montt", "Coyhaique")
PEOPLE = (
    "Ana Rojas",
    "Luis Peña",
    "O'Higgins, B.",
    "Sofía Díaz",
    "Iván Soto",
    "Eva M.",
)
GOODS = ("Gorro, lana", "Té verde 20 un.", 'Tubo 3/4" PVC', "Café; molido", "Pan | kg")
REMARKS = ("", "ok", "retira el lunes", "segunda, línea", "llamar antes de las 10:30")
WORDS = ("rojo", "azul", "verde", "norte", "sur", "alto", "bajo", "claro", "denso")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    """The names of the columns, which may be none, and the records."""

    shape: str
    header: Row
    rows: tuple[Row, ...]

    @property
    def lines(self) -> tuple[Row, ...]:
        return (self.header, *self.rows) if self.header else self.rows


@dataclasses.dataclass(frozen=True, kw_only=True)
class Style:
    """How a table is written. ``marks`` stand where they are ``needed``, around
    ``texts`` or around ``all`` cells.
    """

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    marks: str = "needed"
    ending: str = "\n"

    def cell(self, text: str) -> str:
        signs = (self.delimiter, self.quote, "\n", "\r", self.escape or self.quote)
        is_text = bool(text) and not text.replace(".", "").isdigit()
        is_marked = self.marks == "all" or (self.marks == "texts" and is_text)
        if not is_marked and not any(sign in text for sign in signs):
            return text
        return self.marked(text)

    def marked(self, text: str) -> str:
        quote, escape = self.quote, self.escape
        if escape:
            inner = text.replace(escape, escape * 2).replace(quote, escape + quote)
        else:
            inner = text.replace(quote, quote * 2)
        return f"{quote}{inner}{quote}"

    def cells(self, row: Row) -> list[str]:
        return [self.cell(text) for text in row]

    def line(self, row: Row) -> str:
        return self.delimiter.join(self.cells(row))

    def text(self, lines: Sequence[str]) -> str:
        return "".join(f"{line}{self.ending}" for line in lines)

    def written(self, table: Table) -> str:
        return self.text([self.line(row) for row in table.lines])


def _sale(rng: random.Random, number: int) -> Row:
    day = f"{rng.randint(1, 28):02}-{rng.randint(1, 12):02}-2023"
    price = f"{rng.randint(100, 99_999) / 100:.2f}"
    return (
        *(day, f"{rng.randint(8, 20):02}:{rng.randint(0, 59):02}", f"B{number:05}"),
        *(f"SKU-{rng.randint(1, 99):03}", rng.choice(GOODS), str(rng.randint(1, 12))),
        *(price, rng.choice(REMARKS)),
    )


def _person(rng: random.Random, number: int) -> Row:
    return (rng.choice(PEOPLE), rng.choice(PLACES), " ".join(rng.sample(WORDS, 2)))


def _worded(rng: random.Random, number: int) -> Row:
    return tuple(rng.choice(WORDS) for _ in range(4))


def _measured(rng: random.Random, number: int) -> Row:
    return tuple(str(rng.randint(0, 999)) for _ in range(3))


def _pair(rng: random.Random, number: int) -> Row:
    return str(number), rng.choice(PLACES)


def _wide(rng: random.Random, number: int) -> Row:
    kinds = (str(rng.randint(0, 50)), rng.choice(WORDS), f"{rng.random():.3f}", "")
    return (f"id{number}", *itertools.islice(itertools.cycle(kinds), 23), "fin")


def _tables(
    shape: str,
    header: str,
    counts: Sequence[int],
    row: Callable[[random.Random, int], Row],
) -> list[Table]:
    rng = random.Random(shape)
    return [
        Table(
            shape=f"{shape} of {count}",
            header=tuple(header.split("|")),
            rows=tuple(row(rng, number) for number in range(1, count + 1)),
        )
        for count in counts
    ]


SALE = "fecha|hora|boleta|sku|descripción|cantidad|total|nota"
WIDE = "|".join(f"campo {i}" for i in range(25))
TABLES = (
    *_tables("sales", SALE, (1, 2, 3, 5, 30, 150), _sale),
    *_tables("people", "quién|dónde|cómo", (2, 5, 12), _person),
    *_tables("words", "uno|dos|tres|cuatro", (3, 9), _worded),
    *_tables("measures", "a|b|c", (1, 3, 8), _measured),
    *_tables("pairs", "id|name", (1, 2, 4, 15), _pair),
    *_tables("wide", WIDE, (6,), _wide),
)
NARROW = (
    *_tables("numbers", "phone", (2, 6), lambda rng, _: (str(rng.randint(1, 9_999)),)),
    *_tables("places", "lugar", (3, 7), lambda rng, _: (rng.choice(PLACES),)),
)
