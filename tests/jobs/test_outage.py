"""What a session raises that Postgres has ended counts as Postgres being away."""

from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from jobs.outage import NO_DATABASE
from tests.jobs.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)


def ask(wrapper: Any, question: str, *values: object) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]


def has_ended(session: int) -> bool:
    seen = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
    return bool(ask(connection, seen, session) == 0)


@pytest.mark.parametrize(
    "timeout", ["idle_session_timeout", "idle_in_transaction_session_timeout"]
)
def test_a_session_that_was_silent_for_too_long(timeout: str) -> None:
    silent: BaseDatabaseWrapper = connection.copy()
    session = ask(silent, "SELECT pg_backend_pid()")
    silent.set_autocommit(timeout == "idle_session_timeout")
    ask(silent, "SELECT set_config(%s, '50ms', false)", timeout)

    until(lambda: has_ended(session))

    with pytest.raises(NO_DATABASE):
        ask(silent, "SELECT 1")
    silent.close()


def test_a_session_that_an_administrator_ended() -> None:
    cut: BaseDatabaseWrapper = connection.copy()
    session = ask(cut, "SELECT pg_backend_pid()")

    ask(connection, "SELECT pg_terminate_backend(%s)", session)
    until(lambda: has_ended(session))

    with pytest.raises(NO_DATABASE):
        ask(cut, "SELECT 1")
    cut.close()
