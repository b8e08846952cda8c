"""What words say a column is, weighed against what its values look like.

Values never make a field of a header that means nothing. They make sure what words only
suggest, take sureness from what they contradict, and choose where a word means two
things. What a person said is not weighed.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence

from processing.pipeline.claims import AGREED, BY_VALUES, CONTRADICTED, Claim
from processing.pipeline.costing import costed
from processing.pipeline.evening import evened
from processing.pipeline.fields import REQUIRED
from processing.pipeline.grouping import grouped
from processing.pipeline.guesses import GUESSED
from processing.pipeline.looks import Verdict, verdict_of
from processing.pipeline.netting import netted
from processing.pipeline.pricing import FACTORS, Product, products_of
from processing.pipeline.rates import rates_among
from processing.pipeline.receipts import of_receipts
from processing.pipeline.synonyms import SURE
from processing.pipeline.totals import by_their_names, of_lines
from processing.pipeline.wording import normalise

# What values contradict, and what a word may mean besides: asked about in any case.
DOUBTED, BESIDES, CHOSEN = 0.5, 0.6, 0.85
# Of two columns that claim a field equally, how much surer the one is that multiplies.
APART = 0.005
# What else these words mean in some tables.
OTHERWISE: Mapping[str, tuple[str, ...]] = {
    "total": ("quantity",),
    "venta": ("quantity",),
    **dict.fromkeys(("valor", "monto", "neto", "bruto", "subtotal"), ("price_unit",)),
    **dict.fromkeys(("precio", "precio venta"), ("price_total",)),
    **dict.fromkeys(("unidad", "un", "u", "unit", "uni", "und"), ("quantity",)),
    **dict.fromkeys(("unidades", "uni", "und"), ("unit_type",)),
    "documento": ("transaction_type",),
    **dict.fromkeys(("movimiento", "operacion"), ("transaction_id",)),
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """Claims, the surest first, and the columns whose values contradict their words."""

    claims: tuple[Claim, ...]
    contradicted: frozenset[int] = frozenset()


def weighed(
    claims: Iterable[Claim],
    header: Sequence[str],
    *,
    records: Sequence[Sequence[str]],
    currency: str,
) -> Weighed:
    """Return the claims that words make as the values of ``records`` leave them."""
    judged: list[Claim] = []
    besides: list[Claim] = []
    contradicted: set[int] = set()
    for claim in claims:
        cells = [r[claim.index] for r in records if claim.index < len(r)]
        verdict = verdict_of(claim.field, cells)
        if verdict is Verdict.CONTRADICT:
            contradicted.add(claim.index)
        judged += _judged(claim, verdict)
        besides += _besides(claim, header[claim.index], cells)
    products = products_of((*judged, *besides), records, currency=currency)
    chosen = [c for c in besides if c.index in contradicted]
    told = _multiplied((*judged, *chosen), products, besides)
    rates = rates_among(told, records=records, currency=currency)
    told = [claim for claim in told if claim.index not in rates]
    of_sales = of_receipts(told, records=records)
    dropped = {claim.index for claim in told} - {claim.index for claim in of_sales}
    named = by_their_names(of_sales, header)
    lines = of_lines(named, products, records=records, currency=currency)
    paid = netted(lines, header, records=records, currency=currency)
    bought = costed(paid, records=records, currency=currency)
    settled = evened(grouped(bought, records=records), records=records)
    return Weighed(
        claims=tuple(sorted(settled, key=lambda claim: -claim.confidence)),
        contradicted=frozenset(contradicted) | rates | dropped,
    )


def _judged(claim: Claim, verdict: Verdict) -> Iterable[Claim]:
    """Return a claim as the values leave it.

    A field that no sale needs is let go where they contradict: it would cost every row.
    """
    if verdict is Verdict.CONTRADICT:
        if claim.field not in REQUIRED:
            return []
        doubted = min(claim.confidence, DOUBTED)
        return [dataclasses.replace(claim, confidence=doubted, reason=CONTRADICTED)]
    is_suggested = GUESSED <= claim.confidence < SURE
    if verdict is Verdict.AGREE and is_suggested:
        return [dataclasses.replace(claim, confidence=SURE, reason=AGREED)]
    return [claim]


def _besides(claim: Claim, name: str, cells: Sequence[str]) -> list[Claim]:
    """Return what else a column may be, as far as its values agree."""
    return [
        Claim(index=claim.index, field=field, confidence=BESIDES, reason=BY_VALUES)
        for field in OTHERWISE.get(normalise(name), ())
        if verdict_of(field, cells) is Verdict.AGREE
    ]


def _multiplied(
    claims: Sequence[Claim], products: Sequence[Product], besides: Sequence[Claim]
) -> list[Claim]:
    """Return the claims as the likeliest product leaves them, if there is one."""
    if not products:
        return list(claims)
    best = products[0]
    backed = {(p.field_of(c.index), c.index) for p in products for c in claims}
    told = [_in_product(claim, best, backed) for claim in claims]
    by_words = {(claim.field, claim.index) for claim in claims}
    return told + [
        dataclasses.replace(claim, confidence=CHOSEN)
        for claim in besides
        if best.field_of(claim.index) == claim.field
        and (claim.field, claim.index) not in by_words
    ]


def _in_product(
    claim: Claim, best: Product, backed: set[tuple[str | None, int]]
) -> Claim:
    """Return a claim as it stands beside the columns that multiply."""
    place = best.field_of(claim.index)
    if place == claim.field:
        return _proven(claim)
    if (claim.field, claim.index) in backed:
        return claim
    if place is not None:
        doubted = min(claim.confidence, DOUBTED)
        return dataclasses.replace(claim, confidence=doubted, reason=CONTRADICTED)
    lost = APART if claim.field in FACTORS else 0
    return dataclasses.replace(claim, confidence=claim.confidence - lost)


def _proven(claim: Claim) -> Claim:
    if claim.confidence >= SURE:
        return claim
    if claim.reason == BY_VALUES:
        return dataclasses.replace(claim, confidence=CHOSEN)
    return dataclasses.replace(claim, confidence=SURE, reason=AGREED)
