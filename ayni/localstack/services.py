"""The embedded services of one folder, started together."""

import dataclasses
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

from ayni.localstack import postgres, valkey
from ayni.localstack.addresses import Addresses
from ayni.localstack.errors import ServiceStartError
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.postgres import Durability, EmbeddedPostgres
from ayni.localstack.valkey import EmbeddedValkey
from ayni.localstack.waiting import wait_until

# Recovery after a killed machine reads up to max_wal_size of log.
READY_SECONDS = 120.0


class Server(Protocol):
    """A program of somebody else's that answers on a port."""

    def prepare(self) -> ProcessPlan:
        """Lay out its files and say how it is run."""

    def is_ready(self, pid: int) -> bool:
        """Return whether the process with this id takes connections."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedServices:
    """The servers of a folder that somebody wants, by the name of their process."""

    folder: Path
    addresses: Addresses
    durability: Durability

    def postgres(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(self.folder, self.addresses, durability=self.durability)

    def valkey(self) -> EmbeddedValkey:
        return EmbeddedValkey(self.folder, self.addresses, durability=self.durability)

    def needed_for(self, *, database_url: str, redis_url: str) -> dict[str, Server]:
        """Return the servers these addresses belong to: ours, or none of ours."""
        needed: dict[str, Server] = {}
        if database_url.startswith(self.addresses.database_url_of("")):
            needed[postgres.NAME] = self.postgres()
        if _server_of(redis_url) == _server_of(self.addresses.redis_url):
            needed[valkey.NAME] = self.valkey()
        return needed


def start_together(keeper: Keeper, servers: Iterable[Server]) -> None:
    """Start the servers side by side; return when all of them take connections.

    Raises ``ServiceStartError`` for the first that does not; others may run by then,
    and are the keeper's to stop.
    """
    chosen = list(servers)
    with ThreadPoolExecutor(max_workers=max(len(chosen), 1)) as pool:
        for future in [pool.submit(start, keeper, server) for server in chosen]:
            future.result()


def start(keeper: Keeper, server: Server) -> None:
    """Start one server and return when it takes connections."""
    plan = server.prepare()
    keeper.start(plan)

    def is_decided() -> bool:
        pid = keeper.pid(plan.name)
        return pid is None or server.is_ready(pid)

    is_in_time = wait_until(is_decided, seconds=READY_SECONDS)
    if keeper.pid(plan.name) is None:
        code = keeper.exit_code(plan.name)
        raise ServiceStartError(
            name=plan.name, reason=f"ended with code {code}", log=plan.log
        )
    if not is_in_time:
        raise ServiceStartError(
            name=plan.name, reason=f"took over {READY_SECONDS:.0f} s", log=plan.log
        )


def _server_of(redis_url: str) -> str:
    return redis_url.rpartition("/")[0]
