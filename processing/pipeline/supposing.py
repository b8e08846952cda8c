"""Fields that no column's whole name means, supposed by a part of one.

"Sent Date" may be any date; where it is the only one of a table of sales, it is worth
asking whether it is theirs. What is supposed here is asked about in any case.
"""

import dataclasses
import functools
from collections.abc import Iterable, Mapping, Sequence

from processing.pipeline.claims import BY_VALUES, Claim
from processing.pipeline.costing import LINE_COST, UNIT_COST, is_of_line
from processing.pipeline.inferring import by_product, by_values
from processing.pipeline.looks import Verdict, verdict_of
from processing.pipeline.netting import DISCOUNT, TOTAL, find_netted
from processing.pipeline.parts import PARTS
from processing.pipeline.synonyms import is_rate
from processing.pipeline.wording import normalise, words_of

BY_PART = "part of the name"
# As sure as what a column may be besides: a person confirms it.
SUPPOSED = 0.6


@dataclasses.dataclass(frozen=True, kw_only=True)
class Table:
    """A header and the first records below it, and the currency of who sent them."""

    header: Sequence[str]
    records: Sequence[Sequence[str]]
    currency: str

    @functools.cached_property
    def columns(self) -> Sequence[Sequence[str]]:
        """What stands in each column, as far as records reach there."""
        return [
            [record[index] for record in self.records if index < len(record)]
            for index in range(len(self.header))
        ]


def supposed(
    table: Table,
    *,
    taken: Mapping[str, int],
    free: Iterable[int],
    wanted: Iterable[str],
) -> tuple[Claim, ...]:
    """Return a claim for each wanted field that one of the ``free`` columns may be.

    ``taken`` are the positions of fields that are known, ``free`` those of columns that
    are no field and were not left out by anybody. Two columns of one field are none:
    nothing chooses between them. About fields that every sale needs somebody is asked;
    the others are listed as assumed.
    """
    claims: list[Claim] = []
    left = list(free)
    for field in wanted:
        for index, reason in _found(field, table, left, taken):
            found = _measured(field, index, table, taken)
            claims.append(
                Claim(index=index, field=found, confidence=SUPPOSED, reason=reason)
            )
            left.remove(index)
    return tuple(claims)


def _measured(field: str, index: int, table: Table, taken: Mapping[str, int]) -> str:
    """Return the field; of a cost whether it is the line's, if no column is that."""
    is_open = field == UNIT_COST and LINE_COST not in taken
    if is_open and is_of_line(
        index, taken, records=table.records, currency=table.currency
    ):
        return LINE_COST
    return field


def _found(
    field: str, table: Table, free: Sequence[int], taken: Mapping[str, int]
) -> list[tuple[int, str]]:
    """Return the column that may be the field and why, or none."""
    cells = {index: table.columns[index] for index in free}
    named = [i for i in free if may_be(field, table.header[i], cells[i])]
    if len(named) == 1:
        return [(named[0], BY_PART)]
    if (paid := _paid(field, table, named, taken)) is not None:
        return [(paid, BY_PART)]
    other = [i for i in free if not _is_another(field, table.header[i])]
    alike = by_values(field, cells, among=named or other) or by_product(
        field, other, taken, records=table.records, currency=table.currency
    )
    return [(alike[0], BY_VALUES)] if len(alike) == 1 else []


def _paid(
    field: str, table: Table, named: Sequence[int], taken: Mapping[str, int]
) -> int | None:
    """Return which of several totals is one less the discount, if that is known."""
    if field != TOTAL or DISCOUNT not in taken:
        return None
    found = find_netted(
        named,
        {taken[DISCOUNT]},
        table.header,
        records=table.records,
        currency=table.currency,
    )
    return None if found is None else found.net


def may_be(field: str, name: str, cells: Sequence[str]) -> bool:
    """Say whether a part of a name suggests the field, and the values agree."""
    words = words_of(normalise(name.strip()))
    part = PARTS[field]
    is_named = words & part.about and (words & part.beside or not part.beside)
    if not is_named or _is_another(field, name):
        return False
    return verdict_of(field, cells) is Verdict.AGREE


def _is_another(field: str, name: str) -> bool:
    """Say whether a word of the name says that it is something else."""
    words = words_of(normalise(name.strip()))
    return bool(words & PARTS[field].never) or is_rate(name.lower())
