"""Start each thread's child when the thread starts, so that no job waits for one."""

from typing import Any

import dramatiq

from jobs import isolation


class Warmth(dramatiq.Middleware):
    """Used by workers whose queues have isolated actors."""

    def after_worker_thread_boot(self, *_args: Any) -> None:
        """Start the child in the thread that will use it: it dies with that thread."""
        isolation.child_of_this_thread()
