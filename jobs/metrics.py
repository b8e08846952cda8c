"""What Prometheus is told about jobs, read from the tables at the moment it asks.

Any web process answers for all workers, and a restart of anything changes nothing.
"""

from collections import defaultdict
from collections.abc import Mapping

from jobs import leader, selectors, totals
from jobs.exposition import Family, Kind, Sample, histogram, render
from jobs.lag import sweep_lag_seconds
from jobs.tallies import tallies
from jobs.totals import BOUNDS, Figure

Who = tuple[str, str]


def metrics() -> str:
    """Return every figure in Prometheus's text format."""
    return render(families())


def families() -> tuple[Family, ...]:
    """Return every figure, those that have no sample at this moment included."""
    return (*_now(), *_sweep(), *_ever(totals.figures()))


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


def _sweep() -> tuple[Family, ...]:
    return (
        Family(
            name="ayni_jobs_sweep_lag_seconds",
            meaning="How long something has waited for the scheduler's look.",
            samples=(Sample(value=sweep_lag_seconds()),),
        ),
        Family(
            name="ayni_jobs_scheduler_leads",
            meaning="1 if a scheduler leads.",
            samples=(Sample(value=leader.is_taken()),),
        ),
    )


def _ever(figures: tuple[Figure, ...]) -> tuple[Family, ...]:
    ended: dict[tuple[str, str, str], int] = defaultdict(int)
    lost: dict[Who, int] = defaultdict(int)
    for each in figures:
        ended[each.queue, each.actor, each.outcome] += each.attempts
        lost[each.queue, each.actor] += each.attempts if each.is_lost else 0
    return (
        Family(
            name="ayni_jobs_attempts_total",
            meaning="Attempts that have ended, by outcome; retried are the retries.",
            kind=Kind.COUNTER,
            samples=tuple(
                Sample(
                    value=count,
                    labels={"queue": queue, "actor": actor, "outcome": outcome},
                )
                for (queue, actor, outcome), count in sorted(ended.items())
            ),
        ),
        Family(
            name="ayni_jobs_leases_expired_total",
            meaning="Attempts that ended because their worker was lost.",
            kind=Kind.COUNTER,
            samples=tuple(
                Sample(value=count, labels={"queue": queue, "actor": actor})
                for (queue, actor), count in sorted(lost.items())
            ),
        ),
        _times(
            "wait",
            [(each, each.wait_le, each.wait_seconds) for each in figures],
            meaning="How long attempts could have started before they did.",
        ),
        _times(
            "run",
            [(each, each.run_le, each.run_seconds) for each in figures],
            meaning="How long attempts took, whatever their outcome.",
        ),
    )


def _times(
    word: str, found: list[tuple[Figure, float, float]], *, meaning: str
) -> Family:
    counts: dict[Who, dict[float, int]] = defaultdict(lambda: defaultdict(int))
    totals: dict[Who, float] = defaultdict(float)
    for figure, bound, seconds in found:
        who = figure.queue, figure.actor
        counts[who][bound] += figure.attempts
        totals[who] += seconds
    return Family(
        name=f"ayni_jobs_{word}_seconds",
        meaning=meaning,
        kind=Kind.HISTOGRAM,
        samples=tuple(
            sample
            for who, buckets in sorted(counts.items())
            for sample in histogram(
                buckets,
                bounds=BOUNDS,
                total=totals[who],
                labels={"queue": who[0], "actor": who[1]},
            )
        ),
    )
