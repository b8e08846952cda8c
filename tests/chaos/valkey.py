"""C3: Valkey killed again and again, emptied, and away, while files are sent."""

import contextlib
import functools
import signal
import threading
from collections.abc import Callable

import redis

from ayni.localstack import valkey
from ayni.localstack.waiting import wait_until
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.load import under_load
from tests.chaos.signals import kill
from tests.chaos.verdicts import Round

KILLS, EVERY_SECONDS = 5, 2.0
AWAY_SECONDS = 60.0
# Its supervisor waits longer after each death.
BACK_SECONDS = 60.0
Disturb = Callable[[Ground], bool]


def disturb_valkey(ground: Ground, *, disturb: Disturb) -> Round:
    """Send files while Valkey is disturbed; all of them must land."""
    with under_load(ground) as load:
        threading.Event().wait(EVERY_SECONDS)
        struck = disturb(ground)
        threading.Event().wait(EVERY_SECONDS)
    ground.await_end(load.sent)
    return Round(
        struck=struck and bool(load.sent),
        sent=tuple(load.sent),
        broken=tuple(load.wrong()),
    )


def kill_often(ground: Ground) -> bool:
    """Kill it every two seconds; where it is not back yet, a little later."""
    for _ in range(KILLS):
        threading.Event().wait(EVERY_SECONDS)
        if not wait_until(lambda: _pid(ground) is not None, seconds=BACK_SECONDS):
            return False
        kill(_pid(ground))
    return True


def empty(ground: Ground) -> bool:
    """Delete everything it knows, and kill it before that is on disk."""
    with contextlib.suppress(redis.ConnectionError):
        redis.Redis.from_url(ground.stage.stack.redis_url).flushall()
    return kill(_pid(ground))


def freeze(ground: Ground) -> bool:
    """Let it hang for a minute: connections stay open and nobody answers."""
    pid = _pid(ground)
    struck = kill(pid, with_signal=signal.SIGSTOP)
    threading.Event().wait(AWAY_SECONDS)
    return kill(pid, with_signal=signal.SIGCONT) and struck


def _pid(ground: Ground) -> int | None:
    return ground.stage.stack.pids.get(valkey.NAME)


CASES = tuple(
    Case(
        code="C3",
        name=f"C3 Valkey {name} under load",
        strike=functools.partial(disturb_valkey, disturb=disturb),
        rounds=rounds,
    )
    for name, disturb, rounds in (
        ("killed every 2 s", kill_often, 3),
        ("emptied", empty, 3),
        ("away for a minute", freeze, 1),
    )
)
