"""What Prometheus is told about jobs, read from the tables at the moment it asks.

Tables forget after their days, so there are no counters that only rise: what happened
is told for the last ``WINDOW_SECONDS``, found by indexes whatever the history holds.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta

from django.db import connection
from django.db.models import Count, Q

from jobs import clock, exposition, selectors
from jobs.errors import WorkerLostError
from jobs.exposition import Family, Sample
from jobs.models import Attempt
from jobs.tallies import tallies

# Longer than scrapes are apart, short enough to show what is wrong now.
WINDOW_SECONDS = 300
WINDOW = timedelta(seconds=WINDOW_SECONDS)
LOST = Q(error_code=WorkerLostError.code)
# From what an idle worker needs to the hard limit of a job.
BOUNDS = (0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0)
RECENT = """
SELECT queue, actor,
    width_bucket(extract(epoch FROM started_at - run_at)::float8, %(bounds)s),
    width_bucket(extract(epoch FROM finished_at - started_at)::float8, %(bounds)s),
    count(*)
FROM jobs_job
WHERE finished_at > statement_timestamp() - make_interval(secs => %(window)s)
    AND started_at IS NOT NULL
GROUP BY 1, 2, 3, 4
"""


def metrics() -> str:
    """Return every figure in Prometheus's text format."""
    return exposition.render((*_now(), *_recent_times(), *_recent_attempts()))


def _now() -> tuple[Family, ...]:
    queues = selectors.queue_summaries()
    return (
        _states(),
        _of_queues(
            "oldest_waiting_seconds",
            {queue.name: queue.oldest_waiting_seconds or 0 for queue in queues},
            meaning="For how long the oldest waiting job could have started.",
        ),
        _of_queues(
            "queue_paused",
            {queue.name: queue.is_paused for queue in queues},
            meaning="1 if an operator has paused the queue.",
        ),
        _of_queues(
            "queue_workers",
            {queue.name: queue.workers for queue in queues},
            meaning="Living worker processes that take from the queue.",
        ),
        _crew(),
    )


def _states() -> Family:
    return Family(
        name="ayni_jobs",
        meaning="Jobs that have not ended, or failed and are kept.",
        samples=tuple(
            Sample(
                value=each.count,
                labels={"queue": each.queue, "actor": each.actor, "state": each.state},
            )
            for each in tallies()
        ),
    )


def _of_queues(word: str, values: Mapping[str, float], *, meaning: str) -> Family:
    return Family(
        name=f"ayni_jobs_{word}",
        meaning=meaning,
        samples=tuple(
            Sample(value=value, labels={"queue": name})
            for name, value in values.items()
        ),
    )


def _crew() -> Family:
    crew = selectors.workers()
    alive = sum(worker.is_alive for worker in crew)
    return Family(
        name="ayni_jobs_workers",
        meaning="Worker processes that have not stopped, by whether they are heard of.",
        samples=(
            Sample(value=alive, labels={"state": "alive"}),
            Sample(value=len(crew) - alive, labels={"state": "silent"}),
        ),
    )


def _recent_times() -> tuple[Family, ...]:
    waits: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    runs: dict[tuple[str, str], dict[int, int]] = defaultdict(lambda: defaultdict(int))
    with connection.cursor() as cursor:
        cursor.execute(RECENT, {"bounds": list(BOUNDS), "window": WINDOW_SECONDS})
        for queue, actor, wait, run, count in cursor.fetchall():
            waits[queue, actor][wait] += count
            runs[queue, actor][run] += count
    return (
        _buckets("wait", waits, meaning="Jobs by how long they could have started"),
        _buckets("run", runs, meaning="Jobs by how long their last attempt took"),
    )


def _buckets(
    word: str, found: dict[tuple[str, str], dict[int, int]], *, meaning: str
) -> Family:
    return Family(
        name=f"ayni_jobs_recent_{word}_seconds_bucket",
        meaning=f"{meaning}; ended in the last {WINDOW_SECONDS} s, so without rate().",
        samples=tuple(
            sample
            for (queue, actor), counts in sorted(found.items())
            for sample in exposition.cumulated(
                counts, BOUNDS, labels={"queue": queue, "actor": actor}
            )
        ),
    )


def _recent_attempts() -> tuple[Family, ...]:
    ended = (
        Attempt.objects.filter(ended_at__gt=clock.ago(WINDOW))
        .values_list("job__queue", "job__actor", "outcome")
        .annotate(count=Count("pk"), lost=Count("pk", filter=LOST))
        .order_by("job__queue", "job__actor", "outcome")
    )
    found = [
        ({"queue": queue, "actor": actor, "outcome": outcome}, count, lost)
        for queue, actor, outcome, count, lost in ended
    ]
    return (
        Family(
            name="ayni_jobs_recent_attempts",
            meaning=f"Attempts that ended in the last {WINDOW_SECONDS} s.",
            samples=tuple(Sample(value=count, labels=who) for who, count, _ in found),
        ),
        Family(
            name="ayni_jobs_recent_expired_leases",
            meaning=f"Those of them whose worker was lost, in {WINDOW_SECONDS} s.",
            samples=tuple(Sample(value=lost, labels=who) for who, _, lost in found),
        ),
    )
