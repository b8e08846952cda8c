"""A few cells as numbers, one by one, before anybody knows how numbers are written."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from processing.pipeline.findings import DecimalMark
from processing.pipeline.numbers import read_number

# Rows that are reckoned with: enough to prove a sum, few enough to cost nothing.
RECKONED_ROWS = 40
Numbers = Sequence[Decimal | None]


def numbers_of(
    records: Sequence[Sequence[str]], indices: Iterable[int], *, currency: str
) -> list[Mapping[int, Numbers]]:
    """Return the columns' first numbers by position, once for each decimal mark.

    What is no number with that mark is ``None``.
    """
    columns = tuple(indices)
    return [
        {index: _numbers(records, index, mark, currency) for index in columns}
        for mark in DecimalMark
    ]


def _numbers(
    records: Sequence[Sequence[str]], index: int, mark: DecimalMark, currency: str
) -> Numbers:
    cells = (r[index].strip() if index < len(r) else "" for r in records)
    texts = (
        read_number(cell, mark, currency=currency).text
        for cell in itertools.islice(cells, RECKONED_ROWS)
    )
    return [None if text is None else Decimal(text) for text in texts]
