"""The whole of Ayni on one machine: services, tables, web, workers and scheduler."""

import contextlib
import dataclasses
import functools
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Self

from ayni.localstack import delivery, postgres, readiness, schema, services
from ayni.localstack.addresses import addresses_of
from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper
from ayni.localstack.ports import LOOPBACK
from ayni.localstack.postgres import Durability
from ayni.localstack.programs import WEB, WORKERS, StackPlan
from ayni.localstack.services import EmbeddedServices, Server
from ayni.localstack.signals import ignored_signals
from ayni.localstack.supervisor import Supervisor

Say = Callable[[str], None]


def say_nothing(_line: str) -> None:
    """Keep quiet: for test runs."""


@dataclasses.dataclass(slots=True)
class _Running:
    """What exists only between start and stop."""

    lock: FolderLock
    keeper: Keeper
    supervisor: Supervisor


class Stack:
    """One running Ayni; a context manager that starts it and stops it.

    Holds its folder while it runs. The services at the plan's addresses are started
    if they are the folder's own, and are taken as they are otherwise.
    """

    def __init__(self, plan: StackPlan, *, say: Say = say_nothing) -> None:
        self._plan = plan
        self._say = say
        self._running: _Running | None = None

    @property
    def base_url(self) -> str:
        return f"http://{LOOPBACK}:{self._plan.port}"

    @property
    def database_url(self) -> str:
        return self._plan.database_url

    @property
    def redis_url(self) -> str:
        return self._plan.redis_url

    @property
    def folder(self) -> Path:
        return self._plan.folder

    @property
    def pids(self) -> dict[str, int]:
        """Return the running processes by name: web, workers, scheduler, postgres..."""
        return self._running.keeper.pids if self._running else {}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start everything and return when a file sent now would be processed.

        Raises ``LocalStackError`` if that does not happen; nothing runs then.
        """
        lock = FolderLock.acquire(self.folder)
        keeper = Keeper(lock_descriptor=lock.descriptor)
        supervisor = Supervisor(keeper, say=self._say)
        running = _Running(lock=lock, keeper=keeper, supervisor=supervisor)
        self._running = running
        with contextlib.ExitStack() as undo:
            undo.callback(self.stop)
            self._start_services(running)
            self._prepare_tables(keeper)
            self._start_programs(running)
            undo.pop_all()
        lock.describe(address=self.base_url)

    def stop(self) -> None:
        """Stop everything, in order, so that nothing is lost; safe to call twice."""
        if self._running is None:
            return
        with ignored_signals():
            self._running.supervisor.stop()
            self._stop_programs(self._running.keeper)
            self._running.keeper.stop_all()
            self._running.lock.release()
            self._running = None

    def deliver_again(self, actor: str, job_id: str) -> None:
        """Send another message for a job that has had one, as Valkey may."""
        delivery.deliver(
            actor, job_id, database_url=self.database_url, redis_url=self.redis_url
        )

    def _start_services(self, running: _Running) -> None:
        servers = self._embedded()
        if not servers:
            return
        before = time.monotonic()
        services.start_together(running.keeper, servers.values())
        for name, server in servers.items():
            restart = functools.partial(services.start, running.keeper, server)
            running.supervisor.watch(name, restart)
        self._report(" and ".join(servers), before)

    def _embedded(self) -> dict[str, Server]:
        embedded = EmbeddedServices(
            folder=self.folder,
            addresses=addresses_of(self.folder),
            durability=Durability.DURABLE,
        )
        return embedded.needed_for(
            database_url=self.database_url, redis_url=self.redis_url
        )

    def _prepare_tables(self, keeper: Keeper) -> None:
        before = time.monotonic()
        if postgres.NAME in keeper.pids:
            schema.ensure_database(self.database_url)
        if not schema.is_current(self.database_url):
            schema.migrate(keeper, self._plan)
        self._report("tables", before)

    def _start_programs(self, running: _Running) -> None:
        before = time.monotonic()
        plans = self._plan.programs()
        with readiness.worker_watch(self.database_url) as has_worker:
            for plan in plans:
                running.keeper.start(plan)
            for plan in plans:
                is_ready = {WEB: self._answers, WORKERS: has_worker}.get(plan.name)
                if is_ready:
                    readiness.await_ready(running.keeper, plan, is_ready)
        running.supervisor.watch_programs(plans)
        running.supervisor.start()
        self._report(", ".join(plan.name for plan in plans), before)

    def _stop_programs(self, keeper: Keeper) -> None:
        """Stop our own programs side by side: none needs another to end well."""
        names = [plan.name for plan in self._plan.programs()]
        with ThreadPoolExecutor(max_workers=len(names)) as pool:
            for stopping in [pool.submit(keeper.stop, name) for name in names]:
                stopping.result()

    def _answers(self) -> bool:
        return readiness.web_answers(self._plan.port)

    def _report(self, what: str, before: float) -> None:
        self._say(f"{what}: ready in {time.monotonic() - before:.1f} s")
