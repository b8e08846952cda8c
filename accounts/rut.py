"""RUT, the Chilean tax number: checked, and written in one form everywhere."""

from stdnum.cl import rut
from stdnum.exceptions import ValidationError

from accounts.errors import InvalidRutError

# Longer text is no RUT, however many separators it has.
LONGEST_CHARS = 20


def normalise(text: str) -> str:
    """Return a RUT in its usual form, ``76.086.428-5``, however it was typed.

    Raises ``InvalidRutError`` for a wrong form or a wrong check digit.
    """
    if len(text) > LONGEST_CHARS:
        raise InvalidRutError
    try:
        return str(rut.format(rut.validate(text)))
    except ValidationError as exc:
        raise InvalidRutError from exc
