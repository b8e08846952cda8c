"""What reading hands over: batches of typed rows as bytes, refused rows as values."""

import dataclasses

from processing.pipeline.limits import DEFAULT_LIMITS, Limits
from processing.pipeline.quality import BatchStats
from processing.pipeline.rejects import Reject
from processing.pipeline.repeats import RowKeys


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """How rows are read. ``keep_extra`` keeps columns without a field in ``extra``."""

    limits: Limits = DEFAULT_LIMITS
    keep_extra: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Some tens of thousands of rows, in file order.

    ``copy_csv`` is UTF-8 CSV without a header, columns as ``STAGING_COLUMNS``, absent
    values empty and unquoted: whole rows, ready for COPY. ``records_read`` equals
    ``accepted + len(rejects)``; ``blank`` counts blank records apart. ``bytes_done`` is
    the position in the file after this batch. ``keys`` are of the accepted rows.
    """

    copy_csv: bytes
    keys: RowKeys
    accepted: int
    rejects: tuple[Reject, ...]
    records_read: int
    blank: int
    bytes_done: int
    stats: BatchStats
