"""What a child does with one order from its worker."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.db import close_old_connections

from jobs import runner
from jobs.fence import CurrentJob
from jobs.telling import Teller


def answer_order(
    order: Mapping[str, Any], send: Callable[[dict[str, Any]], None]
) -> dict[str, Any]:
    """Do the job of an order and return how it ended, both as plain data.

    What the work tells meanwhile is sent. When this returns nothing more is.
    """
    teller = Teller(send)
    structlog.contextvars.bind_contextvars(
        actor=order["actor"],
        job_id=order["job_id"],
        attempt=order["attempt"],
        tenant_id=order["tenant_id"],
    )
    job = CurrentJob(
        job_id=uuid.UUID(order["job_id"]),
        attempt=order["attempt"],
        token=order["token"],
        listen=teller.tell,
    )
    # A child may have been idle for long, and will be.
    close_old_connections()
    ending = runner.perform(order["actor"], job, order["args"])
    close_old_connections()
    teller.finish()
    structlog.contextvars.clear_contextvars()
    return ending.as_data()
