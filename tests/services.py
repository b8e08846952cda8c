"""The services of a test run: started before the settings are read, once for the run.

A pytest plugin, named in ``pyproject.toml``. If ``DATABASE_URL`` or ``REDIS_URL`` is
missing, throwaway servers are started in a temporary folder; the processes of
pytest-xdist inherit the addresses. However the run ends, its guard cleans up.
"""

import dataclasses
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ayni.localstack.addresses import Addresses, addresses_of
from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper
from ayni.localstack.postgres import Durability
from ayni.localstack.services import EmbeddedServices, Server, start_together
from ayni.localstack.unprivileged import temporary_folder

WANTED = ("DATABASE_URL", "REDIS_URL")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Throwaway:
    """Embedded services in a folder that goes with them."""

    folder: Path
    lock: FolderLock
    keeper: Keeper
    addresses: Addresses
    services: EmbeddedServices

    @classmethod
    def make(cls) -> "Throwaway":
        folder = temporary_folder("ayni-tests-")
        lock = FolderLock.acquire(folder)
        keeper = Keeper(lock_descriptor=lock.descriptor)
        keeper.remove_afterwards(folder)
        addresses = addresses_of(folder)
        services = EmbeddedServices(
            folder=folder, addresses=addresses, durability=Durability.THROWAWAY
        )
        return cls(
            folder=folder,
            lock=lock,
            keeper=keeper,
            addresses=addresses,
            services=services,
        )

    def start(self, missing: set[str]) -> None:
        """Start the servers whose addresses are missing, and name them."""
        servers: list[Server] = []
        if "DATABASE_URL" in missing:
            postgres = self.services.postgres()
            for home in postgres.folders:
                self.keeper.remove_afterwards(home)
            servers.append(postgres)
            os.environ["DATABASE_URL"] = self.addresses.database_url  # noqa: TID251
        if "REDIS_URL" in missing:
            servers.append(self.services.valkey())
            os.environ["REDIS_URL"] = self.addresses.redis_url  # noqa: TID251
        start_together(self.keeper, servers)

    def stop(self) -> None:
        self.keeper.stop_all()
        self.lock.release()
        for folder in (self.folder, *self.services.postgres().folders):
            shutil.rmtree(folder, ignore_errors=True)


RUNNING: list[Throwaway] = []


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    missing = {name for name in WANTED if name not in os.environ}  # noqa: TID251
    if missing:
        RUNNING.append(Throwaway.make())
        RUNNING[-1].start(missing)
    return (yield)


def pytest_unconfigure() -> None:
    while RUNNING:
        RUNNING.pop().stop()
