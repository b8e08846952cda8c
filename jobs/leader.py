"""One scheduler at a time: who holds an advisory lock of Postgres leads.

The lock lives as long as its session. A leader that dies is followed at once; one that
is stopped, or cut off, when Postgres has heard nothing of it for a while.
"""

from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jobs.outage import NO_DATABASE

# Any number that nobody else uses; these are the letters "ayni".
LOCK = 0x61796E69
TRY_LOCK = f"SELECT pg_try_advisory_lock({LOCK})"
# Postgres, by its own clock, ends the session of a leader that says nothing for so long
# beyond two looks. A standby looks as often, so that it leads within 10 s.
SILENCE_SECONDS = 5.0
# Who holds the lock, seen from outside.
IS_TAKEN = """
SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND classid = 0 AND objid = %s::bigint::oid AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database()))
"""

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
        except NO_DATABASE as exc:
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
            own = self._connection.settings_dict
            _set_timeout(own, "idle_session_timeout", silence_seconds())
        with self._connection.cursor() as cursor:
            # Asking also proves that the connection, and with it the lock, is there.
            question = "SELECT true" if self._has_lock else TRY_LOCK
            cursor.execute(question)
            self._has_lock = bool(cursor.fetchone()[0])
        return self._has_lock


def is_taken() -> bool:
    """Return whether some scheduler leads, without trying to."""
    with connection.cursor() as cursor:
        cursor.execute(IS_TAKEN, [LOCK])
        return bool(cursor.fetchone()[0])


def silence_seconds() -> float:
    """Return how long a leader may say nothing: it asks at every look."""
    look: float = settings.AYNI_JOBS_SWEEP_SECONDS
    return SILENCE_SECONDS + 2 * look


def end_stalled_transactions() -> None:
    """Have Postgres end what this process begins, and then leaves open without a word.

    Its rows would stay locked, and whoever leads next would wait for them.
    """
    connection.close()
    ours = connection.settings_dict
    _set_timeout(ours, "idle_in_transaction_session_timeout", SILENCE_SECONDS)


def _set_timeout(wrapper_settings: dict[str, Any], name: str, seconds: float) -> None:
    """Have every session that is opened with these settings set the time-out."""
    options = wrapper_settings.setdefault("OPTIONS", {})
    before = options.get("options", "")
    options["options"] = f"{before} -c {name}={seconds * 1000:.0f}".strip()
