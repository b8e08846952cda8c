"""Real worker processes on the test run's own database and Valkey."""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.db import connection

from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.programs import StackPlan
from ayni.localstack.waiting import wait_until

NAME = "crew"
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
            # Tests choose graces of their own, and longer ones than a stack allows.
            "AYNI_JOBS_STOP_SECONDS": "0",
            **extra,
        },
    )
    return plan.environment()


class Crew:
    """A supervisor and its workers; none of them outlives this process."""

    def __init__(self, folder: Path, *options: str, **extra: str) -> None:
        self._log = folder / "crew.log"
        self._lock = FolderLock.acquire(folder)
        self._keeper = Keeper(lock_descriptor=self._lock.descriptor)
        self._keeper.start(
            ProcessPlan(
                name=NAME,
                command=(sys.executable, "manage.py", "run_workers", *options),
                environment=environment(folder, **extra),
                log=self._log,
                grace_seconds=STOP_SECONDS,
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_details: object) -> None:
        self._keeper.stop_all()
        self._lock.release()

    def stop(self) -> int | None:
        """Ask it to stop in good order; return the exit code, None if it goes on."""
        self.signal(signal.SIGTERM)
        return self.end()

    def signal(self, number: signal.Signals) -> None:
        """Send the supervisor a signal, if it still runs."""
        pid = self._keeper.pid(NAME)
        if pid is not None:
            os.kill(pid, number)

    def end(self, *, seconds: float = STOP_SECONDS) -> int | None:
        """Wait for its end; return the exit code, None if it goes on."""
        wait_until(lambda: self._keeper.pid(NAME) is None, seconds=seconds)
        return self._keeper.exit_code(NAME)

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return what it and its workers logged under that name."""
        lines = (line for line in self.said().splitlines() if line.startswith("{"))
        return [said for line in lines if (said := json.loads(line))["event"] == name]

    def said(self) -> str:
        """Return all that it and its workers wrote."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""
