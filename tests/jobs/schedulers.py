"""Real scheduler processes on the test run's own database, and who of them leads."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Self

from django.db import connection

from ayni.localstack.keeper import ROOT
from tests.jobs.crews import environment
from tests.jobs.waiting import until

# Starting one takes seconds on a busy machine.
START_SECONDS = 60.0
# Often enough that the time to take over is Postgres's, not that of our looks.
LOOK_SECONDS = "0.2"
LEADER = """
SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND objid = x'61796e69'::integer::oid AND classid = 0
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class SchedulerProcess:
    """One scheduler; it does not outlive its block."""

    def __init__(self, folder: Path, name: str, **extra: str) -> None:
        self._log = folder / f"{name}.log"
        variables = {"AYNI_JOBS_SWEEP_SECONDS": LOOK_SECONDS, **extra}
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_scheduler"],
                cwd=ROOT,
                env=environment(folder, **variables),
                stdout=log,
                stderr=log,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self.process.kill()
        self.process.wait()

    def wait_for(self, event: str, *, seconds: float = START_SECONDS) -> None:
        """Wait until it has logged the event."""
        until(lambda: self.has_said(event), seconds=seconds)

    def has_said(self, event: str) -> bool:
        return any(said["event"] == event for said in self._said())

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def _said(self) -> list[dict[str, Any]]:
        lines = self._log.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


def leading_session() -> int | None:
    """Return the server's process id of the session that holds the lead."""
    with connection.cursor() as cursor:
        cursor.execute(LEADER)
        row = cursor.fetchone()
    return None if row is None else row[0]


def cut(session: int) -> None:
    """End a session from the server's side."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [session])
