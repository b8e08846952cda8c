"""C9: work that kills its process, hangs in C or raises, at each of its attempts."""

import uuid
from collections.abc import Iterator, Mapping

from ayni.localstack.waiting import wait_until
from jobs import selectors
from jobs.enqueue import enqueue_many
from jobs.steps import Step
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.verdicts import Round

# What each ends with, by actor (``tests/chaos/inside/poison.py``, which only workers
# import).
POISON: Mapping[str, str] = {
    "kill_own_process": "worker_lost",
    "kill_worker": "worker_lost",
    "hang_in_c": "hard_limit_passed",
    "raise_for_ever": "internal_error",
}
QUEUE = "processing"
MOST_ATTEMPTS = 3
# The hard limit of the one that hangs, and what may pass beyond it (reliability.md).
HANGS_AT_MOST_SECONDS = 2.0 + 10.0
OTHERS = 4
GIVEN_UP_SECONDS = 120.0
OPEN = "SELECT count(*) FROM jobs_job WHERE id = ANY(%s) AND finished_at IS NULL"
ENDED = """
    SELECT job.actor, job.state, job.attempts, job.error_code,
        extract(epoch FROM max(attempt.ended_at - attempt.started_at))::float8
    FROM jobs_job AS job JOIN jobs_attempt AS attempt ON attempt.job_id = job.id
    WHERE job.id = ANY(%s) GROUP BY job.id
"""


def poison(ground: Ground) -> Round:
    """Enqueue one of each kind and send files behind them; wait for all to end."""
    # Made before: a file is landed in calm when it is first asked for.
    files = [ground.next_file() for _ in range(OTHERS)]
    tenant_id = uuid.UUID(ground.shop.company_id)
    steps = [Step(actor=actor, queue=QUEUE, tenant_id=tenant_id) for actor in POISON]
    ids = list(enqueue_many(steps))
    sent = tuple(ground.send_file(sales) for sales in files)
    ground.await_end(sent)
    wait_until(lambda: not ground.one(OPEN, ids), seconds=GIVEN_UP_SECONDS)
    return Round(struck=True, sent=sent, broken=tuple(_wrong(ground, ids)))


def _wrong(ground: Ground, ids: list[uuid.UUID]) -> Iterator[str]:
    listed = {group.actor for group in selectors.failures()}
    for actor, *found, longest in ground.database.execute(ENDED, [ids]).fetchall():
        if found != ["failed", MOST_ATTEMPTS, POISON[actor]]:
            yield f"I8 {actor} ended as {found}"
        if actor == "hang_in_c" and longest > HANGS_AT_MOST_SECONDS:
            yield f"work that hangs was stopped after {longest:.1f} s"
        if actor not in listed:
            yield f"{actor} is not among the failures that operators see"


CASES = (
    Case(
        code="C9",
        name="C9 poison, and files behind it",
        strike=poison,
        rounds=3,
        gate_rounds=1,
    ),
)
