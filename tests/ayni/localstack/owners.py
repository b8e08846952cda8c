"""A program that owns a stack's processes, to be killed by a test."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from ayni.localstack.ending import has_ended
from ayni.localstack.keeper import ROOT

# A child that ignores the polite signal and has a child of its own.
STUBBORN = """
import signal, subprocess, sys, threading
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
print("pids", grandchild.pid, flush=True)
threading.Event().wait()
"""
OWNER = """
import sys, threading
from pathlib import Path
from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper, ProcessPlan
folder, stubborn, temporary = sys.argv[1:]
lock = FolderLock.acquire(Path(folder))
keeper = Keeper(lock_descriptor=lock.descriptor)
keeper.remove_afterwards(Path(temporary))
keeper.start(ProcessPlan(
    name="child", command=(sys.executable, "-c", stubborn),
    environment={}, log=Path(folder) / "child.log", grace_seconds=0.2,
))
print(keeper.pid("child"), keeper._guard.pid, flush=True)
threading.Event().wait()
"""


@contextmanager
def owner(folder: Path, *, temporary: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program that owns one process; it is killed at the end if it lives."""
    command = [sys.executable, "-c", OWNER, str(folder), STUBBORN, str(temporary)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            yield process
        finally:
            process.kill()


def pids_told_by(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """Return the owner's child and guard."""
    assert process.stdout
    return [psutil.Process(int(word)) for word in process.stdout.readline().split()]


def all_ended(processes: list[psutil.Process]) -> bool:
    return all(has_ended(process) for process in processes)
