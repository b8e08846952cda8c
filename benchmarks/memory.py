"""The largest memory of any process under one, watched from a thread."""

import threading
from types import TracebackType
from typing import Self

import psutil

# Often enough to see a batch come and go, seldom enough to cost nothing (0.1 ms each).
PAUSE_SECONDS = 0.05
MEGABYTE = 1_000_000


class PeakMemory:
    """Watch the Python processes below ``pid`` for as long as the block.

    Postgres is left out: it counts the shared buffers once for each process.
    """

    def __init__(self, pid: int) -> None:
        self._root = psutil.Process(pid)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(PAUSE_SECONDS):
            for process in self._root.children(recursive=True):
                self.megabytes = max(self.megabytes, _megabytes(process))


def _megabytes(process: psutil.Process) -> float:
    try:
        if not process.name().startswith("python"):
            return 0.0
        return float(process.memory_info().rss) / MEGABYTE
    except psutil.Error:
        return 0.0
