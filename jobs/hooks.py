"""What an application wants done when a job of its actor changes state.

Hooks are plain functions and run inside the transaction that changes the job, in
whichever process does it. A hook that raises undoes the change of state; it must be
safe to run again. Two doors lead here. An attempt ends in a worker or in the scheduler,
which load actors: its hooks may stand in the actor's options. A job is cancelled and
requeued in web as well, which loads none: register those in ``AppConfig.ready``.
"""

import dataclasses
import enum
import uuid
from collections.abc import Callable, Mapping
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobOutcome:
    """What a hook is told. ``code`` and ``message`` are empty after a success.

    ``result`` is what the work returned if it has just succeeded.
    """

    job_id: uuid.UUID
    actor: str
    args: Mapping[str, Any]
    tenant_id: uuid.UUID | None
    attempt: int
    code: str = ""
    message: str = ""
    result: Any = None


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
    """Add to the hooks of ``actor``. Safe to call twice.

    Raises ``ValueError`` if the actor has another function for the same moment: which
    of the two was meant is not for the order of imports to decide.
    """
    known = of(actor)
    given = {
        moment: hook
        for moment in Moment
        if (hook := getattr(hooks, moment)) is not None
    }
    for moment, hook in given.items():
        if getattr(known, moment) not in {None, hook}:
            raise ValueError(f"{actor} has another {moment} already")
    _registered[actor] = dataclasses.replace(known, **given)


def of(actor: str) -> Hooks:
    """Return the hooks of ``actor`` in this process."""
    return _registered.get(actor, Hooks())


def forget(actor: str) -> None:
    """Leave ``actor`` without hooks."""
    _registered.pop(actor, None)


def is_wanted(moment: Moment, actor: str) -> bool:
    """Return whether anything is to be run when a job of ``actor`` comes to that."""
    return getattr(_registered.get(actor), moment, None) is not None


def run(moment: Moment, outcome: JobOutcome) -> None:
    """Run the hook of ``outcome.actor`` for ``moment``, inside the open transaction."""
    hook: Hook | None = getattr(of(outcome.actor), moment)
    if hook is not None:
        hook(outcome)
