"""Inside a process of the stack: waits at a point if somebody outside wants it to."""

import json
import os
import threading
from pathlib import Path

from structlog.contextvars import get_contextvars

from tests.chaos.points import HELD_AT_MOST_SECONDS, Held, armed, held

LOOK_EVERY_SECONDS = 0.01


class Visitor:
    """Follows the orders that lie in a folder; without one nothing happens."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def visit(self, point: str) -> None:
        """Say that the point is reached and stay there until let go."""
        if not self._takes_order(point):
            return
        here = Held(pid=os.getpid(), parent_pid=os.getppid())
        sign = held(self._folder, point)
        unfinished = sign.with_suffix(f".{here.pid}")
        unfinished.write_text(json.dumps(here.as_data()), encoding="utf-8")
        unfinished.rename(sign)
        self._wait_until_gone(sign)

    def _takes_order(self, point: str) -> bool:
        """Take the order if it is for this job's tenant; one process only gets it."""
        order = armed(self._folder, point)
        try:
            tenant_id = order.read_text(encoding="utf-8")
            if tenant_id and tenant_id != get_contextvars().get("tenant_id"):
                return False
            order.unlink()
        except FileNotFoundError:
            return False
        return True

    def _wait_until_gone(self, sign: Path) -> None:
        pause = threading.Event()
        for _ in range(round(HELD_AT_MOST_SECONDS / LOOK_EVERY_SECONDS)):
            if not sign.exists():
                return
            pause.wait(LOOK_EVERY_SECONDS)
