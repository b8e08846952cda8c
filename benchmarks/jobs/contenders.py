"""Who runs: the same no-op on the same Valkey, by three who promise different things.

Each has two worker processes. Ours and plain Dramatiq have two threads in each; Celery
has none, as its own default of processes goes. All are there for the whole run; whose
turn it is not is idle.
"""

import contextlib
import dataclasses
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper, ProcessPlan, inherited_environment

ROOT = Path(__file__).resolve().parents[2]
# Made by `make bench` from requirements/bench.txt.
CELERY_PYTHON = ROOT / ".venv-bench" / "bin" / "python"
PROCESSES, THREADS = 2, 2
# Nothing here takes a tenth of it; whoever needs longer is broken.
CLIENT_SECONDS = 600.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """One contender: its client's module, its Python, and how its workers start."""

    name: str
    module: str
    python: str
    workers: tuple[str, ...]

    def ask(self, kind: str, count: int) -> Any:
        """Have its client send ``count`` jobs as ``kind`` says; return what it saw."""
        done = subprocess.run(  # noqa: S603 - our own program, no shell
            (
                self.python,
                "-m",
                "benchmarks.jobs.client",
                self.module,
                kind,
                f"{count}",
            ),
            cwd=ROOT,
            env=self.environment(),
            check=True,
            stdout=subprocess.PIPE,
            timeout=CLIENT_SECONDS,
        )
        return json.loads(done.stdout)

    def environment(self) -> dict[str, str]:
        """Return what its processes find: the stack's addresses, and our actors."""
        found = {**inherited_environment(), "AYNI_JOBS_ACTORS": "benchmarks.jobs.work"}
        if self is CELERY:
            # It would look for a Django that is not there.
            del found["DJANGO_SETTINGS_MODULE"]
        return found


OURS = Contender(
    name="ours",
    module="benchmarks.jobs.ours",
    python=sys.executable,
    workers=(
        *("manage.py", "run_workers", "--queues=bench"),
        *(f"--processes={PROCESSES}", f"--threads={THREADS}"),
    ),
)
DRAMATIQ = Contender(
    name="plain Dramatiq",
    module="benchmarks.jobs.peer_dramatiq",
    python=sys.executable,
    workers=(
        *("-m", "dramatiq", "benchmarks.jobs.peer_dramatiq"),
        *(f"--processes={PROCESSES}", f"--threads={THREADS}"),
    ),
)
CELERY = Contender(
    name="Celery",
    module="benchmarks.jobs.peer_celery",
    python=str(CELERY_PYTHON),
    workers=(
        *("-m", "celery", "-A", "benchmarks.jobs.peer_celery", "worker"),
        *(f"--concurrency={PROCESSES}", "--loglevel=WARNING"),
        # Talk between workers is not what is compared.
        *("--without-gossip", "--without-mingle"),
    ),
)
CONTENDERS = (OURS, DRAMATIQ, CELERY)


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Have the workers of every contender run for as long as the block."""
    crews = folder / "contenders"
    crews.mkdir()
    lock = FolderLock.acquire(crews)
    keeper = Keeper(lock_descriptor=lock.descriptor)
    try:
        for contender in CONTENDERS:
            keeper.start(_plan(contender, crews))
        yield
    finally:
        keeper.stop_all()
        lock.release()


def _plan(contender: Contender, folder: Path) -> ProcessPlan:
    name = contender.module.rpartition(".")[2]
    return ProcessPlan(
        name=name,
        command=(contender.python, *contender.workers),
        environment=contender.environment(),
        log=folder / f"{name}.log",
    )
