"""Whether our own programs are ready: asked from outside, as a client would."""

import contextlib
import http.client
from collections.abc import Callable, Iterator

import psycopg

from ayni.localstack.errors import ServiceStartError
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.ports import LOOPBACK
from ayni.localstack.waiting import wait_until

# Ten times what two busy cores need.
READY_SECONDS = 90.0
ASK_SECONDS = 2.0


def web_answers(port: int) -> bool:
    """Return whether the web process serves and reaches both services."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=ASK_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def worker_watch(database_url: str) -> Iterator[Callable[[], bool]]:
    """Lend a question: has a worker shown itself since we began to watch."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        row = connection.execute("SELECT clock_timestamp()").fetchone()

        def has_shown_itself() -> bool:
            found = connection.execute(
                "SELECT 1 FROM jobs_worker WHERE last_seen_at >= %s LIMIT 1", row
            )
            return found.fetchone() is not None

        yield has_shown_itself


def await_ready(
    keeper: Keeper, plan: ProcessPlan, is_ready: Callable[[], bool]
) -> None:
    """Return when the program is ready.

    Raises ``ServiceStartError`` if it ends instead, or takes too long.
    """
    is_in_time = wait_until(
        lambda: keeper.pid(plan.name) is None or is_ready(), seconds=READY_SECONDS
    )
    if keeper.pid(plan.name) is None:
        reason = f"ended with code {keeper.exit_code(plan.name)}"
    elif not is_in_time:
        reason = f"was not ready within {READY_SECONDS:.0f} s"
    else:
        return
    raise ServiceStartError(name=plan.name, reason=reason, log=plan.log)
