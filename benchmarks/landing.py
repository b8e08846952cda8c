"""One file of a client's, from its acceptance to its rows being in the table."""

import dataclasses
import time
from collections.abc import Mapping
from pathlib import Path

from django.db import connection

from ayni.demo.client import TERMINAL, Client
from ayni.demo.errors import DemoError
from ayni.localstack.waiting import wait_until

# The hard limit of the job.
LONGEST_SECONDS = 900.0
# Lands whatever the quality, and the same file again.
OPTIONS: Mapping[str, str] = {"quality_threshold": "0", "force": "true"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """An upload that completed, and the seconds from its acceptance to its rows."""

    upload_id: str
    seconds: float


def land(client: Client, path: Path, *, corrects: str = "") -> Landed:
    """Send a file, as a correction of another upload if one is named; await its rows.

    Raises ``DemoError`` if it ends otherwise.
    """
    options = {**OPTIONS, "corrects": corrects} if corrects else OPTIONS
    upload_id = client.send(path, options=options)
    wait_until(lambda: _seen(upload_id)[0] in TERMINAL, seconds=LONGEST_SECONDS)
    ended_at = time.time()
    status, accepted_at = _seen(upload_id)
    if status != "completed":
        raise DemoError(f"the upload ended {status}, not completed")
    return Landed(upload_id=upload_id, seconds=ended_at - accepted_at)


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
