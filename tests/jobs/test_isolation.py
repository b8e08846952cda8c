"""Children of real workers: what kills one costs one job, and the next one is warm."""

import os
import signal
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from pytest_django import DjangoDbBlocker

from jobs.cancel import cancel
from jobs.models import Worker
from tests.jobs.crews import Crew
from tests.jobs.following import START_SECONDS, first_line, lines, reach, start, view
from tests.jobs.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("cells"),
]

QUEUE = "cells"
TASKS_PER_CHILD = 3
# A child that has done nothing yet has about 80 of its own.
MEMORY_MB = 300


@pytest.fixture(scope="module")
def cells(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """One worker process with two children, and limits that tests can reach."""
    folder = tmp_path_factory.mktemp("cells")
    with django_db_blocker.unblock():
        crew = Crew(
            folder,
            "--processes=1",
            "--threads=2",
            f"--queues={QUEUE}",
            AYNI_JOBS_TASKS_PER_CHILD=str(TASKS_PER_CHILD),
            AYNI_JOBS_CHILD_MEMORY_MB=str(MEMORY_MB),
        )
    with crew:
        yield
        assert crew.stop() == 0
    with django_db_blocker.unblock():
        Worker.objects.all().delete()


def begin(actor: str, **args: Any) -> uuid.UUID:
    return start(actor, queue=QUEUE, **args)


def child_of(page: Path) -> int:
    return int(first_line(page)[1])


def test_a_child_that_takes_too_much_memory_is_killed_and_its_job_fails(
    cells: None, notebook: Path
) -> None:
    job_id = begin("grow", path=str(notebook), megabytes=400, gate="/nowhere")

    job = reach(job_id, "failed")

    assert job.error_code == "memory_limit"
    assert "300 MB" in job.error_message
    # The same work would need as much again.
    assert len(lines(notebook)) == 1
    until(lambda: not psutil.pid_exists(child_of(notebook)))


def test_a_child_that_keeps_more_than_half_its_memory_gets_no_other_job(
    cells: None, notebook: Path
) -> None:
    reach(begin("grow", path=str(notebook), megabytes=150), "succeeded")

    until(lambda: not psutil.pid_exists(child_of(notebook)))


def test_a_child_is_replaced_after_its_jobs(cells: None, notebook: Path) -> None:
    for _ in range(3 * TASKS_PER_CHILD):
        reach(begin("note_apart", path=str(notebook)), "succeeded")

    # Two threads: nobody says which of their children takes a job.
    jobs_of_children = Counter(line.split()[1] for line in lines(notebook))
    assert max(jobs_of_children.values()) <= TASKS_PER_CHILD


def test_a_child_that_dies_takes_one_job_with_it(
    cells: None, notebook: Path, tmp_path: Path
) -> None:
    gate, effect, other = (tmp_path / name for name in ("gate", "effect", "other"))
    neighbour = begin(
        "write_behind_fence", path=str(other), effect=str(effect), gate=str(gate)
    )
    _, _, worker = first_line(other)
    dying = begin("hang", path=str(notebook))

    os.kill(child_of(notebook), signal.SIGKILL)
    reach(dying, "succeeded")
    gate.touch()

    assert reach(neighbour, "succeeded").attempts == 1
    assert view(dying).attempts == 2
    assert lines(notebook)[1].split()[2] == worker


def test_the_child_that_follows_a_killed_one_was_warm_before(
    cells: None, notebook: Path, tmp_path: Path
) -> None:
    page, gate = tmp_path / "next", tmp_path / "gate"
    busy = begin("grow", path=str(tmp_path / "busy"), megabytes=1, gate=str(gate))
    worker = int(first_line(tmp_path / "busy")[2])
    cancelled = begin("hang", path=str(notebook))
    killed = child_of(notebook)
    # The two that work, and the spare.
    until(lambda: len(children_of(worker)) == 3, seconds=START_SECONDS)
    before = children_of(worker)

    cancel(cancelled)
    reach(cancelled, "cancelled")
    reach(begin("note_apart", path=str(page)), "succeeded")
    gate.touch()
    reach(busy, "succeeded")

    assert child_of(page) in before - {killed, child_of(tmp_path / "busy")}


def children_of(worker: int) -> set[int]:
    """Return its children without multiprocessing's own helper."""
    return {
        child.pid
        for child in psutil.Process(worker).children()
        if "spawn_main" in " ".join(child.cmdline())
    }
