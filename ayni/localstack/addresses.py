"""Where the embedded services of a folder answer, and with which secrets.

Made once a folder and kept in ``var/localstack.json`` (mode 0600), so that any command
in the folder finds the running services, and a second run finds its own data again.
"""

import contextlib
import dataclasses
import json
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path
from typing import Self

from ayni.localstack.folderlock import is_held
from ayni.localstack.ports import LOOPBACK, free_port, is_free

FILE_NAME = "localstack.json"
DATABASE_USER = "ayni"
# The database that initdb makes; ours are made beside it.
DATABASE_NAME = "ayni"
# 256 bits of chance: what Django asks of a key and far beyond any guessing.
SECRET_BYTES = 32


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Ports and secrets of one folder."""

    postgres_port: int
    postgres_password: str
    valkey_port: int
    valkey_password: str
    secret_key: str

    @property
    def database_url(self) -> str:
        return self.database_url_of(DATABASE_NAME)

    def database_url_of(self, name: str) -> str:
        """Return the address of another database on the same server."""
        account = f"{DATABASE_USER}:{self.postgres_password}"
        return f"postgres://{account}@{LOOPBACK}:{self.postgres_port}/{name}"

    @property
    def redis_url(self) -> str:
        return f"redis://:{self.valkey_password}@{LOOPBACK}:{self.valkey_port}/0"

    @classmethod
    def invent(cls) -> Self:
        """Return new secrets and free ports."""
        return cls(
            postgres_port=free_port(),
            postgres_password=secrets.token_urlsafe(SECRET_BYTES),
            valkey_port=free_port(),
            valkey_password=secrets.token_urlsafe(SECRET_BYTES),
            secret_key=secrets.token_urlsafe(SECRET_BYTES * 2),
        )


def addresses_of(folder: Path) -> Addresses:
    """Return the folder's addresses, made or moved to free ports where needed.

    Ports move only while no stack runs here, and only if a stranger took one.
    """
    path = folder / FILE_NAME
    addresses = _read(path)
    if addresses is None:
        addresses = Addresses.invent()
        _write(path, addresses)
    elif not is_held(folder) and not _ports_are_free(addresses):
        addresses = dataclasses.replace(
            addresses, postgres_port=free_port(), valkey_port=free_port()
        )
        _write(path, addresses)
    return addresses


def complete(environment: MutableMapping[str, str], folder: Path) -> None:
    """Add what is missing: the embedded services' addresses and a secret key.

    What is there already is left alone; if nothing is missing nothing is made.
    """
    wanted = ("DATABASE_URL", "REDIS_URL", "AYNI_SECRET_KEY")
    if all(name in environment for name in wanted):
        return
    addresses = addresses_of(folder)
    environment.setdefault("DATABASE_URL", addresses.database_url)
    environment.setdefault("REDIS_URL", addresses.redis_url)
    environment.setdefault("AYNI_SECRET_KEY", addresses.secret_key)


def _ports_are_free(addresses: Addresses) -> bool:
    return is_free(addresses.postgres_port) and is_free(addresses.valkey_port)


def _read(path: Path) -> Addresses | None:
    try:
        return Addresses(**json.loads(path.read_text()))
    except FileNotFoundError:
        return None


def _write(path: Path, addresses: Addresses) -> None:
    """Replace the file in one step, never readable by others."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(dataclasses.asdict(addresses), file, indent=2)
    unfinished.replace(path)
