"""Write a job in the caller's transaction; its message follows after commit."""

import functools
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from jobs import relay
from jobs.models import Job
from jobs.relay import Hint
from jobs.states import State
from jobs.unique import write_once

log = structlog.get_logger(__name__)


def enqueue(  # noqa: PLR0913 - the names of what is asked for, all of them optional
    actor: str,
    *,
    args: Mapping[str, Any],
    queue: str = "default",
    tenant_id: uuid.UUID | None = None,
    run_at: datetime | None = None,
    dedupe_key: str = "",
) -> uuid.UUID:
    """Write a job for the actor called ``actor`` and return its id.

    The row belongs to the caller's transaction: rolled back, there is no job. After
    commit its id is sent to the broker, whose trouble never reaches the caller. With
    ``run_at`` in the future the sweep sends it when it is due.

    Calling it twice makes two jobs, unless both have the same ``dedupe_key``: while
    a job with that key, actor and tenant has not ended, its id is returned and nothing
    is written, whatever the other arguments are. That job may be running already, and
    then need not see what the caller has just written.
    """
    values: dict[str, Any] = {
        "actor": actor,
        "queue": queue,
        "args": dict(args),
        "tenant_id": tenant_id,
        "dedupe_key": dedupe_key,
    }
    if run_at is not None and run_at > timezone.now():
        return write_once(Job(**values, state=State.SCHEDULED, run_at=run_at))
    job = Job(**values)
    job_id = write_once(job)
    if job_id == job.pk:
        send_after_commit(Hint(job_id=job_id, actor=actor, queue=queue))
    return job_id


def send_after_commit(hint: Hint) -> None:
    """Send the hint once the caller's transaction is committed; at once without one."""
    transaction.on_commit(functools.partial(_send_quietly, hint))


def _send_quietly(hint: Hint) -> None:
    try:
        relay.send(hint)
    except (DatabaseError, InterfaceError) as exc:
        # The message is out; only the note that it is was lost. The sweep sees to it.
        log.warning("job_sending_not_noted", error=type(exc).__name__)
