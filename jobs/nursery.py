"""Which child a thread works with, and the spare that is warm before it is needed.

Starting Python and loading the actors takes a child 1 s, and more while others work. So
the next child is warmed while jobs run: when one is killed, dies or is used up, the
next job does not wait. There is one spare for all threads of a worker.
"""

import functools
import threading
from concurrent.futures import Future, ThreadPoolExecutor

from django.conf import settings

from jobs.isolation import Child


class Nursery:
    """Starts the children of this process and keeps a spare; any thread may use it.

    One thread starts them all and ends with the process: the kernel ends a child with
    the thread that started it.
    """

    def __init__(self) -> None:
        self._starter = ThreadPoolExecutor(1, thread_name_prefix="nursery")
        self._lock = threading.Lock()
        self._spare: Future[Child] | None = None

    def take(self) -> Child:
        """Return the spare, or a child that was just started if there is none."""
        with self._lock:
            spare, self._spare = self._spare, None
        if spare is not None:
            child = spare.result()
            if child.is_usable:
                return child
            # It died idle. Another spare follows with the next job, not at once: one
            # that cannot start would be started for ever.
            child.stop()
        return self._starter.submit(Child).result()

    def keep_spare(self) -> None:
        """Start warming a spare if there is none and there may be one."""
        with self._lock:
            if self._spare is None and settings.AYNI_JOBS_SPARE_CHILD:
                self._spare = self._starter.submit(Child)


def child_of_this_thread() -> Child:
    """Return this thread's child, taking another if the last one is used up."""
    child: Child | None = getattr(_own, "child", None)
    if child is None or not child.is_usable:
        if child is not None:
            child.stop()
        child = _own.child = nursery().take()
    return child


@functools.cache
def nursery() -> Nursery:
    """Return this process's nursery, starting it at the first call."""
    return Nursery()


_own = threading.local()
