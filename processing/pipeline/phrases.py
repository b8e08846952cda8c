"""Headers nobody wrote down before, understood by their parts.

A phrase means a field if one of its words is what the field is about and every other
word only says which of them: "fecha" of a "boleta", "total" of a "linea". One word
that is not foreseen, and the phrase means nothing: "fecha de entrega" is no sale.
"""

import functools
from collections.abc import Mapping

from processing.pipeline.number_shapes import NUMBER_SHAPES
from processing.pipeline.text_shapes import TEXT_SHAPES
from processing.pipeline.wording import normalise, words_of

# Sure enough to need no question, less sure than any phrase that is written down.
BY_PARTS, BY_NAME = 0.9, 0.8


def fields_by_parts(phrase: str) -> Mapping[str, float]:
    """Return the one field that the parts of a normalised phrase mean, if any."""
    words = words_of(phrase)
    found = {
        field
        for field, (about, beside, which) in _parts()
        if words & about
        and (words & beside or not beside)
        and words <= about | beside | which
    }
    if found == {"description"}:
        # What names a product may be its key, where nothing else is (``columns.py``).
        return {"description": BY_PARTS, "product_id": BY_NAME}
    return dict.fromkeys(found, BY_PARTS) if len(found) == 1 else {}


@functools.cache
def words_of_shapes() -> frozenset[str]:
    """Return all words of which phrases are built, in the singular."""
    return frozenset(word for _, parts in _parts() for part in parts for word in part)


_Parts = tuple[frozenset[str], frozenset[str], frozenset[str]]


@functools.cache
def _parts() -> tuple[tuple[str, _Parts], ...]:
    return tuple(
        (
            shape.field,
            (_words(shape.about), _words(shape.beside), _words(shape.which)),
        )
        for shape in (*TEXT_SHAPES, *NUMBER_SHAPES)
    )


def _words(listed: str) -> frozenset[str]:
    return words_of(" ".join(normalise(word) for word in listed.split()))
