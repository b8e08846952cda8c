"""One local stack a folder: a lock that dies with its holders.

The kernel releases it when the last process that inherited it is gone, so there is no
stale lock. The guard inherits it: the folder is free only when the services are down.
"""

import dataclasses
import fcntl
import json
import os
from pathlib import Path
from typing import Self

import psutil

from ayni.localstack.errors import AlreadyRunningError, LocalStackError
from ayni.localstack.waiting import wait_until

LOCK_NAME = "localstack.lock"
# The guard of a killed stack stops its services in this time at the very most.
CLEANUP_SECONDS = 60.0


@dataclasses.dataclass(slots=True)
class FolderLock:
    """The right to run services in a folder, held until ``release``."""

    path: Path
    descriptor: int

    @classmethod
    def acquire(cls, folder: Path) -> Self:
        """Take the folder.

        Raises ``AlreadyRunningError`` if a living stack holds it. If only its guard is
        left, waits until that has stopped the services.
        """
        lock = cls(path=folder / LOCK_NAME, descriptor=_open(folder / LOCK_NAME))
        if not wait_until(lock._try_or_refuse, seconds=CLEANUP_SECONDS):
            os.close(lock.descriptor)
            raise LocalStackError(f"services of a stopped run still hold {lock.path}")
        lock.describe(address="")
        return lock

    def _try_or_refuse(self) -> bool:
        if _try_lock(self.descriptor):
            return True
        pid, address = _holder(self.path)
        if pid and psutil.pid_exists(pid):
            os.close(self.descriptor)
            raise AlreadyRunningError(pid=pid, address=address)
        return False

    def describe(self, *, address: str) -> None:
        """Write down who holds the folder and where it answers."""
        content = json.dumps({"pid": os.getpid(), "address": address}).encode()
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, content, 0)

    def release(self) -> None:
        """Give the folder back; safe to call twice."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def is_held(folder: Path) -> bool:
    """Return whether a stack, or the guard of one, holds the folder now."""
    path = folder / LOCK_NAME
    if not path.exists():
        return False
    descriptor = _open(path)
    try:
        return not _try_lock(descriptor)
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _try_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> tuple[int, str]:
    try:
        content = json.loads(path.read_text() or "{}")
    except ValueError:
        return 0, ""
    return int(content.get("pid", 0)), str(content.get("address", ""))
