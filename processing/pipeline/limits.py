"""How much of a file is read before it is refused, as data."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one file (reading.md, section 1). Lengths are in bytes unless named.

    ``total_bytes`` counts unpacked content, and ``ratio`` is how many times its packed
    size that may be, once it is more than a little. ``texts_bytes`` are the texts that
    a workbook keeps in one place, which have to be held. Breaking any of them refuses
    the file with a code of its own, except ``field_bytes``, which refuses the row.
    """

    total_bytes: int = 2 * 1024**3
    ratio: int = 200
    rows: int = 20_000_000
    columns: int = 2_000
    line_bytes: int = 4 * 1024**2
    field_bytes: int = 1024**2
    header_chars: int = 200
    texts_bytes: int = 128 * 1024**2


DEFAULT_LIMITS = Limits()
