"""C5: a worker that stands still beyond its lease, and then goes on unknowing."""

import datetime as dt
import functools
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ayni.localstack.waiting import wait_until
from jobs.enqueue import enqueue_step
from jobs.steps import Step
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.chaos.points import Held, Hold
from tests.chaos.signals import kill
from tests.chaos.verdicts import Round

STATUS = "SELECT status FROM uploads_upload WHERE id = %s"
# Whose turn it is to land rows; the scheduler's own lock has a small number.
HAS_TURN = """
    SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid <> 0)
"""
# What is left of a small file after its first COPY, and much patience.
REST_SECONDS = 10.0
Thaw = Callable[[Ground, Held, Hold], None]
# What is due is done this soon even while a job's row is locked: some looks of the
# scheduler, and much patience with a busy machine.
OTHERS_SECONDS = 8.0


def freeze_mid_copy(ground: Ground, *, thaw: Thaw) -> Round:
    """Stop worker and child until another has the job; let them go on.

    The other one waits until the stale attempt is over, so that only that one could
    have committed.
    """
    with ground.holding("mid_copy") as stale:
        sent = ground.send()
        held = stale.await_process()
        if held is None:
            return Round(struck=False, sent=(sent,))
        with _frozen(held), ground.holding("after_claim") as heir:
            since = ground.now()
            struck = heir.await_process() is not None
            recovery = ground.restarted_after(sent, since)
            with ground.holding("before_ack") as over:
                thaw(ground, held, stale)
                struck = over.await_process() is not None and struck
                broken = tuple(_committed(ground, sent))
    ground.await_end([sent])
    return Round(struck=struck, sent=(sent,), recovery_seconds=recovery, broken=broken)


def child_first(ground: Ground, held: Held, stale: Hold) -> None:
    """Let the child do the rest before its worker can stop it: the fence has to."""
    stale.let_go()
    kill(held.pid, with_signal=signal.SIGCONT)
    wait_until(lambda: not ground.one(HAS_TURN), seconds=REST_SECONDS)
    kill(held.parent_pid, with_signal=signal.SIGCONT)


def worker_first(_ground: Ground, held: Held, _stale: Hold) -> None:
    """Let the worker notice that its lease is lost: it has to stop the child."""
    kill(held.parent_pid, with_signal=signal.SIGCONT)


def freeze_with_rows(ground: Ground, *, point: str) -> Round:
    """Stop them where they hold rows that the scheduler wants: others must not wait."""
    with ground.holding(point) as stale:
        sent = ground.send()
        held = stale.await_process()
        if held is None:
            return Round(struck=False, sent=(sent,))
        with _frozen(held):
            threading.Event().wait(ground.stage.lease_seconds + 1)
            broken = tuple(_others_wait(ground))
    ground.await_end([sent])
    return Round(struck=True, sent=(sent,), broken=broken)


@contextmanager
def _frozen(held: Held) -> Iterator[None]:
    both = (held.parent_pid, held.pid)
    for pid in both:
        kill(pid, with_signal=signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in both:
            kill(pid, with_signal=signal.SIGCONT)


def _committed(ground: Ground, sent: Sent) -> Iterator[str]:
    if ground.one(STATUS, sent.upload_id) == "completed":
        yield f"I9 {sent.upload_id} was completed by a worker that had lost its lease"


def _others_wait(ground: Ground) -> Iterator[str]:
    """Have something due a moment later, which only the scheduler's looks bring on."""
    soon = ground.now() + dt.timedelta(seconds=1)
    job_id = enqueue_step(Step(actor="health_check", run_at=soon))
    is_done = functools.partial(ground.is_done, job_id)
    if not wait_until(is_done, seconds=OTHERS_SECONDS):
        yield "others wait for a worker that stands still"


CASES = (
    *(
        Case(
            code="C5",
            name=f"C5 frozen mid copy, {thaw.__name__.replace('_', ' ')}",
            strike=functools.partial(freeze_mid_copy, thaw=thaw),
            rounds=5,
            gate_rounds=1,
        )
        for thaw in (child_first, worker_first)
    ),
    *(
        Case(
            code="C5",
            name=f"C5 frozen with rows {point.replace('_', ' ')}",
            strike=functools.partial(freeze_with_rows, point=point),
            rounds=3,
            gate_rounds=1,
        )
        for point in ("before_fence", "before_commit")
    ),
)
