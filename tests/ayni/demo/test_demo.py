"""The whole demo, as ``make demo EXIT=1`` runs it, on services of its own."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ayni.localstack.keeper import inherited_environment
from ayni.localstack.ports import free_port
from ayni.localstack.unprivileged import temporary_folder

ROOT = Path(__file__).resolve().parents[3]

pytestmark = [pytest.mark.flow, pytest.mark.slow]


@pytest.fixture
def folder() -> Iterator[Path]:
    made = temporary_folder("ayni-demo-")
    yield made
    shutil.rmtree(made)


def test_the_demo_ends_well_twice_in_one_folder(folder: Path) -> None:
    own = {"DATABASE_URL", "REDIS_URL", "AYNI_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    environment = {
        name: value
        for name, value in inherited_environment().items()
        if name not in own
    }
    environment["AYNI_VAR_DIR"] = str(folder)

    port = f"--port={free_port()}"

    runs = [
        subprocess.run(
            [sys.executable, "manage.py", "demo", "--exit", "--rows=2000", port],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        for _ in range(2)
    ]

    for run in runs:
        assert run.returncode == 0, run.stdout + run.stderr
        assert "API, table and the generator's own count agree." in run.stdout
