"""Databases of its own for the stack of a test run, empty at its start."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

# Behind those of eight test processes, three each (see ayni/settings/test.py).
FIRST_VALKEY_DATABASE = 24
VALKEY_DATABASES = 3
MAINTENANCE_DATABASE = "postgres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Databases:
    """Where a stack keeps what it knows."""

    database_url: str
    redis_url: str


def fresh_databases(*, purpose: str) -> Databases:
    """Make them empty, on the servers of the run, for this test process alone."""
    return Databases(
        database_url=fresh_database(purpose=purpose),
        redis_url=_fresh_valkey(),
    )


def fresh_database(*, purpose: str) -> str:
    """Make an empty database on the server of the run; return its address."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0")  # noqa: TID251
    parts = urlsplit(os.environ["DATABASE_URL"])  # noqa: TID251
    name = f"{parts.path.strip('/')}_{purpose}_{process}"
    maintenance = urlunsplit(parts._replace(path=f"/{MAINTENANCE_DATABASE}"))
    with psycopg.connect(maintenance, autocommit=True) as connection:
        for statement in (
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            "CREATE DATABASE {}",
        ):
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
    return urlunsplit(parts._replace(path=f"/{name}"))


def _fresh_valkey() -> str:
    parts = urlsplit(os.environ["REDIS_URL"])  # noqa: TID251
    first = int(parts.path.strip("/") or "0") + FIRST_VALKEY_DATABASE
    for number in range(first, first + VALKEY_DATABASES):
        with redis.Redis.from_url(_numbered(parts.geturl(), number)) as client:
            client.flushdb()
    return _numbered(parts.geturl(), first)


def _numbered(redis_url: str, number: int) -> str:
    return urlunsplit(urlsplit(redis_url)._replace(path=f"/{number}"))
