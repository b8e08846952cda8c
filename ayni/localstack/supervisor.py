"""Watching what was started, and starting again what died."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterable

from ayni.localstack.errors import LocalStackError
from ayni.localstack.keeper import Keeper, ProcessPlan

LOOK_EVERY_SECONDS = 0.2
# The first restart is at once; one that keeps dying must not eat the machine.
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
# Who lived this long was well: its next death starts the count again.
WELL_AFTER_SECONDS = 60.0

Restart = Callable[[], None]


@dataclasses.dataclass(slots=True)
class _Watched:
    """One process: how it is started again, and how it has fared."""

    restart: Restart
    started_at: float
    deaths: int = 0
    # When a dead one may be started again; None while it lives.
    due_at: float | None = None


class Supervisor:
    """A thread that restarts processes until it is told to stop."""

    def __init__(self, keeper: Keeper, *, say: Callable[[str], None]) -> None:
        self._keeper = keeper
        self._say = say
        self._watched: dict[str, _Watched] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._run, name="supervisor", daemon=True
        )

    def watch(self, name: str, restart: Restart) -> None:
        """Have the process started again by ``restart`` whenever it is dead."""
        self._watched[name] = _Watched(restart=restart, started_at=time.monotonic())

    def watch_programs(self, plans: Iterable[ProcessPlan]) -> None:
        for plan in plans:
            self.watch(plan.name, _starter(self._keeper, plan))

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Return when nothing will be restarted any more; safe to call twice."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(LOOK_EVERY_SECONDS):
            self._keeper.renew_guard()
            for name, watched in self._watched.items():
                if self._keeper.pid(name) is None and not self._stopping.is_set():
                    self._revive(name, watched)

    def _revive(self, name: str, watched: _Watched) -> None:
        now = time.monotonic()
        if watched.due_at is None:
            watched.due_at = now + _pause_after_death(watched, now=now)
            code = self._keeper.exit_code(name)
            self._say(f"{name} ended with code {code}; it is started again")
        if now < watched.due_at:
            return
        # What the dead one started may still run, and would be a second of its kind.
        self._keeper.stop(name)
        watched.started_at = now
        watched.due_at = None
        try:
            watched.restart()
        except LocalStackError as exc:
            self._say(str(exc))


def _pause_after_death(watched: _Watched, *, now: float) -> float:
    """Count the death and return how long to wait, in seconds."""
    if now - watched.started_at > WELL_AFTER_SECONDS:
        watched.deaths = 0
    watched.deaths += 1
    if watched.deaths == 1:
        return 0.0
    return min(FIRST_PAUSE_SECONDS * 2.0 ** (watched.deaths - 2), LONGEST_PAUSE_SECONDS)


def _starter(keeper: Keeper, plan: ProcessPlan) -> Restart:
    def start() -> None:
        keeper.start(plan)

    return start
