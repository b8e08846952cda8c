"""A whole sales file as a stream of bytes, and on disk with its oracle."""

import dataclasses
import random
from collections.abc import Generator, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ayni.sales.catalogue import Amount, pick
from ayni.sales.damage import ENCODING, break_line
from ayni.sales.oddities import make_odd
from ayni.sales.oracle import BadLine, Oracle, exact, write_oracle
from ayni.sales.receipts import HEADER, receipt_lines

LINE_END = "\r\n"
# One good line in fifty of a dirty file is odd; before one in a thousand is a gap.
ODD_SHARE = 0.02
BLANK_SHARE = 0.001
# Some 130 KB: fewer, larger writes gain nothing measurable.
LINES_PER_CHUNK = 1_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What file to make. ``dirty`` is the share of broken rows, 0 to 1.

    With 0 every line is regular: no quotation marks, no blank lines.
    """

    rows: int
    seed: int
    dirty: float = 0.0


def write_sales(path: Path, plan: Plan) -> Oracle:
    """Write the file, its oracle beside it, and return the oracle.

    A million rows take about four seconds and no memory to speak of.
    """
    with path.open("wb") as file:
        oracle = _write_all(file, sales_chunks(plan))
    write_oracle(path, oracle)
    return oracle


def sales_chunks(plan: Plan) -> Generator[bytes, None, Oracle]:
    """Yield the file from its header on; the generator's value is its oracle."""
    lines = receipt_lines(plan.rows, seed=plan.seed)
    yield (HEADER + LINE_END).encode(ENCODING)
    if plan.dirty > 0:
        return (yield from _dirty(lines, plan))
    return (yield from _clean(lines, plan))


def _write_all(file: BinaryIO, chunks: Generator[bytes, None, Oracle]) -> Oracle:
    while True:
        try:
            file.write(next(chunks))
        except StopIteration as end:
            oracle: Oracle = end.value
            return oracle


def _clean(
    lines: Iterator[tuple[str, Amount]], plan: Plan
) -> Generator[bytes, None, Oracle]:
    quantity = total = 0
    while some := list(islice(lines, LINES_PER_CHUNK)):
        quantity += sum(amount.quantity for _, amount in some)
        total += sum(amount.total for _, amount in some)
        text = LINE_END.join([line for line, _ in some])
        yield (text + LINE_END).encode(ENCODING)
    return Oracle(
        rows=plan.rows,
        good_rows=plan.rows,
        quantity=exact(quantity),
        price_total=exact(total),
        rejects=(),
    )


def _dirty(
    lines: Iterator[tuple[str, Amount]], plan: Plan
) -> Generator[bytes, None, Oracle]:
    # Apart from the receipts' own chance, so that the sales stay those of the seed.
    rng = random.Random(plan.seed + 1)  # noqa: S311 - repeatable, not secret
    quantity = total = 0
    number, rejects = 2, list[BadLine]()
    for line, amount in lines:
        stored, code = _written(line, plan=plan, rng=rng)
        blanks = _blank_lines(rng)
        yield LINE_END.encode() * blanks + stored + LINE_END.encode()
        number += blanks
        if code:
            rejects.append(BadLine(line=number, code=code))
        else:
            quantity += amount.quantity
            total += amount.total
        number += 1 + stored.count(b"\n")
    return Oracle(
        rows=plan.rows,
        good_rows=plan.rows - len(rejects),
        quantity=exact(quantity),
        price_total=exact(total),
        rejects=tuple(rejects),
    )


def _written(line: str, *, plan: Plan, rng: random.Random) -> tuple[bytes, str]:
    chance = rng.random()
    if chance < plan.dirty:
        return break_line(line, rng=rng)
    if chance > 1 - ODD_SHARE:
        line = make_odd(line, rng=rng)
    return line.encode(ENCODING), ""


def _blank_lines(rng: random.Random) -> int:
    return 1 + pick(rng, 2) if rng.random() < BLANK_SHARE else 0
