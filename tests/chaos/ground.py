"""Where the rounds of one case take place: a company, files to send, ways to look."""

import dataclasses
import datetime as dt
import itertools
import random
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, LiteralString

from ayni.localstack.stack import Stack
from ayni.localstack.waiting import wait_until
from tests.chaos import invariants, points
from tests.chaos.database import Asked
from tests.chaos.invariants import Sent
from tests.chaos.library import Library, Sales
from tests.chaos.operators import Operator
from tests.chaos.points import Hold
from tests.chaos.proxy import Proxy
from tests.flows.client import Shop

# I1 (reliability.md).
ENDED_WITHIN_SECONDS = 120.0
NEXT_ATTEMPT = """
    SELECT extract(epoch FROM attempt.started_at - %(since)s)::float8
    FROM jobs_attempt AS attempt JOIN jobs_job AS job ON job.id = attempt.job_id
    WHERE job.args->>'upload_id' = %(upload)s AND attempt.started_at > %(since)s
    ORDER BY attempt.number LIMIT 1
"""
ATTEMPTS = "SELECT attempts FROM jobs_job WHERE args->>'upload_id' = %s"
JOB = "SELECT id::text FROM jobs_job WHERE args->>'upload_id' = %s"
OPEN_JOBS = """
    SELECT count(*) FROM jobs_job
    WHERE finished_at IS NULL AND args->>'upload_id' = ANY(%s)
"""
IS_DONE = "SELECT finished_at IS NOT NULL FROM jobs_job WHERE id = %s"
STATE = "SELECT state FROM jobs_job WHERE args->>'upload_id' = %s"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stack under trial, and what all cases share."""

    stack: Stack
    database: Asked
    library: Library
    rng: random.Random
    channels: Proxy
    operator: Operator
    lease_seconds: float

    @property
    def points_folder(self) -> Path:
        return self.stack.folder / points.POINTS_FOLDER


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One case's company on the stage."""

    stage: Stage
    shop: Shop
    numbers: Iterator[int] = dataclasses.field(
        default_factory=lambda: itertools.count(1)
    )

    @property
    def database(self) -> Asked:
        return self.stage.database

    def next_file(self, *, rows: int = 0) -> Sales:
        """Return a file that the company has not sent yet."""
        return self.stage.library.file(next(self.numbers), rows=rows)

    def send(self, *, rows: int = 0) -> Sent:
        """Send the next file and return what was answered with 201."""
        return self.send_file(self.next_file(rows=rows))

    def send_file(self, sales: Sales) -> Sent:
        """Send a file and return what was answered with 201."""
        answer = self.shop.upload(sales.path, quality_threshold=0)
        return self.sent(str(answer["id"]), sales)

    def sent(self, upload_id: str, sales: Sales) -> Sent:
        """Return what the checker must know of an accepted upload."""
        return Sent(
            upload_id=upload_id,
            company_id=self.shop.company_id,
            oracle=sales.oracle,
            calm_upload_id=sales.calm_upload_id,
        )

    def holding(self, point: str) -> AbstractContextManager[Hold]:
        """Stop the next job of the company that comes to the point."""
        return points.holding(
            self.stage.points_folder, point, tenant_id=self.shop.company_id
        )

    def holding_anybody(self, point: str) -> AbstractContextManager[Hold]:
        """Stop the next process that comes to the point, for whomever it works."""
        return points.holding(self.stage.points_folder, point)

    def await_end(self, sent: Sequence[Sent]) -> None:
        """Return when all have ended, or never will in the time they have.

        Their jobs too: whoever was killed after the commit has left one open.
        """
        ids = [each.upload_id for each in sent]
        wait_until(
            lambda: (
                invariants.have_ended(self.database, sent)
                and not self.one(OPEN_JOBS, ids)
            ),
            seconds=ENDED_WITHIN_SECONDS,
        )

    def rows_too_early(self) -> tuple[str, ...]:
        """Return a sentence if rows can be seen of an upload that is under way."""
        count = invariants.rows_too_early(self.database, self.shop.company_id)
        return (f"I2 {count} rows can be seen before their commit",) if count else ()

    def now(self) -> dt.datetime:
        """Return the database's time: by it leases run out and attempts begin."""
        moment: dt.datetime = self.one("SELECT clock_timestamp()")
        return moment

    def restarted_after(self, sent: Sent, since: dt.datetime) -> float | None:
        """Return how many seconds after ``since`` the next attempt began, if any."""
        row = self.database.execute(
            NEXT_ATTEMPT, {"since": since, "upload": sent.upload_id}
        ).fetchone()
        return None if row is None else float(row[0])

    def attempts(self, sent: Sent) -> int:
        """Return how often the job of an upload was claimed."""
        return int(self.one(ATTEMPTS, sent.upload_id))

    def job_of(self, sent: Sent) -> str:
        """Return the id of an upload's job."""
        return str(self.one(JOB, sent.upload_id))

    def has_succeeded(self, sent: Sent) -> bool:
        """Return whether the job of an upload is done with."""
        return bool(self.one(STATE, sent.upload_id) == "succeeded")

    def is_done(self, job_id: uuid.UUID) -> bool:
        """Return whether a job has ended, whichever way."""
        return bool(self.one(IS_DONE, job_id))

    def one(self, statement: LiteralString, *values: object) -> Any:
        """Return the only value of the only row."""
        row = self.database.execute(statement, values).fetchone()
        assert row is not None, statement
        return row[0]
