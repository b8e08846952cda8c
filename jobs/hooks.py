"""What an application wants done when a job of its actor changes state.

Hooks run inside the transaction that changes the job, in whichever process does it:
web, worker or scheduler. Register them in ``AppConfig.ready``, which all of them run.
A hook that raises undoes the change of state; it must be safe to run again.
"""

import dataclasses
import enum
import uuid
from collections.abc import Callable, Mapping
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobOutcome:
    """What a hook is told. ``code`` and ``message`` are empty after a success."""

    job_id: uuid.UUID
    actor: str
    args: Mapping[str, Any]
    tenant_id: uuid.UUID | None
    attempt: int
    code: str = ""
    message: str = ""


Hook = Callable[[JobOutcome], None]


class Moment(enum.StrEnum):
    """When a hook runs; the values are the names of the fields of ``Hooks``."""

    SUCCESS = "on_success"
    FAILURE = "on_failure"
    RETRY = "on_retry"
    CANCEL = "on_cancel"
    REQUEUE = "on_requeue"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hooks:
    """One actor's hooks; each may be left out."""

    on_success: Hook | None = None
    on_failure: Hook | None = None
    on_retry: Hook | None = None
    on_cancel: Hook | None = None
    on_requeue: Hook | None = None


_registered: dict[str, Hooks] = {}


def register(actor: str, hooks: Hooks) -> None:
    """Set the hooks of ``actor``; calling it again replaces them."""
    _registered[actor] = hooks


def run(moment: Moment, outcome: JobOutcome) -> None:
    """Run the hook of ``outcome.actor`` for ``moment``, inside the open transaction."""
    hook: Hook | None = getattr(_registered.get(outcome.actor), moment, None)
    if hook is not None:
        hook(outcome)
