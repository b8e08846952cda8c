"""Our own programs: how the web process, the workers and the scheduler are run."""

import dataclasses
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from ayni.localstack.keeper import GRACE_SECONDS, ProcessPlan, inherited_environment
from ayni.localstack.ports import LOOPBACK, free_port

WEB = "web"
WORKERS = "workers"
SCHEDULER = "scheduler"
# Open requests get this long when the server stops; sockets are closed at once.
WEB_DRAIN_SECONDS = 5
# A stopping worker hands its jobs back after this; the next start takes them up again.
JOB_GRACE_SECONDS = "5"
SETTINGS = "ayni.settings.local"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StackPlan:
    """What a stack serves, from which folder, against which services.

    ``extra`` is added to the environment of its processes.
    """

    folder: Path
    database_url: str
    redis_url: str
    secret_key: str
    port: int
    worker_processes: int = 2
    worker_threads: int = 2
    extra: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def log_folder(self) -> Path:
        return self.folder / "log"

    def environment(self) -> dict[str, str]:
        return {
            **inherited_environment(),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "AYNI_SECRET_KEY": self.secret_key,
            "AYNI_VAR_DIR": str(self.folder),
            "AYNI_JOBS_GRACE_SECONDS": JOB_GRACE_SECONDS,
            "AYNI_JOBS_STOP_SECONDS": str(GRACE_SECONDS),
            # A log that is written late is not there when it is needed.
            "PYTHONUNBUFFERED": "1",
            **self.extra,
        }

    def program(self, name: str, *command: str) -> ProcessPlan:
        """Return the plan of a Python program with the stack's environment."""
        return ProcessPlan(
            name=name,
            command=(sys.executable, *command),
            environment=self.environment(),
            log=self.log_folder / f"{name}.log",
        )

    def programs(self) -> tuple[ProcessPlan, ...]:
        """Return the processes of the stack, in the order in which they may start."""
        return (
            self.program(
                WORKERS,
                "manage.py",
                "run_workers",
                f"--processes={self.worker_processes}",
                f"--threads={self.worker_threads}",
            ),
            self.program(WEB, *_web_command(self.port)),
            self.program(SCHEDULER, "manage.py", "run_scheduler"),
        )


def plan_from_settings(*, preferred_port: int) -> StackPlan:
    """Return the plan of this program's own settings, on a port that is free now."""
    return StackPlan(
        folder=settings.VAR_DIR,
        database_url=settings.DATABASE_URL,
        redis_url=settings.REDIS_URL,
        secret_key=settings.SECRET_KEY,
        port=free_port(preferred=preferred_port),
    )


def _web_command(port: int) -> tuple[str, ...]:
    """Return uvicorn's words; the loopback interface has no proxy whose word counts."""
    return (
        *("-m", "uvicorn", "ayni.asgi:application"),
        *("--host", LOOPBACK, "--port", str(port)),
        *("--ws", "websockets-sansio", "--lifespan", "on"),
        *("--timeout-graceful-shutdown", str(WEB_DRAIN_SECONDS)),
        *("--no-proxy-headers", "--no-server-header", "--no-access-log"),
        "--no-use-colors",
    )
