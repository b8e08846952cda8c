"""Start processes so that none outlives us: each is a group of its own, and watched.

A guard process (``guard.py``) knows them all. However we end, by Ctrl-C, a signal or
``kill -9``, they are stopped in the reverse of the order in which they were started.
"""

import contextlib
import dataclasses
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import psutil

from ayni.localstack.ending import end_group
from ayni.localstack.errors import LocalStackError
from ayni.localstack.signals import held_signals
from ayni.localstack.unprivileged import Person

ROOT = Path(__file__).resolve().parents[2]
# Covers a job's batch in flight and Postgres' last checkpoint.
GRACE_SECONDS = 20.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPlan:
    """One process: what runs, as whom, where it writes and how it is asked to stop."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    log: Path
    folder: Path = ROOT
    person: Person | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    grace_seconds: float = GRACE_SECONDS


class Keeper:
    """The processes of one stack. May be used from several threads."""

    def __init__(self, *, lock_descriptor: int) -> None:
        self._lock_descriptor = lock_descriptor
        self._busy = threading.RLock()
        self._is_over = False
        self._running: dict[str, tuple[ProcessPlan, subprocess.Popen[bytes]]] = {}
        self._temporary: list[Path] = []
        self._guard = self._start_guard()

    def start(self, plan: ProcessPlan) -> None:
        """Start the process and have it watched. It may not be ready yet.

        Raises ``LocalStackError`` after ``stop_all``: nobody would watch it.
        """
        plan.log.parent.mkdir(parents=True, exist_ok=True)
        with self._busy, held_signals(), plan.log.open("ab") as log:
            if self._is_over:
                raise LocalStackError(f"{plan.name} is not started: all is stopping")
            process = _spawn(plan, log_descriptor=log.fileno())
            self._running[plan.name] = (plan, process)
            self._tell(_watch_order(plan, process.pid))

    def stop(self, name: str) -> None:
        """Stop the process and its group; does nothing if it was never started.

        Several may be stopped at once, each from a thread of its own.
        """
        with self._busy:
            entry = self._running.pop(name, None)
        if entry is not None:
            self._end(*entry)
            with self._busy:
                self._tell({"order": "forget", "pid": entry[1].pid})

    def stop_all(self) -> None:
        """Stop everything, the newest first, and dismiss the guard.

        Safe to call twice; nothing can be started afterwards.
        """
        with self._busy:
            self._is_over = True
            names = list(self._running)
        for name in reversed(names):
            self.stop(name)
        with self._busy:
            self._tell({"order": "done"})
            with contextlib.suppress(BrokenPipeError):
                self._guard.communicate(timeout=GRACE_SECONDS)

    def pid(self, name: str) -> int | None:
        """Return the process id of a running process."""
        with self._busy:
            entry = self._running.get(name)
            return entry[1].pid if entry and entry[1].poll() is None else None

    @property
    def pids(self) -> dict[str, int]:
        """Return the process ids of what runs, by name."""
        with self._busy:
            return {name: pid for name in self._running if (pid := self.pid(name))}

    def exit_code(self, name: str) -> int | None:
        """Return how the process ended; None while it runs or if it is unknown."""
        with self._busy:
            entry = self._running.get(name)
            return entry[1].poll() if entry else None

    def remove_afterwards(self, folder: Path) -> None:
        """Have the guard remove a folder if we are killed."""
        with self._busy:
            self._temporary.append(folder)
            self._tell({"order": "remove", "path": str(folder)})

    def renew_guard(self) -> None:
        """Start the guard again if it was killed; cheap when it was not."""
        with self._busy:
            if self._guard.poll() is not None:
                with contextlib.suppress(BrokenPipeError):
                    self._guard.communicate()
                self._guard = self._start_guard()
                for plan, process in self._running.values():
                    self._tell(_watch_order(plan, process.pid))
                for folder in self._temporary:
                    self._tell({"order": "remove", "path": str(folder)})

    def _start_guard(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "ayni.localstack.guard"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[self._lock_descriptor],
            cwd=ROOT,
        )

    def _tell(self, order: dict[str, object]) -> None:
        """Send one order; a dead guard is renewed later and told everything."""
        pipe = self._guard.stdin
        with contextlib.suppress(BrokenPipeError):
            if pipe is not None and not pipe.closed:
                pipe.write(json.dumps(order).encode() + b"\n")
                pipe.flush()

    def _end(self, plan: ProcessPlan, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(psutil.NoSuchProcess):
            end_group(
                psutil.Process(process.pid),
                stop_signal=plan.stop_signal,
                seconds=plan.grace_seconds,
            )
        process.wait()


def inherited_environment() -> dict[str, str]:
    """Return this process' environment, to hand on to children, not to be read."""
    return dict(os.environ)  # noqa: TID251  # handed on, not read


def _spawn(plan: ProcessPlan, *, log_descriptor: int) -> subprocess.Popen[bytes]:
    person = plan.person
    return subprocess.Popen(  # noqa: S603  # our own programs, no shell
        plan.command,
        stdin=subprocess.DEVNULL,
        stdout=log_descriptor,
        stderr=subprocess.STDOUT,
        env=dict(plan.environment),
        cwd=plan.folder,
        start_new_session=True,
        user=person.uid if person else None,
        group=person.gid if person else None,
        extra_groups=[] if person else None,
    )


def _watch_order(plan: ProcessPlan, pid: int) -> dict[str, object]:
    return {
        "order": "watch",
        "pid": pid,
        "signal": int(plan.stop_signal),
        "seconds": plan.grace_seconds,
    }
