"""Embedded servers: they find their data again, whatever ended them."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import psycopg
import pytest
import redis

from ayni.localstack.addresses import Addresses, addresses_of
from ayni.localstack.errors import ServiceStartError
from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.postgres import Durability, create_database
from ayni.localstack.services import EmbeddedServices, start, start_together
from ayni.localstack.waiting import wait_until

pytestmark = pytest.mark.slow


@contextmanager
def kept(folder: Path) -> Iterator[Keeper]:
    lock = FolderLock.acquire(folder)
    keeper = Keeper(lock_descriptor=lock.descriptor)
    try:
        yield keeper
    finally:
        keeper.stop_all()
        lock.release()


@pytest.fixture
def addresses(tmp_path: Path) -> Addresses:
    return addresses_of(tmp_path)


@pytest.fixture
def services(tmp_path: Path, addresses: Addresses) -> Iterator[EmbeddedServices]:
    made = EmbeddedServices(
        folder=tmp_path, addresses=addresses, durability=Durability.DURABLE
    )
    yield made
    for home in made.postgres().folders:
        rmtree(home)


def start_both(keeper: Keeper, services: EmbeddedServices) -> None:
    start_together(keeper, [services.postgres(), services.valkey()])


def write_down(addresses: Addresses) -> None:
    create_database(addresses.database_url_of("postgres"), "ayni")
    with psycopg.connect(addresses.database_url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 4711 AS value")
    with redis.Redis.from_url(addresses.redis_url) as client:
        client.set("kept", "4711")


def read_back(addresses: Addresses) -> tuple[object, object]:
    with psycopg.connect(addresses.database_url) as connection:
        row = connection.execute("SELECT value FROM kept").fetchone()
    with redis.Redis.from_url(addresses.redis_url) as client:
        return row, client.get("kept")


def end_orderly(keeper: Keeper) -> None:
    keeper.stop_all()


def kill_all(keeper: Keeper) -> None:
    """Kill the servers, as a machine that runs out of memory does."""
    for pid in keeper.pids.values():
        os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: keeper.pids == {}, seconds=10)


@pytest.mark.parametrize("end", [end_orderly, kill_all])
def test_a_second_start_finds_its_data(
    tmp_path: Path,
    services: EmbeddedServices,
    addresses: Addresses,
    end: Callable[[Keeper], None],
) -> None:
    with kept(tmp_path) as keeper:
        start_both(keeper, services)
        write_down(addresses)
        end(keeper)

    with kept(tmp_path) as keeper:
        start_both(keeper, services)
        assert read_back(addresses) == ((4711,), b"4711")


def test_nobody_gets_in_without_the_password(
    tmp_path: Path, services: EmbeddedServices, addresses: Addresses
) -> None:
    with kept(tmp_path) as keeper:
        start_both(keeper, services)

        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                addresses.database_url_of("postgres").replace(
                    addresses.postgres_password, "guess"
                )
            )
        with (
            redis.Redis(port=addresses.valkey_port) as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()


def test_only_the_services_of_the_folder_are_started(
    services: EmbeddedServices, addresses: Addresses
) -> None:
    ours = (addresses.database_url, addresses.redis_url)
    others = ("postgres://a:b@127.0.0.1:5432/ayni", "redis://127.0.0.1:6379/0")

    assert set(needed(services, *ours)) == {"postgres", "valkey"}
    assert set(needed(services, ours[0], others[1])) == {"postgres"}
    assert set(needed(services, others[0], ours[1])) == {"valkey"}
    assert needed(services, *others) == {}


def needed(
    services: EmbeddedServices, database_url: str, redis_url: str
) -> dict[str, object]:
    return dict(services.needed_for(database_url=database_url, redis_url=redis_url))


class Broken:
    """A server that says why it cannot start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> ProcessPlan:
        return ProcessPlan(
            name="broken",
            command=("/bin/sh", "-c", "echo the disk is full; exit 3"),
            environment={},
            log=self.folder / "broken.log",
        )

    def is_ready(self, pid: int) -> bool:
        return pid < 0


def test_a_server_that_ends_says_why(tmp_path: Path) -> None:
    with kept(tmp_path) as keeper:
        with pytest.raises(ServiceStartError, match="the disk is full") as caught:
            start(keeper, Broken(tmp_path))

        assert "ended with code 3" in str(caught.value)
