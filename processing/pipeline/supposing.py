"""Fields that no column's whole name means, supposed by a part of one.

"Sent Date" may be any date; where it is the only one of a table of sales, it is worth
asking whether it is theirs. What is supposed here is asked about in any case.
"""

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence

from processing.pipeline.claims import Claim
from processing.pipeline.fields import REQUIRED
from processing.pipeline.looks import Verdict, present_values, verdict_of
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
# How shops on the web show an order's number, whatever they call the column.
ORDER_NUMBER = re.compile(r"#\d{2,}")


def supposed(
    header: Sequence[str],
    *,
    records: Sequence[Sequence[str]],
    free: Iterable[int],
    wanted: Iterable[str],
) -> tuple[Claim, ...]:
    """Return a claim for each wanted field that one of the ``free`` columns may be.

    ``free`` are the positions of columns that are no field and were not left out by
    anybody. Two columns of one field are none: nothing chooses between them. Only
    fields that every sale needs are supposed, for only about those somebody is asked.
    """
    columns = tuple(free)
    wanted_here = tuple(field for field in REQUIRED if field in set(wanted))
    candidates = {
        field: [i for i in columns if _may_be(field, header[i], _cells(records, i))]
        for field in wanted_here
    }
    return tuple(
        Claim(index=indices[0], field=field, confidence=SUPPOSED, reason=BY_PART)
        for field, indices in candidates.items()
        if len(indices) == 1
    )


def _may_be(field: str, name: str, cells: Sequence[str]) -> bool:
    if field == "transaction_id" and _are_orders(cells):
        return True
    words = words_of(normalise(name.strip()))
    part = PARTS[field]
    is_named = words & part.about and (words & part.beside or not part.beside)
    if not is_named or words & (NOT_THEIRS | part.never) or is_rate(name.lower()):
        return False
    return verdict_of(field, cells) is Verdict.AGREE


def _are_orders(cells: Sequence[str]) -> bool:
    values = set(present_values(cells))
    return len(values) > 1 and all(ORDER_NUMBER.fullmatch(value) for value in values)


def _cells(records: Sequence[Sequence[str]], index: int) -> list[str]:
    return [record[index] for record in records if index < len(record)]
