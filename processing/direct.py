"""The direct landing: a file of new rows straight into the table while it is read.

One transaction from the first batch to the fence. Whatever it cannot do rolls it back,
as if it had not been tried, and is left to the staged landing.
"""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

import psycopg

from processing import terms, verdict
from processing.attempt import Attempt, complete
from processing.copy import direct
from processing.copy.staging import stage_rejects, stage_rows
from processing.errors import KeyTakenError, RowsNotConservedError
from processing.guess import SURE, Assurance
from processing.pipeline.batches import Batch
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Understanding
from processing.pipeline.rejects import Reject
from processing.progress import FINALISING
from processing.reading import read_file
from processing.spool import RejectSpool
from uploads.services import lifecycle
from uploads.services.work import Tally
from uploads.states import LoadMode


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """How a direct landing ended.

    Without ``is_landed`` no row is in the table. If there is a ``tally`` then, the file
    was read, may not land, and its refused rows are staged; else it has to be staged.
    """

    is_landed: bool
    tally: Tally | None = None


class _MayNotLandError(Exception):
    """Rolls the landing back; what was counted says why."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.tally = tally


def land_file(
    attempt: Attempt, understanding: Understanding, *, assurance: Assurance = SURE
) -> Landing:
    """Read the file into the table, book and settle it, if all its rows are new.

    Calling it for any file is safe; see ``Landing`` for what then has happened. Nothing
    is settled before ``assurance`` was given; what it raises rolls everything back.
    """
    with RejectSpool() as spool:
        try:
            with lifecycle.one_transaction() as cursor:
                table = _Table(attempt, cursor, spool)
                tally = _land(table, understanding, assurance)
            return Landing(is_landed=True, tally=tally)
        except KeyTakenError:
            return Landing(is_landed=False)
        except _MayNotLandError as refusal:
            stage_rejects(attempt.cursor, spool)
            return Landing(is_landed=False, tally=refusal.tally)


def _land(table: "_Table", understanding: Understanding, assurance: Assurance) -> Tally:
    attempt = table.attempt
    table.open()
    options = dataclasses.replace(terms.options_of(attempt.work), divides=True)
    try:
        tally = read_file(
            attempt, understanding, table, options=options, before_each=assurance.check
        )
    except FileError:
        # A wrong guess may break on a file that is sound.
        assurance.confirm()
        raise
    assurance.confirm()
    if not verdict.may_land(attempt.work, tally):
        raise _MayNotLandError(tally)
    table.close(tally)
    return tally


class _Table:
    """The table of rows, within the transaction of one landing."""

    # What was read is in place.
    milestone = FINALISING

    def __init__(
        self, attempt: Attempt, cursor: psycopg.Cursor[Any], spool: RejectSpool
    ) -> None:
        self.attempt, self._cursor, self._spool = attempt, cursor, spool
        self._target = attempt.target
        self._has_others = self._is_probed = False
        self._inserted = 0
        self._days: Counter[dt.date] = Counter()

    def open(self) -> None:
        """Take the company's turn; raise ``KeyTakenError`` if rows must be merged."""
        if not direct.take_turn(self._cursor, self._target):
            raise KeyTakenError
        self._has_others = direct.has_rows(self._cursor, self._target)
        replaces = self.attempt.work.load_mode is LoadMode.REPLACE_PERIOD
        if replaces and self._has_others:
            raise KeyTakenError

    def take(self, batch: Batch) -> None:
        fresh = batch.fresh
        assert fresh is not None  # noqa: S101 - read so that rows are divided
        if self._has_others and not self._is_probed:
            # A file that was sent before shows in its first rows, at no cost.
            if direct.meets(self._cursor, self._target, fresh.pairs):
                raise KeyTakenError
            self._is_probed = True
        landed = held = 0
        if fresh.rows:
            landed = direct.land_rows(
                self._cursor, self._target, fresh.csv, columns=fresh.columns
            )
        if batch.copy_csv:
            held = stage_rows(self._cursor, batch.copy_csv)
        if landed != fresh.rows or landed + held != batch.accepted:
            raise RowsNotConservedError(read=batch.accepted, accounted=landed + held)
        self._inserted += landed
        self._days.update(fresh.days)

    def refuse(self, rejects: Iterable[Reject]) -> None:
        self._spool.add(rejects)

    def close(self, tally: Tally) -> None:
        """Land what was held back, then book and settle everything."""
        attempt, cursor = self.attempt, self._cursor
        self._inserted += direct.land_held(cursor, self._target)
        attempt.tell(attempt.meter.merged(1.0))
        stage_rejects(cursor, self._spool)
        merged = direct.landed(
            cursor,
            self._target,
            inserted=self._inserted,
            days=self._days,
            has_others=self._has_others,
        )
        complete(attempt, cursor, tally=tally, merged=merged)
