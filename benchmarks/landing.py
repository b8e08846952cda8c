"""One file of a client's, from its acceptance to its rows being in the table."""

import time
from pathlib import Path

from django.db import connection

from ayni.demo.client import TERMINAL, Client
from ayni.demo.errors import DemoError
from ayni.localstack.waiting import wait_until

# The hard limit of the job.
LONGEST_SECONDS = 900.0
# Lands whatever the quality, and the same file again.
OPTIONS = {"quality_threshold": "0", "force": "true"}


def land(client: Client, path: Path) -> float:
    """Send a file; return the seconds from its acceptance to its rows being there."""
    upload_id = client.send(path, options=OPTIONS)
    wait_until(lambda: _seen(upload_id)[0] in TERMINAL, seconds=LONGEST_SECONDS)
    ended_at = time.time()
    status, accepted_at = _seen(upload_id)
    if status != "completed":
        raise DemoError(f"the upload ended {status}, not completed")
    return ended_at - accepted_at


def _seen(upload_id: str) -> tuple[str, float]:
    """Return what Postgres says: the status, and when the upload was accepted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status, extract(epoch FROM created_at)::float8"
            " FROM uploads_upload WHERE id = %s",
            [upload_id],
        )
        status, accepted_at = cursor.fetchone()
    return status, accepted_at
