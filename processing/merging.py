"""The staged landing: the whole file into temporary tables, then one merge.

It takes any file: rows whose key is in the table are updated, refused or replaced.
"""

from collections.abc import Iterable

from processing import terms
from processing.attempt import Attempt, complete
from processing.copy.merge import Mode, merge_rows
from processing.copy.staging import stage_rejects, stage_repeats, stage_rows
from processing.errors import RowsNotConservedError
from processing.pipeline.batches import Batch
from processing.pipeline.findings import Understanding
from processing.pipeline.rejects import Reject
from processing.pipeline.repeats import Repeats
from processing.progress import STAGED
from processing.reading import read_file
from uploads.services import lifecycle
from uploads.services.work import Tally


def stage_file(attempt: Attempt, understanding: Understanding) -> Tally:
    """Stage the whole file and count it. Nothing of it is in the table yet."""
    tally, repeats = stage_rows_of(attempt, understanding)
    stage_repeats(attempt.cursor, repeats.records())
    return tally


def stage_rows_of(
    attempt: Attempt, understanding: Understanding
) -> tuple[Tally, Repeats]:
    """Stage the whole file, each row as a first occurrence; return what repeats."""
    tables = _StagingTables(attempt)
    options = terms.options_of(attempt.work)
    tally = read_file(attempt, understanding, tables, options=options)
    return tally, tables.repeats


def merge_file(attempt: Attempt, tally: Tally) -> None:
    """Merge what was staged, book and settle it, in one transaction."""
    with lifecycle.one_transaction() as cursor:
        merged = merge_rows(
            cursor,
            attempt.target,
            mode=Mode(attempt.work.load_mode),
            on_slice=lambda share: attempt.tell(attempt.meter.merged(share)),
        )
        complete(attempt, cursor, tally=tally, merged=merged)


class _StagingTables:
    milestone = STAGED

    def __init__(self, attempt: Attempt) -> None:
        self._cursor = attempt.cursor
        self.repeats = Repeats()

    def take(self, batch: Batch) -> None:
        staged = stage_rows(self._cursor, batch.copy_csv)
        if staged != batch.accepted:
            raise RowsNotConservedError(read=batch.accepted, accounted=staged)
        self.repeats.add(batch.keys)

    def refuse(self, rejects: Iterable[Reject]) -> None:
        stage_rejects(self._cursor, rejects)
