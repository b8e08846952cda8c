"""Start each thread's child when the thread starts, so that no job waits for one."""

from typing import Any

import dramatiq

from jobs.nursery import child_of_this_thread


class Warmth(dramatiq.Middleware):
    """Used by workers whose queues have isolated actors."""

    def after_worker_thread_boot(self, *_args: Any) -> None:
        """Have a child started for the thread that will use it."""
        child_of_this_thread()
