"""Words that were cut short, spelled out where they can only be one thing."""

import pytest

from processing.pipeline.guesses import GUESSED, fields_of
from processing.pipeline.synonyms import SURE


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ctdad. Vendida", "quantity"),
        ("Fecha Transacc", "occurred_at"),
        ("Tipo Transacc", "transaction_type"),
        ("Margen Contrib.", "margin"),
        ("Dsctos.", "discount_total"),
    ],
)
def test_what_is_cut_short_is_understood_and_never_sure(
    header: str, field: str
) -> None:
    assert fields_of(header) == {field: GUESSED}
    assert GUESSED < SURE


@pytest.mark.parametrize(
    "header",
    ["Fecha Desp.", "Fecha Venc.", "Turno", "Tip", "Cod. Pago", "N° Mesa", "Fx"],
)
def test_what_may_be_something_else_means_nothing(header: str) -> None:
    assert fields_of(header) == {}
