"""How fast jobs are taken, swept and listed beside a million that have ended."""

import functools
import time
import uuid
from collections.abc import Callable, Iterator
from typing import cast

import dramatiq
from django.db import connection

from benchmarks.jobs.history import QUEUE, Size, grow
from benchmarks.jobs.report import Aged
from jobs import handover, metrics, selectors, sweep
from jobs.broker import HintBroker
from jobs.claim import claim_next
from jobs.endings import Ending
from jobs.models import Job
from jobs.relay import Hint, send
from jobs.selectors import JobFilter
from jobs.workers import identify

CLAIMS = 500
# Of each pass and list the median of so many.
TIMES = 7
ALLOWANCES = {f"count_{number}": 4 for number in range(20)}
SOME_PAGES_ON = 10


def measure(size: Size) -> Aged:
    """Fill the tables and measure in this process; what was put in is taken out."""
    grow(size)
    # What Postgres does by itself within minutes.
    _run("VACUUM jobs_job, jobs_attempt")
    _send_all()
    claims = tuple(_claims())
    sweeps = [_milliseconds(sweep.sweep) for _ in range(TIMES)]
    lists = {
        name: sorted(_milliseconds(look) for _ in range(TIMES))[TIMES // 2]
        for name, look in _lists().items()
    }
    _empty()
    return Aged(
        finished=size.finished,
        waiting=size.waiting,
        claim_ms=claims,
        sweep_ms=tuple(sweeps),
        list_ms=lists,
    )


def _send_all() -> None:
    """Give every waiting job its message, as if it had been enqueued."""
    waiting = Job.objects.filter(queue=QUEUE, state="queued")
    for job_id, actor in waiting.values_list("pk", "actor"):
        send(Hint(job_id=job_id, actor=actor, queue=QUEUE))


def _claims() -> Iterator[float]:
    worker = identify(uuid.uuid4())
    hinted = Job.objects.filter(queue=QUEUE, state="queued").values_list(
        "pk", flat=True
    )
    for job_id in tuple(hinted[:CLAIMS]):
        started = time.perf_counter()
        claim = claim_next(job_id, allowances=ALLOWANCES, worker=worker)
        yield (time.perf_counter() - started) * 1000
        if claim is not None:
            handover.succeed(claim, Ending())


def _lists() -> dict[str, Callable[[], object]]:
    """Return what operators' pages and Prometheus read, by name."""
    filters = {
        "all jobs": JobFilter(),
        "failed": JobFilter(state="failed"),
        "waiting": JobFilter(state="queued"),
        "of an actor": JobFilter(actor="count_3"),
        "of a queue": JobFilter(queue="shop_3"),
        "failed of an actor": JobFilter(state="failed", actor="count_0"),
        "none of a queue": JobFilter(state="cancelled", queue="shop_3"),
        "waiting of an actor": JobFilter(state="queued", actor="count_3"),
        "failed alike": JobFilter(state="failed", fingerprint="Broken:100"),
    }
    pages: dict[str, Callable[[], object]] = {
        name: functools.partial(_page_and_waits, wanted)
        for name, wanted in filters.items()
    }
    return {
        **pages,
        "some pages on": functools.partial(
            selectors.jobs_page, JobFilter(), cursor=_cursor_some_pages_on()
        ),
        "queues": selectors.queue_summaries,
        "workers": selectors.workers,
        "failures": selectors.failures,
        "metrics": metrics.metrics,
    }


def _page_and_waits(wanted: JobFilter) -> None:
    selectors.waits_of(selectors.jobs_page(wanted).jobs)


def _cursor_some_pages_on() -> str:
    cursor = ""
    for _ in range(SOME_PAGES_ON):
        cursor = selectors.jobs_page(JobFilter(), cursor=cursor).next_cursor or ""
    return cursor


def _milliseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def _empty() -> None:
    cast("HintBroker", dramatiq.get_broker()).flush(QUEUE)
    _run("TRUNCATE jobs_job, jobs_turn CASCADE")


def _run(statement: str) -> None:
    """Run a statement that may take longer than any that a person waits for."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(statement)
        cursor.execute("RESET statement_timeout")
