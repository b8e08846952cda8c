"""Which rows may share their transaction and product with another row of the file.

Hashes find them, 12 bytes a row in place of the texts. Two pairs that share a hash by
chance are told as well: whoever numbers repeats compares the texts.
"""

import dataclasses
from collections.abc import Callable

import polars as pl

from processing.pipeline.encode import RECORD

PAIR = ("transaction_id", "product_id")
HASH = "hash"

# Typed rows to an unsigned number of 64 bits each, the same for the same pair.
Hashing = Callable[[pl.DataFrame], pl.Series]


def hash_pairs(rows: pl.DataFrame) -> pl.Series:
    """Return the hash of each row's pair. Hashes are those of this process alone."""
    return rows.select(pl.struct(PAIR).hash().alias(HASH)).to_series()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RowKeys:
    """The hashed pair and the record number of each accepted row of a batch."""

    frame: pl.DataFrame


def keys_of(rows: pl.DataFrame, *, hashing: Hashing = hash_pairs) -> RowKeys:
    """Return the keys of typed rows."""
    records = rows.select(pl.col(RECORD).cast(pl.UInt32))
    return RowKeys(frame=records.with_columns(hashing(rows).alias(HASH)))


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


class Seen:
    """The hashes met so far, 8 bytes each, in a few sorted runs.

    A run is merged into the one before it as soon as it is as long, so that there are
    never more of them than the length has binary digits.
    """

    def __init__(self) -> None:
        self._runs: list[pl.Series] = []

    def repeated(self, hashes: pl.Series) -> pl.Series:
        """Return which of the hashes were met before, here or in an earlier call."""
        repeated = ~hashes.is_first_distinct()
        for run in self._runs:
            repeated |= _are_in(hashes, run)
        self._keep(hashes.filter(~repeated).sort())
        return repeated

    def _keep(self, run: pl.Series) -> None:
        if run.is_empty():
            return
        while self._runs and len(self._runs[-1]) <= len(run):
            run = pl.concat([self._runs.pop(), run]).sort()
        self._runs.append(run)


def _are_in(hashes: pl.Series, run: pl.Series) -> pl.Series:
    places = run.search_sorted(hashes).clip(upper_bound=len(run) - 1)
    return run.gather(places) == hashes
