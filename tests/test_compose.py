"""docker-compose.yml and the Dockerfile say what really runs, though no engine is here.

Every service's very command is run, against the services of the test run, until its
very health check passes.
"""

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.db import connection

from ayni.localstack.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ROOT / "docker-compose.yml"
OURS = ("migrate", "web", "worker", "scheduler")
VARIABLE = re.compile(r"\$\{(\w+)(?:(:[-?])([^}]*))?\}")
GIVEN = {
    "POSTGRES_PASSWORD": "p0stgres",
    "VALKEY_PASSWORD": "va1key",
    "AYNI_SECRET_KEY": "compose-key-that-guards-nothing-0123456789-0123456789",
    "AYNI_ALLOWED_HOSTS": "ayni.example",
}


def interpolated(text: str) -> str:
    """Return the file as compose reads it; a required variable must be one we gave."""

    def value(match: re.Match[str]) -> str:
        name, kind, default = match.groups()
        return GIVEN[name] if kind != ":-" else GIVEN.get(name, default)

    return VARIABLE.sub(value, text)


@cache
def services() -> dict[str, Any]:
    text = interpolated(COMPOSE.read_text(encoding="utf-8"))
    found: dict[str, Any] = yaml.safe_load(text)["services"]
    return found


def words(command: list[str]) -> list[str]:
    """Return a command of the image as one of this machine."""
    if command[0] == "CMD":
        command = command[1:]
    return [sys.executable if word == "python" else word for word in command]


def environment_of(name: str, folder: Path, port: int) -> dict[str, str]:
    """Return the service's environment with the addresses of the test run."""
    database = connection.settings_dict
    address = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}"
    return {
        "PATH": os.environ["PATH"],  # noqa: TID251 - for our own programs
        **services()[name]["environment"],
        "DATABASE_URL": f"postgres://{address}:{database['PORT']}/{database['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "AYNI_VAR_DIR": str(folder),
        "UVICORN_HOST": "127.0.0.1",
        "UVICORN_PORT": str(port),
    }


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[int]:
    """Run a command in a group of its own, and end all of it at the end."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=30) in {0, -signal.SIGTERM}
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def is_healthy(name: str, environment: dict[str, str]) -> bool:
    check = words(services()[name]["healthcheck"]["test"])
    answer = subprocess.run(
        check, cwd=ROOT, env=environment, capture_output=True, timeout=30, check=False
    )
    return answer.returncode == 0


def becomes_healthy(name: str, environment: dict[str, str]) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if is_healthy(name, environment):
            return True
        Event().wait(0.2)
    return False


def test_the_file_is_one_that_compose_reads() -> None:
    tool = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]

    answer = subprocess.run(
        [*tool, "vendor.compose-spec", str(COMPOSE)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert answer.returncode == 0, answer.stdout


def test_every_service_has_a_health_check_and_starts_again() -> None:
    for name in set(services()) - {"migrate"}:
        assert services()[name]["healthcheck"]["test"], name
        assert services()[name]["restart"] == "unless-stopped", name


def test_workers_know_when_compose_kills_them() -> None:
    worker = services()["worker"]

    told = worker["environment"]["AYNI_JOBS_STOP_SECONDS"]
    assert worker["stop_grace_period"] == f"{told}s"


def test_the_file_holds_no_secret() -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    secret = re.compile(r"^\s*-?\s*(\w*(?:PASSWORD|SECRET|KEY|AUTH|TOKEN)\w*): *(.*)$")

    values = [match[2] for line in text.splitlines() if (match := secret.match(line))]

    assert len(values) == 3
    assert all(re.fullmatch(r"\$\{\w+:\?[^}]+\}", value) for value in values)


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_nothing_starts_without_what_only_the_operator_knows(name: str) -> None:
    uses = [
        match
        for match in VARIABLE.finditer(COMPOSE.read_text(encoding="utf-8"))
        if match[1] == name
    ]

    assert uses
    assert {match[2] for match in uses} == {":?"}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["web", "worker", "scheduler"])
def test_the_very_command_runs_until_its_very_check_passes(
    name: str, tmp_path: Path
) -> None:
    environment = environment_of(name, tmp_path, free_port())
    assert not is_healthy(name, environment)

    with running(words(services()[name]["command"]), environment):
        assert becomes_healthy(name, environment)

    assert not is_healthy(name, environment)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_migration_step_ends_well(tmp_path: Path) -> None:
    environment = environment_of("migrate", tmp_path, free_port())

    answer = subprocess.run(
        words(services()["migrate"]["command"]),
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr


@pytest.mark.slow
def test_what_goes_into_the_image_is_enough_to_collect_its_static_files(
    tmp_path: Path,
) -> None:
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        if line.startswith("!"):
            copy_into(tmp_path, ROOT / line[1:])
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    command = re.findall(r"^RUN (env .*collectstatic.*)$", dockerfile, re.MULTILINE)[0]

    answer = subprocess.run(
        [*words(shlex.split(command)), "--dry-run"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert answer.returncode == 0, answer.stderr
    assert "Pretending to copy" in answer.stdout


def copy_into(folder: Path, source: Path) -> None:
    target = folder / source.relative_to(ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def test_the_image_runs_as_nobody_special_what_was_pinned_with_hashes() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("USER ")] == ["USER ayni"]
    assert sum(line.startswith("FROM ") for line in lines) == 2
    installs = [line for line in lines if "pip install" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)
