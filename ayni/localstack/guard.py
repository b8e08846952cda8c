"""A small process that outlives a killed supervisor just long enough to clean up.

It reads what to watch from its standard input, one JSON object a line. End of input
without ``done`` means that the supervisor is gone: everything watched is then stopped,
the newest first, and temporary folders are removed. It loads no framework.
"""

import json
import shutil
import signal
import sys
from typing import Any

import psutil

from ayni.localstack.ending import end_group

IGNORED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Watchlist:
    """What to stop and remove if the supervisor goes."""

    def __init__(self) -> None:
        self.is_done = False
        self._processes: dict[int, tuple[psutil.Process, int, float]] = {}
        self._folders: list[str] = []

    def obey(self, order: dict[str, Any]) -> None:
        """Follow one line of the supervisor's."""
        match order["order"]:
            case "watch":
                self._watch(order)
            case "forget":
                self._processes.pop(order["pid"], None)
            case "remove":
                self._folders.append(order["path"])
            case "done":
                self.is_done = True
            case other:
                raise ValueError(f"unknown order {other!r}")

    def _watch(self, order: dict[str, Any]) -> None:
        try:
            process = psutil.Process(order["pid"])
        except psutil.NoSuchProcess:
            return
        self._processes[process.pid] = (process, order["signal"], order["seconds"])

    def clean_up(self) -> None:
        """Stop what is watched, newest first, then remove the folders."""
        for process, stop_signal, seconds in reversed(self._processes.values()):
            end_group(process, stop_signal=stop_signal, seconds=seconds)
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Read orders until the end of input; clean up unless told it was orderly."""
    for number in IGNORED:
        signal.signal(number, signal.SIG_IGN)
    watchlist = Watchlist()
    for line in sys.stdin:
        watchlist.obey(json.loads(line))
    if not watchlist.is_done:
        watchlist.clean_up()


if __name__ == "__main__":
    main()
