"""C4: Postgres stopped in the middle of a COPY, and the session of a COPY ended."""

import functools
import signal
from collections.abc import Callable, Iterator

import httpx

from ayni.localstack import postgres
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.operators import silent_about_absence
from tests.chaos.signals import await_death, kill
from tests.chaos.verdicts import Round

COPYING = """
    SELECT max(pid) FROM pg_stat_activity
    WHERE state = 'active' AND query LIKE 'COPY%%' AND datname = current_database()
"""
# What may be asked of the web while Postgres is away, until it is back.
ASKED_TIMES = 5
BACK_SECONDS = 60.0
Disturb = Callable[[Ground], bool]


def disturb_copy(ground: Ground, *, disturb: Disturb) -> Round:
    """Break what a COPY needs in the middle of it; the upload must land anyway."""
    with ground.holding("mid_copy") as hold:
        sent = ground.send()
        held = hold.await_process()
        early = ground.rows_too_early()
        since = ground.now()
        struck = held is not None and disturb(ground)
        codes = [_ask(ground) for _ in range(ASKED_TIMES)]
        shown = tuple(silent_about_absence(ground.stage.operator))
        partial = ground.rows_too_early()
    ground.await_end([sent])
    return Round(
        struck=struck,
        sent=(sent,),
        recovery_seconds=ground.restarted_after(sent, since),
        broken=(*early, *partial, *shown, *_wrong(codes)),
    )


def stop_at_once(ground: Ground) -> bool:
    """Stop the server as if the power went: what was not committed is gone."""
    pid = ground.stage.stack.pids.get(postgres.NAME)
    struck = kill(pid, with_signal=signal.SIGQUIT)
    return struck and pid is not None and await_death([pid])


def end_session(ground: Ground) -> bool:
    """End the session of the COPY alone."""
    return bool(ground.one("SELECT pg_terminate_backend(%s)", ground.one(COPYING)))


def kill_backend(ground: Ground) -> bool:
    """Kill the session's process: the server ends all others and recovers."""
    pid: int | None = ground.one(COPYING)
    return kill(pid)


def _ask(ground: Ground) -> int:
    try:
        with ground.shop.api as api:
            return api.get("/uploads/").status_code
    except httpx.TransportError:
        return 0


def _wrong(codes: list[int]) -> Iterator[str]:
    for code in sorted(set(codes) - {200, 503}):
        yield f"a list was answered {code} while Postgres was away"


CASES = tuple(
    Case(
        code="C4",
        name=f"C4 {name} mid copy",
        strike=functools.partial(disturb_copy, disturb=disturb),
        rounds=5,
    )
    for name, disturb in (
        ("Postgres stopped", stop_at_once),
        ("session ended", end_session),
        ("backend killed", kill_backend),
    )
)
