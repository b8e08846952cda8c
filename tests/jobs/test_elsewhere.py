"""Another Django project gets by with this one folder and what its README shows."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import ROOT, Keeper, ProcessPlan
from tests.databases import fresh_database

README = (ROOT / "jobs" / "README.md").read_text(encoding="utf-8")
SECONDS = 200
# What the project had before it wanted jobs.
MODELS = """
from django.db import models

class Sale(models.Model):
    article = models.CharField(max_length=50)

class Receipt(models.Model):
    sale = models.ForeignKey(Sale, models.CASCADE)
"""
# The till has no paper until its folder is there.
SELL = """
import json, pathlib, threading, django
django.setup()
from jobs.results import result_of
from jobs.selectors import job_detail
from shop.models import Receipt
from shop.sales import sell

def wait(is_there):
    while not is_there():
        threading.Event().wait(0.05)

job_id = sell("bread", printer="till/paper")
history = lambda: [each.outcome for each in job_detail(job_id).attempts]
wait(lambda: "retried" in history())
pathlib.Path("till").mkdir()
wait(lambda: result_of(job_id) is not None)
receipts = list(Receipt.objects.values_list("pk", flat=True))
state = job_detail(job_id).job.state
print(json.dumps([state, history(), receipts, result_of(job_id)]))
"""
CELERY = (
    "acks_late",
    "reject_on_worker_lost",
    "autoretry_for",
    "retry_backoff",
    "retry_backoff_max",
    "retry_jitter",
    "max_retries",
    "soft_time_limit",
    "time_limit",
    "prefetch_multiplier",
    "max_tasks_per_child",
    "result_expires",
    "task_routes",
    "beat",
    "revoke",
    "signals",
)


class Project:
    """A Django project that knows itself, ``jobs`` and what is installed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {"PATH": "/usr/bin:/bin", "VALKEY_URL": settings.BROKER_URL}

    def run(self, *command: str, **extra: str) -> str:
        """Run Python in the project, and return what it said."""
        done = subprocess.run(
            (sys.executable, *command),
            cwd=self.folder,
            env=self.environment | extra,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def plan(self, *command: str) -> ProcessPlan:
        """Return how a process of the project is run."""
        return ProcessPlan(
            name=command[1],
            command=(sys.executable, *command),
            environment=self.environment,
            log=self.folder / f"{command[1]}.log",
            folder=self.folder,
        )


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def database_settings() -> str:
    name = fresh_database(purpose="elsewhere").rsplit("/", 1)[-1]
    wanted = {**settings.DATABASES["default"], "NAME": name, "TEST": {}}
    kept = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    return f"DATABASES = {{'default': { {key: wanted[key] for key in kept}!r}}}\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Make the project, with the README's code in the files that it names."""
    made = Project(tmp_path)
    made.run("-m", "django", "startproject", "shop", ".")
    (tmp_path / "jobs").symlink_to(ROOT / "jobs")
    (tmp_path / "shop" / "models.py").write_text(MODELS)
    with (tmp_path / "shop" / "settings.py").open("a") as out:
        out.write(f"import os\n{database_settings()}")
    for block in blocks("python"):
        place = block.splitlines()[0].removeprefix("# ")
        with (tmp_path / place).open("a") as out:
            out.write(block)
    made.run("manage.py", "makemigrations", "shop")
    return made


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    lock = FolderLock.acquire(tmp_path)
    keeper = Keeper(lock_descriptor=lock.descriptor)
    yield keeper
    keeper.stop_all()
    lock.release()


@pytest.mark.slow
@pytest.mark.timeout(SECONDS + 60)
def test_what_the_readme_shows_works_in_a_project_that_has_nothing_else(
    project: Project, keeper: Keeper
) -> None:
    [shell] = blocks("sh")
    migrate, *programs = (line.split()[1:] for line in shell.splitlines())
    project.run(*migrate)
    for program in programs:
        keeper.start(project.plan(*program))

    answer: list[Any] = json.loads(
        project.run("-c", SELL, DJANGO_SETTINGS_MODULE="shop.settings").splitlines()[-1]
    )

    state, history, receipts, result = answer
    assert state == "succeeded"
    assert history == ["retried"] * (len(history) - 1) + ["succeeded"]
    assert result == {"receipt": receipts[0]}
    assert len(receipts) == 1
    paper = (project.folder / "till" / "paper").read_text()
    assert paper == f"Receipt {receipts[0]}"


def test_the_project_has_nothing_of_ours_but_jobs(tmp_path: Path) -> None:
    found = Project(tmp_path).run(
        "-c",
        "import importlib.util as u; print([n for n in"
        " ('ayni', 'uploads', 'processing', 'jobs') if u.find_spec(n)])",
    )

    assert found.strip() == "[]"


@pytest.mark.parametrize("option", CELERY)
def test_who_comes_from_celery_finds_what_an_option_became(option: str) -> None:
    table = README.split("## From Celery")[1].split("##")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("|")]

    [meant] = [
        here
        for celery, here in rows
        if re.search(rf"(?<![a-z]_)\b(worker_)?{option}\b", celery.replace("=", " "))
    ]
    assert len(meant.strip()) > 3
