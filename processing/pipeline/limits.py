"""How much of a file is read before it is refused, as data."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one file (reading.md, section 1). Lengths are in bytes unless named.

    ``total_bytes`` counts decompressed content. Breaking any of them refuses the file
    with a code of its own, except ``field_bytes``, which refuses the row.
    """

    total_bytes: int = 2 * 1024**3
    rows: int = 20_000_000
    columns: int = 2_000
    line_bytes: int = 4 * 1024**2
    field_bytes: int = 1024**2
    header_chars: int = 200


DEFAULT_LIMITS = Limits()
