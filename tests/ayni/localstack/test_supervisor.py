"""What dies is started again: at once the first time, slower if it keeps dying."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.supervisor import (
    LONGEST_PAUSE_SECONDS,
    WELL_AFTER_SECONDS,
    Supervisor,
    _pause_after_death,
    _Watched,
)
from ayni.localstack.waiting import wait_until


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    lock = FolderLock.acquire(tmp_path)
    made = Keeper(lock_descriptor=lock.descriptor)
    yield made
    made.stop_all()
    lock.release()


@pytest.fixture
def said(keeper: Keeper, tmp_path: Path) -> Iterator[list[str]]:
    lines: list[str] = []
    supervisor = Supervisor(keeper, say=lines.append)
    plan = ProcessPlan(
        name="waiter",
        command=(sys.executable, "-c", "import threading; threading.Event().wait()"),
        environment={},
        log=tmp_path / "waiter.log",
    )
    keeper.start(plan)
    supervisor.watch_programs([plan])
    supervisor.start()
    yield lines
    supervisor.stop()


def test_a_killed_process_is_started_again(keeper: Keeper, said: list[str]) -> None:
    before = keeper.pids["waiter"]

    os.kill(before, signal.SIGKILL)

    assert wait_until(lambda: keeper.pid("waiter") not in {None, before}, seconds=10)
    assert said == ["waiter ended with code -9; it is started again"]


def test_a_killed_guard_is_started_again(keeper: Keeper, said: list[str]) -> None:
    before = keeper._guard.pid

    os.kill(before, signal.SIGKILL)

    assert wait_until(lambda: keeper._guard.pid != before, seconds=10)


def test_what_keeps_dying_is_started_again_more_and_more_slowly() -> None:
    watched = _Watched(restart=lambda: None, started_at=time.monotonic())

    pauses = [_pause_after_death(watched, now=watched.started_at) for _ in range(9)]

    assert pauses[:4] == [0.0, 0.5, 1.0, 2.0]
    assert pauses[-1] == LONGEST_PAUSE_SECONDS


def test_who_was_well_for_long_is_started_again_at_once() -> None:
    watched = _Watched(restart=lambda: None, started_at=0.0, deaths=5)

    assert _pause_after_death(watched, now=WELL_AFTER_SECONDS + 1) == 0.0
