"""Orders for those who reach a point (``jobs/points.py``), as files both sides see.

An order is for the first process that reaches the point with a job of the tenant. It
stays there until the file by which it says so is gone.
"""

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ayni.localstack.waiting import wait_until

# In the folder of the stack.
POINTS_FOLDER = "points"
# Nobody holds a process on purpose for longer; a campaign that died shall not either.
HELD_AT_MOST_SECONDS = 60.0
# What a small file needs to get anywhere, workers that are just starting included.
REACHED_SECONDS = 30.0
# In the process that has the job; the others are reached by its child.
IN_WORKER = frozenset({"after_claim", "before_ack"})


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A process that stands at a point."""

    pid: int
    parent_pid: int

    def as_data(self) -> dict[str, int]:
        return dataclasses.asdict(self)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """An order that was left, and who follows it."""

    folder: Path
    point: str

    def await_process(self) -> Held | None:
        """Return who stands at the point, ``None`` if nobody comes by."""
        sign = held(self.folder, self.point)
        if not wait_until(sign.exists, seconds=REACHED_SECONDS):
            return None
        return Held(**json.loads(sign.read_text(encoding="utf-8")))

    def let_go(self) -> None:
        """Let whoever stands at the point go on; nobody else stops there."""
        armed(self.folder, self.point).unlink(missing_ok=True)
        held(self.folder, self.point).unlink(missing_ok=True)


@contextmanager
def holding(folder: Path, point: str, *, tenant_id: str = "") -> Iterator[Hold]:
    """Stop the next process at the point, if it gets there within the block.

    Without ``tenant_id`` any that comes by is stopped. It goes on after the block.
    """
    folder.mkdir(exist_ok=True)
    hold = Hold(folder=folder, point=point)
    hold.let_go()
    unfinished = armed(folder, point).with_suffix(".unfinished")
    unfinished.write_text(tenant_id, encoding="utf-8")
    unfinished.rename(armed(folder, point))
    try:
        yield hold
    finally:
        hold.let_go()


def armed(folder: Path, point: str) -> Path:
    """Return the file that is an order."""
    return folder / f"{point}.armed"


def held(folder: Path, point: str) -> Path:
    """Return the file that says who stands there."""
    return folder / f"{point}.held"
