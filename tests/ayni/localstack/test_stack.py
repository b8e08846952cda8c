"""The whole stack: what dies in it comes back, and it says who is who."""

import os
import signal

import psutil
import pytest

from ayni.localstack.ending import has_ended
from ayni.localstack.readiness import web_answers
from ayni.localstack.stack import Stack
from ayni.localstack.waiting import wait_until

pytestmark = [pytest.mark.flow, pytest.mark.slow]

SOON_SECONDS = 60.0


def test_it_names_its_processes(stack: Stack) -> None:
    assert set(stack.pids) == {"web", "workers", "scheduler"}
    assert all(psutil.pid_exists(pid) for pid in stack.pids.values())


def test_a_killed_web_process_is_back_soon(stack: Stack) -> None:
    before = stack.pids["web"]
    port = int(stack.base_url.rpartition(":")[2])

    os.kill(before, signal.SIGKILL)

    assert wait_until(
        lambda: stack.pids.get("web") not in {None, before}, seconds=SOON_SECONDS
    )
    assert wait_until(lambda: web_answers(port), seconds=SOON_SECONDS)


def test_killed_workers_leave_no_worker_process_behind(stack: Stack) -> None:
    before = stack.pids["workers"]
    crew = psutil.Process(before).children(recursive=True)

    os.kill(before, signal.SIGKILL)

    assert wait_until(
        lambda: stack.pids.get("workers") not in {None, before}, seconds=SOON_SECONDS
    )
    assert crew
    assert wait_until(
        lambda: all(has_ended(process) for process in crew),
        seconds=SOON_SECONDS,
    )
