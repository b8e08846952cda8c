"""Bind the job to every log line that is written while its message is worked on."""

from typing import Any

import dramatiq
import structlog


class Telemetry(dramatiq.Middleware):
    """Binds ``actor`` and ``job_id``; the runner adds attempt and tenant."""

    def before_process_message(
        self,
        broker: dramatiq.Broker,  # noqa: ARG002 - Dramatiq's signature
        message: dramatiq.MessageProxy,
    ) -> None:
        """Start from nothing: the thread may carry what an earlier job left."""
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(
            actor=message.actor_name, job_id=message.args[0] if message.args else ""
        )

    def after_process_message(self, *_args: Any, **_facts: Any) -> None:
        """Forget the job."""
        structlog.contextvars.clear_contextvars()
