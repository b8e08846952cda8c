"""Where spawned processes begin: the killable child and the worker process.

A spawned interpreter imports this module before Django is set up, so nothing here may
import what needs settings; that is looked up by name once they are there.
"""

import ctypes
import json
import os
import signal
import sys
import threading
import uuid
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any

import django
from django.utils.module_loading import import_string

# prctl's number for "send me this signal when my parent dies".
PR_SET_PDEATHSIG = 1


def serve_jobs(pipe: "Connection[Any, Any]") -> None:
    """Do the jobs that come through the pipe, one after the other, until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever stops a whole group, as systemd does, means the worker: it gives its job
    # time to finish, and kills. Not ignored, which programs started here would inherit.
    signal.signal(signal.SIGTERM, lambda _signum, _frame: None)
    die_with_parent()
    django.setup()
    import_string("jobs.loading.load_actors")()
    answer_order = import_string("jobs.orders.answer_order")

    def send(data: dict[str, Any]) -> None:
        pipe.send_bytes(json.dumps(data).encode())

    while True:
        try:
            order = json.loads(pipe.recv_bytes())
        except EOFError:
            return
        send(answer_order(order, send))


def work(
    worker_id: str,
    queues: tuple[str, ...],
    threads: int,
    news: "Connection[Any, Any]",
) -> None:
    """Be a worker process until told to stop; tell by ``news`` that it got to work."""
    # Ctrl-C reaches the whole group; the supervisor alone decides what follows.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    django.setup()
    import_string("jobs.workplace.work_until_stopped")(
        uuid.UUID(worker_id),
        queues=queues,
        threads=threads,
        tell=lambda: news.send_bytes(b"at work"),
    )


def die_with_parent() -> None:
    """See to it that this process does not outlive its parent.

    The kernel does it where it can, even while C code holds the interpreter. Elsewhere
    a thread waits for the parent's end of a pipe to close.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    watch_parent(lambda: os.kill(os.getpid(), signal.SIGKILL))


def watch_parent(then: Any) -> None:
    """Call ``then`` in a thread of its own once the parent process has ended."""
    parent = parent_process()
    if parent is None:
        return

    def wait() -> None:
        connection.wait([parent.sentinel])
        then()

    threading.Thread(target=wait, name="parent watch", daemon=True).start()
