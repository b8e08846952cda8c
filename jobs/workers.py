"""Worker processes sign in, give signs of life and sign off, each for itself."""

import dataclasses
import functools
import os
import socket
import uuid

import psutil

from jobs import clock
from jobs.ids import new_id
from jobs.models import Job, Worker
from jobs.states import State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who works here. ``id`` is given by the supervisor, so that it can be named."""

    id: uuid.UUID
    host: str
    pid: int
    queues: tuple[str, ...] = ()
    threads: int = 1

    @property
    def place(self) -> str:
        """Return the text that the history of attempts keeps."""
        return f"{self.host}:{self.pid}"


def identify(
    worker_id: uuid.UUID, *, queues: tuple[str, ...] = (), threads: int = 1
) -> Identity:
    """Return the identity of this process under ``worker_id``."""
    return Identity(
        id=worker_id,
        host=socket.gethostname(),
        pid=os.getpid(),
        queues=queues,
        threads=threads,
    )


@functools.cache
def here() -> Identity:
    """Return who this process is; one that never signed in is given an id."""
    return _signed_in[-1] if _signed_in else identify(new_id())


def sign_in(identity: Identity) -> None:
    """Say who this process is, once, before it claims anything."""
    _signed_in.append(identity)
    here.cache_clear()
    give_sign_of_life(identity)


def give_sign_of_life(identity: Identity) -> None:
    """Write this process's row, or renew it."""
    Worker.objects.update_or_create(
        pk=identity.id,
        defaults={"last_seen_at": clock.now(), "rss_bytes": _rss_bytes()},
        create_defaults={
            "host": identity.host,
            "pid": identity.pid,
            "queues": list(identity.queues),
            "threads": identity.threads,
            "rss_bytes": _rss_bytes(),
        },
    )


def sign_off(worker_id: uuid.UUID) -> None:
    """Say that the process has ended, in good order or not. Safe to call twice."""
    Worker.objects.filter(pk=worker_id, stopped_at=None).update(stopped_at=clock.now())


def end_leases(worker_id: uuid.UUID) -> int:
    """Let the leases of a dead process run out now; the sweep takes its jobs on.

    Only whoever saw the process end may call this. Returns how many there were.
    """
    running = Job.objects.filter(worker_id=worker_id, state=State.RUNNING)
    return running.update(lease_expires_at=clock.now())


def _rss_bytes() -> int:
    """Return the memory of this process and its children."""
    process = psutil.Process()
    total = 0
    for each in (process, *process.children(recursive=True)):
        try:
            total += each.memory_info().rss
        except psutil.NoSuchProcess:
            # A child may end between being listed and being asked.
            continue
    return total


_signed_in: list[Identity] = []
