"""The landing of a correction: refused rows of another upload, repaired by a person.

They are read as that upload was and land as they would have with it. How often a pair
of transaction and product stood in its file, that file alone can say: it is read again.
"""

import dataclasses
from collections import Counter

from processing import terms
from processing.attempt import Attempt, complete
from processing.copy.corrections import (
    LINE_COLUMN,
    Original,
    keep_corrections,
    number_corrections,
    staged_pairs,
)
from processing.copy.merge import Mode, merge_rows
from processing.errors import NoCorrectionError, StoredFileMissingError
from processing.limits import reading_limits
from processing.merging import stage_rows_of
from processing.pipeline.findings import Hints, Understanding
from processing.pipeline.occurrences import count_pairs
from uploads.services import correcting, lifecycle
from uploads.services.work import Corrected, Tally
from uploads.states import LoadMode


def correct_file(attempt: Attempt, understanding: Understanding, hints: Hints) -> None:
    """Land the corrected rows of a file, book and settle them, in one transaction.

    Raises ``NoCorrectionError`` if the file does not say which lines it corrects, or
    ``StoredFileMissingError`` if the corrected one is no longer kept.
    """
    corrected = attempt.work.corrects
    assert corrected is not None  # noqa: S101 - only corrections come here
    if LINE_COLUMN not in understanding.header:
        raise NoCorrectionError(column=LINE_COLUMN)
    if not corrected.path.is_file():
        raise StoredFileMissingError
    tally, _ = stage_rows_of(attempt, understanding)
    counts = count_pairs(
        corrected.path,
        terms.hints_of_corrected(hints, corrected),
        reading_limits(),
        wanted=staged_pairs(attempt.cursor),
    )
    original = _original(attempt, corrected)
    mode = Mode(attempt.work.load_mode)
    with lifecycle.one_transaction() as cursor:
        refused = number_corrections(cursor, attempt.target, original, counts=counts)
        merged = merge_rows(
            cursor,
            attempt.target,
            mode=mode,
            on_slice=lambda share: attempt.tell(attempt.meter.merged(share)),
        )
        appends = attempt.work.load_mode is LoadMode.APPEND
        kept = keep_corrections(cursor, attempt.target, original, appends=appends)
        correcting.note_corrected(attempt.work.company_id, corrected.upload_id, kept)
        tally = _less(tally, Counter(refused))
        complete(attempt, cursor, tally=tally, merged=merged)


def _original(attempt: Attempt, corrected: Corrected) -> Original:
    return Original(
        upload_id=str(corrected.upload_id),
        rejects_table=lifecycle.TABLES.rejects,
        corrected_table=lifecycle.TABLES.corrected,
        keeps_extra=attempt.work.keep_extra,
    )


def _less(tally: Tally, refused: Counter[str]) -> Tally:
    """Return the tally with rows that were typed well and then refused."""
    return dataclasses.replace(
        tally,
        accepted=tally.accepted - refused.total(),
        rejected=tally.rejected + refused.total(),
        reject_counts=Counter(tally.reject_counts) + refused,
    )
