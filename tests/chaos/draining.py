"""C13: workers and web told to stop, in good order, again and again under load."""

import signal
from collections.abc import Iterator
from urllib.parse import urlsplit

from ayni.localstack.programs import WEB, WORKERS
from ayni.localstack.readiness import READY_SECONDS, web_answers
from ayni.localstack.waiting import wait_until
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.load import Load, under_load
from tests.chaos.signals import await_death, kill
from tests.chaos.verdicts import Round

ALIVE = """
    SELECT count(*) FROM jobs_worker
    WHERE stopped_at IS NULL AND last_seen_at > clock_timestamp() - interval '3 s'
"""
LOST = """
    SELECT count(*) FROM jobs_attempt AS attempt JOIN jobs_job AS job
    ON job.id = attempt.job_id
    WHERE job.tenant_id = %s AND attempt.error_code = 'worker_lost'
"""


def stop_in_turn(ground: Ground) -> Round:
    """Tell first the workers and then the web to stop; the stack starts them again."""
    with under_load(ground) as load:
        struck = all(_stop(ground, name) for name in (WORKERS, WEB))
    ground.await_end(load.sent)
    return Round(
        struck=struck and bool(load.sent),
        sent=tuple(load.sent),
        broken=(*load.wrong(), *_left_behind(ground, load)),
    )


def _stop(ground: Ground, name: str) -> bool:
    pid = ground.stage.stack.pids.get(name)
    struck = kill(pid, with_signal=signal.SIGTERM)
    struck = struck and pid is not None and await_death([pid])
    port = urlsplit(ground.stage.stack.base_url).port
    assert port is not None
    is_back = {
        WEB: lambda: web_answers(port),
        WORKERS: lambda: bool(ground.one(ALIVE)),
    }[name]
    return wait_until(is_back, seconds=READY_SECONDS) and struck


def _left_behind(ground: Ground, load: Load) -> Iterator[str]:
    if lost := ground.one(LOST, ground.shop.company_id):
        yield f"{lost} of {len(load.sent)} jobs waited for a lease to run out"


CASES = (
    Case(
        code="C13",
        name="C13 workers and web told to stop under load",
        strike=stop_in_turn,
        rounds=10,
    ),
)
