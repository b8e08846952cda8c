"""What reading hands over: batches of typed rows as bytes, refused rows as values."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

import polars as pl

from processing.pipeline.limits import DEFAULT_LIMITS, Limits
from processing.pipeline.quality import BatchStats
from processing.pipeline.refusals import Rejects
from processing.pipeline.repeats import Hashing, RowKeys, hash_pairs


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How rows are read. ``keep_extra`` keeps columns without a field in ``extra``.

    If it ``divides``, rows whose pair was not met before are handed over as ``fresh``.
    If it ``only_counts``, rows are judged and not encoded: their ``pairs`` are handed
    over, and no row.
    """

    limits: Limits = DEFAULT_LIMITS
    keep_extra: bool = False
    divides: bool = False
    only_counts: bool = False
    hashing: Hashing = hash_pairs


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """Rows whose pair no earlier row of the file has: ready for COPY into the table.

    ``csv`` has these ``columns``; ``pairs`` are some of the rows' keys, spread evenly.
    ``days`` are the company's, with the rows of the whole batch that fall on them.
    """

    csv: bytes
    columns: tuple[str, ...]
    rows: int
    pairs: tuple[tuple[str, str], ...]
    days: Mapping[dt.date, int]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some tens of thousands of rows, in file order.

    ``copy_csv`` is UTF-8 CSV without a header, columns as ``STAGING_COLUMNS``, absent
    values empty and unquoted: whole rows, ready for COPY, of all accepted rows that
    are not ``fresh``. ``records_read`` equals ``accepted + len(rejects)``, and
    ``reject_counts`` has these by code; ``blank`` records, ``footnotes`` below the
    table and ``headers`` that stood among the records are counted apart. ``bytes_done``
    is the position in the file after this batch. ``keys`` are of the accepted rows.
    ``pairs`` are theirs too, transaction and product, where they are only counted.
    """

    copy_csv: bytes
    keys: RowKeys
    accepted: int
    rejects: Rejects
    reject_counts: Mapping[str, int]
    records_read: int
    blank: int
    bytes_done: int
    stats: BatchStats
    footnotes: int = 0
    headers: int = 0
    fresh: Fresh | None = None
    pairs: pl.DataFrame | None = None
