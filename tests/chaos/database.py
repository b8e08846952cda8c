"""The checker's own line to Postgres, which is taken down now and then."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import psycopg

from ayni.localstack.waiting import wait_until

# Postgres is back within seconds; its recovery and a busy machine may take more.
BACK_SECONDS = 60.0
Values = Sequence[object] | Mapping[str, object]


class Asked(Protocol):
    """Whatever answers a query: a connection, or the line below."""

    def execute(self, query: Any, params: Any = None) -> psycopg.Cursor[Any]: ...


class Line:
    """A connection that is made again when it breaks. For one thread, and for reading.

    A statement that failed with its connection is asked again, so none may change
    anything.
    """

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._connection: psycopg.Connection[Any] | None = None

    def execute(self, query: Any, params: Any = None) -> psycopg.Cursor[Any]:
        """Ask, waiting for Postgres if it is away."""
        answers: list[psycopg.Cursor[Any]] = []

        def ask() -> bool:
            with contextlib.suppress(psycopg.OperationalError):
                answers.append(self._open().execute(query, params))
            return bool(answers)

        if not wait_until(ask, seconds=BACK_SECONDS):
            raise TimeoutError(f"Postgres is not back after {BACK_SECONDS:.0f} s")
        return answers[0]

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()

    def _open(self) -> psycopg.Connection[Any]:
        if self._connection is None or self._connection.closed:
            self._connection = psycopg.connect(
                self._database_url, autocommit=True, connect_timeout=2
            )
        return self._connection
