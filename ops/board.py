"""What the first page shows: every queue, every worker, and their sums."""

import dataclasses

from django.conf import settings

from jobs.selectors import QueueSummary, WorkerView, queue_summaries, workers


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Sums over all queues; ``oldest_waiting_seconds`` is ``None`` if nothing waits."""

    waiting: int
    scheduled: int
    running: int
    failed: int
    oldest_waiting_seconds: float | None
    living_workers: int
    silent_workers: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """Queues and workers as they are now, and how to start workers if there are none.

    ``start_command`` is empty while every queue with something to do has a worker.
    """

    figures: Figures
    queues: tuple[QueueSummary, ...]
    workers: tuple[WorkerView, ...]
    start_command: str


def board_now() -> Board:
    """Read the board from the tables."""
    queues, crew = queue_summaries(), workers()
    return Board(
        figures=figures_of(queues, crew),
        queues=queues,
        workers=crew,
        start_command=start_command(queues, crew),
    )


def figures_of(
    queues: tuple[QueueSummary, ...], crew: tuple[WorkerView, ...]
) -> Figures:
    """Return the sums. Pure."""
    ages = [
        queue.oldest_waiting_seconds
        for queue in queues
        if queue.oldest_waiting_seconds is not None
    ]
    living = sum(worker.is_alive for worker in crew)
    return Figures(
        waiting=sum(queue.waiting for queue in queues),
        scheduled=sum(queue.scheduled for queue in queues),
        running=sum(queue.running for queue in queues),
        failed=sum(queue.failed for queue in queues),
        oldest_waiting_seconds=max(ages, default=None),
        living_workers=living,
        silent_workers=len(crew) - living,
    )


def start_command(
    queues: tuple[QueueSummary, ...], crew: tuple[WorkerView, ...]
) -> str:
    """Return the command that would start the workers that are missing. Pure."""
    taken = {name for worker in crew if worker.is_alive for name in worker.queues}
    idle = [queue.name for queue in queues if queue.name not in taken and _wants(queue)]
    if taken and not idle:
        return ""
    wanted = idle if taken else dict.fromkeys((*settings.AYNI_JOBS_QUEUES, *idle))
    names = ",".join(wanted)
    return f"python manage.py run_workers --processes 2 --threads 2 --queues {names}"


def _wants(queue: QueueSummary) -> bool:
    return bool(queue.waiting or queue.scheduled)
