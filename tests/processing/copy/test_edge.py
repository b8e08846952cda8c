"""What Postgres raises becomes ours: tried again, or the file's own fault."""

from typing import Any

import psycopg
import pytest
from django.db import connection

from processing.copy.edge import our_errors
from processing.errors import StoreRefusedError, StoreUnavailableError
from tests.jobs.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


def silent_too_long() -> psycopg.Connection[Any]:
    """Return a connection in whose middle of a transaction Postgres lost patience."""
    opened = psycopg.connect(**connection.get_connection_params())
    opened.execute("SET idle_in_transaction_session_timeout = '50ms'")
    session = opened.info.backend_pid
    seen = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"

    def has_ended() -> bool:
        with connection.cursor() as cursor:
            cursor.execute(seen, [session])
            return bool(cursor.fetchone()[0] == 0)

    until(has_ended)
    return opened


def test_a_session_that_was_ended_in_a_transaction_is_tried_again() -> None:
    ended = silent_too_long()

    with pytest.raises(StoreUnavailableError), our_errors():
        ended.execute("SELECT 1")
    ended.close()


def test_a_value_that_does_not_fit_is_not_tried_again() -> None:
    with (
        psycopg.connect(**connection.get_connection_params()) as opened,
        pytest.raises(StoreRefusedError),
        our_errors(),
    ):
        opened.execute("SELECT 'x'::int")
