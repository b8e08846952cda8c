"""Fields that no column's whole name means, supposed by a part of one.

"Sent Date" may be any date; where it is the only one of a table of sales, it is worth
asking whether it is theirs. What is supposed here is asked about in any case.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from processing.pipeline.claims import BY_VALUES, Claim
from processing.pipeline.fields import REQUIRED
from processing.pipeline.inferring import by_product, by_values
from processing.pipeline.looks import Verdict, verdict_of
from processing.pipeline.netting import DISCOUNT, TOTAL, find_netted
from processing.pipeline.synonyms import is_rate
from processing.pipeline.vocabulary import OTHERS
from processing.pipeline.wording import normalise, words_of

BY_PART = "part of the name"
# As sure as what a column may be besides: a person confirms it.
SUPPOSED = 0.6


def _words(listed: str) -> frozenset[str]:
    return words_of(normalise(listed))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words that suggest a field: one of ``about``, and of ``beside`` if it has any.

    One of ``never`` says that it is another field of the same kind.
    """

    about: frozenset[str]
    beside: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


PARTS: Mapping[str, Part] = {
    "occurred_at": Part(about=_words("fecha dia timestamp momento")),
    "transaction_id": Part(
        about=_words("numero id codigo folio referencia correlativo"),
        beside=_words(
            "orden venta boleta factura ticket recibo transaccion documento"
            " comprobante pedido voucher"
        ),
    ),
    "product_id": Part(
        about=_words("numero id codigo referencia sku"),
        beside=_words("sku articulo producto mercaderia material"),
    ),
    "quantity": Part(about=_words("cantidad unidades piezas")),
    "price_total": Part(
        about=_words("total monto precio ingreso venta valor"), never=_words("unitario")
    ),
}
# Besides what is no field of any sale: dates and amounts that are another thing's.
NOT_THEIRS = OTHERS | _words(
    "due birth ship shipping promised expected expiry updated modified cancelled"
    " refunded prometida estimada anterior previous old cliente costo descuento margen"
    " comision stock nombre tipo descripcion categoria"
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and the first records below it, and the currency of who sent them."""

    header: Sequence[str]
    records: Sequence[Sequence[str]]
    currency: str

    def cells(self, index: int) -> list[str]:
        """Return what stands in a column, as far as records reach there."""
        return [record[index] for record in self.records if index < len(record)]


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
    nothing chooses between them. Only fields that every sale needs are supposed, for
    only about those somebody is asked.
    """
    claims: list[Claim] = []
    left = list(free)
    for field in [field for field in REQUIRED if field in set(wanted)]:
        for index, reason in _found(field, table, left, taken):
            claims.append(
                Claim(index=index, field=field, confidence=SUPPOSED, reason=reason)
            )
            left.remove(index)
    return tuple(claims)


def _found(
    field: str, table: Table, free: Sequence[int], taken: Mapping[str, int]
) -> list[tuple[int, str]]:
    """Return the column that may be the field and why, or none."""
    cells = {index: table.cells(index) for index in free}
    named = [i for i in free if _may_be(field, table.header[i], cells[i])]
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


def _may_be(field: str, name: str, cells: Sequence[str]) -> bool:
    words = words_of(normalise(name.strip()))
    part = PARTS[field]
    is_named = words & part.about and (words & part.beside or not part.beside)
    if not is_named or _is_another(field, name):
        return False
    return verdict_of(field, cells) is Verdict.AGREE


def _is_another(field: str, name: str) -> bool:
    """Say whether a word of the name says that it is something else."""
    words = words_of(normalise(name.strip()))
    return bool(words & (NOT_THEIRS | PARTS[field].never)) or is_rate(name.lower())
