"""A stack of its own in a temporary folder, durable as the demo's, gone afterwards."""

import dataclasses
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import django

from ayni.localstack.addresses import addresses_of
from ayni.localstack.ports import free_port
from ayni.localstack.programs import StackPlan
from ayni.localstack.stack import Say, Stack
from ayni.localstack.unprivileged import temporary_folder


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """How many worker processes a stack has, and threads in each."""

    processes: int = 2
    threads: int = 2


USUAL = Staffing()


@contextmanager
def own_stack(
    *, say: Say, extra: Mapping[str, str] | None = None, staffing: Staffing = USUAL
) -> Iterator[Stack]:
    """Start a stack and point this process's Django at it.

    To be called once in a process, before anything imports a model. ``extra`` is added
    to the environment of the stack's processes.
    """
    folder = temporary_folder("ayni-stage-")
    addresses = addresses_of(folder)
    plan = StackPlan(
        folder=folder,
        database_url=addresses.database_url,
        redis_url=addresses.redis_url,
        secret_key=addresses.secret_key,
        port=free_port(),
        worker_processes=staffing.processes,
        worker_threads=staffing.threads,
        extra=extra or {},
    )
    # Handed to Django before its settings exist; settings are read nowhere else.
    os.environ.update(plan.environment())  # noqa: TID251
    django.setup()
    try:
        with Stack(plan, say=say) as stack:
            yield stack
    finally:
        shutil.rmtree(folder, ignore_errors=True)
