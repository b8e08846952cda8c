"""Which rows may share their transaction and product with another row of the file.

Hashes find them, 12 bytes a row in place of the texts. Two pairs that share a hash by
chance are told as well: whoever numbers repeats compares the texts.
"""

import dataclasses

import polars as pl

from processing.pipeline.encode import RECORD

PAIR = ("transaction_id", "product_id")
HASH = "hash"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowKeys:
    """The hashed pair and the record number of each accepted row of a batch."""

    frame: pl.DataFrame


def keys_of(rows: pl.DataFrame) -> RowKeys:
    """Return the keys of typed rows. Hashes are those of this process alone."""
    return RowKeys(
        frame=rows.select(
            pl.struct(PAIR).hash().alias(HASH), pl.col(RECORD).cast(pl.UInt32)
        )
    )


class Repeats:
    """Collects the keys of a file, batch by batch."""

    def __init__(self) -> None:
        self._frames: list[pl.DataFrame] = []

    def add(self, keys: RowKeys) -> None:
        self._frames.append(keys.frame)

    def records(self) -> list[int]:
        """Return the records of every pair that stands more than once, in order."""
        if not self._frames:
            return []
        keys = pl.concat(self._frames)
        return keys.filter(keys[HASH].is_duplicated())[RECORD].to_list()
