"""The race: bursts of no-ops and jobs for idle workers, by turns."""

import time

from django.db import connection

from ayni.demo.errors import DemoError
from ayni.localstack.stack import Say
from ayni.localstack.waiting import wait_until
from benchmarks.jobs.contenders import CONTENDERS, OURS, Contender
from benchmarks.jobs.report import Round

# A burst is over in seconds, and long beside what its first jobs cost.
BURST_JOBS = 2_000
IDLE_JOBS = 200
# The last job of ours is settled a few milliseconds after it has started.
SETTLED_SECONDS = 30.0
LAST_FINISHED = """
SELECT extract(epoch FROM max(finished_at))::float8,
    count(*) FILTER (WHERE finished_at IS NULL)
FROM jobs_job WHERE actor = 'tick' AND created_at > to_timestamp(%s)
"""


def rounds(number: int, *, say: Say) -> tuple[Round, ...]:
    """Run every contender so many times, one after the other in each round.

    The first round makes connections and files that later ones use; it is not counted.
    """
    _, *counted = (_round(each, say=say) for each in range(number + 1))
    return tuple(counted)


def _round(number: int, *, say: Say) -> Round:
    rates = {each.name: _rate(each) for each in CONTENDERS}
    waits = {each.name: tuple(each.ask("idle", IDLE_JOBS)) for each in CONTENDERS}
    told = ", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items())
    say(f"round {number}, no-op jobs a second: {told}")
    return Round(rates=rates, waits_ms=waits)


def _rate(contender: Contender) -> float:
    seen = contender.ask("burst", BURST_JOBS)
    ended_at = seen["ended_at"]
    if contender is OURS:
        # Peers are done when they start the last job; ours when its row says so.
        ended_at = _last_finished(seen["began_at"])
    return float(BURST_JOBS / (ended_at - seen["began_at"]))


def _last_finished(began_at: float) -> float:
    found = [0.0, 1]

    def is_over() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(LAST_FINISHED, [began_at])
            found[:] = cursor.fetchone()
        return not found[1]

    if not wait_until(is_over, seconds=SETTLED_SECONDS):
        raise DemoError(f"{found[1]} jobs have not ended at {time.time():.0f}")
    return found[0]
