"""One scheduler at a time: who holds an advisory lock of Postgres leads.

The lock lives as long as its connection, so a leader that dies is followed by whoever
stands by, without a time-out.
"""

import structlog
from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

# Any number that nobody else uses; these are the letters "ayni".
TRY_LOCK = f"SELECT pg_try_advisory_lock({0x61796E69})"

log = structlog.get_logger(__name__)


class Leadership:
    """A connection of its own that holds the lock, or tries to."""

    def __init__(self) -> None:
        self._connection: BaseDatabaseWrapper | None = None
        self._has_lock = False

    def is_held(self) -> bool:
        """Return whether this process leads now, trying to if it does not.

        Raises nothing: without Postgres nobody leads.
        """
        try:
            return self._holds_or_takes()
        except (OperationalError, InterfaceError) as exc:
            log.warning("leadership_unknown", error=type(exc).__name__)
            self.give_up()
            return False

    def give_up(self) -> None:
        """Close the connection, which lets the lock go."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._has_lock = False

    def _holds_or_takes(self) -> bool:
        if self._connection is None:
            self._connection = connection.copy()
        with self._connection.cursor() as cursor:
            # Asking also proves that the connection, and with it the lock, is there.
            question = "SELECT true" if self._has_lock else TRY_LOCK
            cursor.execute(question)
            self._has_lock = bool(cursor.fetchone()[0])
        return self._has_lock
