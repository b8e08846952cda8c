"""What the steps of one attempt share, and how every one that lands rows ends."""

import dataclasses
from collections.abc import Callable
from typing import Any

import psycopg

from processing import terms
from processing.copy.merge import Merged
from processing.copy.staging import keep_rejects
from processing.copy.statements import Target
from processing.errors import RowsNotConservedError, SupersededError
from processing.progress import Meter
from uploads.services import lifecycle
from uploads.services.work import Outcome, ProgressReport, Tally, UploadWork

Hold = Callable[[], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt at one upload. ``hold`` raises if its lease is lost."""

    work: UploadWork
    cursor: psycopg.Cursor[Any]
    meter: Meter
    tell: Callable[[ProgressReport], None]
    hold: Hold

    @property
    def target(self) -> Target:
        return terms.target_of(self.work, lifecycle.TABLES)

    def keep_rejects(self, cursor: psycopg.Cursor[Any]) -> None:
        """Keep the staged rejects for good, in the transaction of ``cursor``."""
        keep_rejects(
            cursor,
            table=lifecycle.TABLES.rejects,
            company_id=str(self.work.company_id),
            upload_id=str(self.work.upload_id),
        )


def complete(
    attempt: Attempt, cursor: psycopg.Cursor[Any], *, tally: Tally, merged: Merged
) -> None:
    """Book and settle rows that are in place; checking the fence is the last act.

    The check locks the job's row, which its heartbeat writes too: done earlier, a long
    landing would cost the lease it proves. The caller's transaction ends right after.

    Raises ``RowsNotConservedError``, ``SupersededError`` or what ``hold`` raises; the
    caller's transaction must then be rolled back.
    """
    work, meter = attempt.work, attempt.meter
    attempt.tell(meter.finalising())
    attempt.keep_rejects(cursor)
    _check_conservation(tally, merged)
    outcome = Outcome(
        tally=tally,
        landed=terms.landed_of(merged),
        changes=terms.changes_of(merged),
        rows_per_second=meter.rows_per_second(),
    )
    if not lifecycle.complete(work, outcome):
        raise SupersededError
    attempt.hold()


def _check_conservation(tally: Tally, merged: Merged) -> None:
    landed = merged.inserted + merged.updated + merged.unchanged + merged.duplicate
    accounted = landed + tally.rejected
    if tally.read != accounted or tally.accepted != landed:
        raise RowsNotConservedError(read=tally.read, accounted=accounted)
