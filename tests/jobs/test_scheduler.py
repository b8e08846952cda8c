"""The scheduler as a process: it repairs by itself and stops when told."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ayni.localstack.keeper import ROOT
from jobs.models import Job
from jobs.states import State
from tests.jobs.crews import STOP_SECONDS, environment
from tests.jobs.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def scheduler(tmp_path: Path, db: None) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_scheduler"],
        cwd=ROOT,
        env=environment(tmp_path),
    )
    yield process
    process.kill()
    process.wait()


def test_it_sends_what_is_due_and_stops_in_good_order(
    scheduler: "subprocess.Popen[bytes]",
) -> None:
    job = Job.objects.create(
        actor="weigh",
        queue="scales",
        state=State.SCHEDULED,
        run_at="2020-01-01T00:00:00Z",
    )

    until(lambda: Job.objects.get(pk=job.pk).sent_at is not None, seconds=30)
    scheduler.send_signal(signal.SIGTERM)

    assert scheduler.wait(STOP_SECONDS) == 0


def test_it_runs_the_hooks_of_an_actor_whose_worker_is_lost(
    scheduler: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    Job.objects.create(
        actor="tell",
        queue="quick",
        args={"path": str(tmp_path / "page"), "luck": 1},
        state=State.RUNNING,
        attempts=2,
        max_attempts=2,
        lease_expires_at="2020-01-01T00:00:00Z",
    )
    told = tmp_path / "page.told"

    until(lambda: Job.objects.get().state == State.FAILED, seconds=30)

    assert told.read_text(encoding="utf-8") == "2 worker_lost True\n"
