"""Real worker processes on the test run's own database and Valkey."""

import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from ayni.localstack.programs import StackPlan

ROOT = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 2.0
STOP_SECONDS = 20.0


def environment(folder: Path, **extra: str) -> dict[str, str]:
    """Return what our programs need to work beside this test."""
    database = connection.settings_dict
    plan = StackPlan(
        folder=folder,
        database_url=(
            f"postgres://{database['USER']}:{database['PASSWORD']}"
            f"@{database['HOST']}:{database['PORT']}/{database['NAME']}"
        ),
        redis_url=settings.BROKER_URL,
        secret_key="crew-key-that-guards-nothing-0123456789-0123456789",
        port=0,
        extra={
            "AYNI_JOBS_ACTORS": "tests.jobs.work",
            "AYNI_JOBS_LEASE_SECONDS": str(LEASE_SECONDS),
            **extra,
        },
    )
    return plan.environment()


class Crew:
    """A supervisor and its workers."""

    def __init__(self, folder: Path, *options: str, **extra: str) -> None:
        self.log = folder / "crew.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_workers", *options],
                cwd=ROOT,
                env=environment(folder, **extra),
                stdout=log,
                stderr=log,
            )

    def ask_to_stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def stop(self) -> int:
        """Stop in good order and return the exit code."""
        if self.process.poll() is None:
            self.ask_to_stop()
        return self.process.wait(STOP_SECONDS)
