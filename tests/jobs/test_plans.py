"""Nothing that is done all day reads the whole table of jobs, however old it grows."""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.jobs.history import QUEUE, Size, grow
from jobs import metrics, selectors, statements, sweep, totals
from jobs.claim import values_of
from jobs.models import Job
from jobs.selectors import JobFilter
from jobs.workers import identify

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# A million has the same plans; this is made in a few seconds.
SIZE = Size(finished=60_000, waiting=3_000)
TABLES = {"jobs_job", "jobs_attempt"}
# All that waits may be looked at, and all that failed.
MOST_ROWS_IN_VAIN = 4_000

LISTS: Mapping[str, Callable[[], object]] = {
    "all jobs": lambda: selectors.jobs_page(JobFilter()),
    "failed": lambda: selectors.jobs_page(JobFilter(state="failed")),
    "waiting": lambda: selectors.jobs_page(JobFilter(state="queued")),
    "of an actor": lambda: selectors.jobs_page(JobFilter(actor="count_3")),
    "of a queue": lambda: selectors.jobs_page(JobFilter(queue="shop_3")),
    "failed alike": lambda: selectors.jobs_page(
        JobFilter(state="failed", actor="count_0", fingerprint="Broken:100")
    ),
    "why they wait": lambda: selectors.waits_of(
        selectors.jobs_page(JobFilter(state="queued")).jobs
    ),
    "queues": selectors.queue_summaries,
    "workers": selectors.workers,
    "failures": selectors.failures,
    "metrics": metrics.metrics,
    "sweep": sweep.sweep,
    "forgetting": sweep.forget_old,
}


def plan_of(statement: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return how Postgres goes about it, and what it met where it only reads."""
    how = "ANALYZE, FORMAT JSON" if statement.startswith("SELECT") else "FORMAT JSON"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({how}) {statement}", values)
        found = cursor.fetchone()[0]
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]
    return plan["Plan"]  # type: ignore[no-any-return]


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes_of(below)


def reads_everything(plan: dict[str, Any]) -> bool:
    return any(
        node.get("Relation Name") in TABLES
        and (
            node["Node Type"] == "Seq Scan"
            or node.get("Rows Removed by Filter", 0) > MOST_ROWS_IN_VAIN
        )
        for node in nodes_of(plan)
    )


def statements_of(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        act()
    spoken = ("SELECT", "UPDATE", "DELETE", "WITH")
    return [sql for each in seen if (sql := each["sql"].strip()).startswith(spoken)]


def claims() -> dict[str, tuple[str, dict[str, Any]]]:
    job = Job.objects.filter(queue=QUEUE, state="queued")[0]
    values = values_of(job.pk, allowances={job.actor: 4}, worker=identify(uuid.uuid4()))
    within = {"queue": QUEUE, "tenant": job.tenant_id, "step": 1.0, "start": 0.0}
    limits = {"queue_limit": 5, "tenant_limit": 5}
    return {
        "claim": (statements.CLAIM_BY_RANK, values),
        "claim within limits": (
            statements.CLAIM_WITHIN_LIMITS,
            {**values, **within, **limits},
        ),
        "line": (statements.READ_LINE, values),
        "end and claim": (statements.SETTLE_AND_CLAIM, {**values, "token": 1}),
        "end": (statements.SETTLE_ALONE, {**values, "token": 1}),
    }


def test_no_statement_of_every_day_reads_the_table_from_end_to_end() -> None:
    grow(SIZE)
    # The scheduler does, once a minute; metrics read what has ended since.
    totals.count_ended()

    slow = {
        name: statement
        for name, act in LISTS.items()
        for statement in statements_of(act)
        if reads_everything(plan_of(statement.replace("%", "%%"), {}))
    }
    slow |= {
        name: statement
        for name, (statement, values) in claims().items()
        if reads_everything(plan_of(statement.format(patience="SKIP LOCKED"), values))
    }

    assert slow == {}
