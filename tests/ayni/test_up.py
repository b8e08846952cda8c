"""``manage.py up`` as a person runs it: started, stopped and killed for real."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

import httpx
import psutil
import psycopg
import pytest

from ayni.localstack.addresses import addresses_of
from ayni.localstack.ending import has_ended
from ayni.localstack.folderlock import is_held
from ayni.localstack.keeper import ROOT
from ayni.localstack.ports import free_port
from ayni.localstack.postgres import Durability
from ayni.localstack.services import EmbeddedServices
from ayni.localstack.waiting import wait_until

pytestmark = pytest.mark.slow

NAMES = ("DATABASE_URL", "REDIS_URL", "AYNI_SECRET_KEY", "AYNI_STORAGE_DIR")
LAST_LINE = "Ctrl-C stops everything."


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    services = EmbeddedServices(
        folder=tmp_path,
        addresses=addresses_of(tmp_path),
        durability=Durability.DURABLE,
    )
    for home in services.postgres().folders:
        rmtree(home)


@contextmanager
def running(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run ``up`` on services of its own; lend it with what it has said."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in NAMES},  # noqa: TID251
        "AYNI_VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "ayni.settings.local",
    }
    with subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(free_port())],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    ) as process:
        try:
            yield process, lines_until_ready(process)
        finally:
            process.kill()


def lines_until_ready(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout
    said: list[str] = []
    for line in process.stdout:
        said.append(line.strip())
        if said[-1] == LAST_LINE:
            return said
    raise AssertionError(said)


def started_by(process: subprocess.Popen[str]) -> list[psutil.Process]:
    children: list[psutil.Process] = psutil.Process(process.pid).children(
        recursive=True
    )
    return children


def address_in(said: list[str]) -> str:
    return next(line.split()[1] for line in said if line.startswith("pages"))


def test_ctrl_c_leaves_nothing_running(folder: Path) -> None:
    with running(folder) as (process, said):
        answer = httpx.get(f"{address_in(said)}readyz")
        started = started_by(process)

        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=60)

        assert (answer.status_code, code) == (200, 0)
        assert len(started) >= 6
        assert all(has_ended(child) for child in started)
    assert not is_held(folder)


def test_a_killed_one_leaves_nothing_running_and_its_data_is_found_again(
    folder: Path,
) -> None:
    database_url = addresses_of(folder).database_url
    with running(folder) as (process, _said):
        started = started_by(process)
        with psycopg.connect(database_url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 4711 AS value")

        process.kill()

        assert wait_until(
            lambda: all(has_ended(child) for child in started), seconds=60
        )
    with running(folder) as (process, _said):
        with psycopg.connect(database_url) as connection:
            row = connection.execute("SELECT value FROM kept").fetchone()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)

    assert row == (4711,)
