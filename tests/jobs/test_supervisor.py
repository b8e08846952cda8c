"""A supervisor with real workers: what dies is replaced, and every way to stop."""

import os
import signal
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dramatiq
import psutil
import pytest

from jobs.actorchecks import EXIT_REFUSED
from jobs.models import Attempt, Worker
from jobs.supervisor import EXIT_AFTER_KILL, LONGEST_REST_SECONDS, rest_seconds
from tests.jobs.crews import Crew
from tests.jobs.following import START_SECONDS, first_line, reach, start, view
from tests.jobs.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("shifts"),
]

QUEUE = "shifts"
# No job may be waiting for this when its worker has gone.
LONG_LEASE = {"AYNI_JOBS_LEASE_SECONDS": "600"}


@contextmanager
def one_worker(folder: Path, **extra: str) -> Iterator[Crew]:
    options = ("--processes=1", "--threads=1", f"--queues={QUEUE}")
    with Crew(folder, *options, **{**LONG_LEASE, **extra}) as crew:
        yield crew
        crew.stop()
    dramatiq.get_broker().flush(QUEUE)


def hang(page: Path, *, actor: str = "hang") -> tuple[uuid.UUID, int, int]:
    """Start work that never ends; return it, its process and that one's parent."""
    job_id = start(actor, queue=QUEUE, path=str(page))
    _, process, parent = first_line(page)
    return job_id, int(process), int(parent)


@pytest.mark.parametrize(
    ("false_starts", "seconds"), [(0, 0), (1, 0.5), (2, 1), (3, 2), (30, 10)]
)
def test_a_rest_doubles_up_to_the_longest(false_starts: int, seconds: float) -> None:
    assert rest_seconds(false_starts) == seconds <= LONGEST_REST_SECONDS


def test_a_worker_that_dies_is_replaced_and_its_job_goes_on_at_once(
    tmp_path: Path, notebook: Path
) -> None:
    with one_worker(tmp_path) as crew:
        job_id, _, worker = hang(notebook)

        os.kill(worker, signal.SIGKILL)

        assert reach(job_id, "succeeded").attempts == 2
        [death] = crew.events("worker_died")
        assert (death["pid"], death["rest_seconds"]) == (worker, 0)


def test_a_worker_that_cannot_start_is_tried_again_after_rests_that_grow(
    tmp_path: Path,
) -> None:
    with one_worker(tmp_path, AYNI_JOBS_ACTORS="tests.jobs.nowhere") as crew:
        until(lambda: len(crew.events("worker_died")) >= 3, seconds=START_SECONDS)

    rests = [death["rest_seconds"] for death in crew.events("worker_died")]
    assert rests[:3] == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_everything_at_once(
    tmp_path: Path, notebook: Path, number: signal.Signals
) -> None:
    with one_worker(tmp_path, AYNI_JOBS_GRACE_SECONDS="600") as crew:
        job_id, child, worker = hang(notebook)
        crew.signal(number)
        until(lambda: crew.events("workers_stopping"))

        crew.signal(number)

        assert crew.end() == EXIT_AFTER_KILL
        assert not psutil.pid_exists(worker)
        until(lambda: not psutil.pid_exists(child))
        reach(job_id, "queued", seconds=5)


def test_a_first_signal_lets_the_work_finish(tmp_path: Path, notebook: Path) -> None:
    gate, effect = tmp_path / "gate", tmp_path / "effect"
    paths = {"path": str(notebook), "effect": str(effect), "gate": str(gate)}
    with one_worker(tmp_path, AYNI_JOBS_GRACE_SECONDS="600") as crew:
        job_id = start("write_behind_fence", queue=QUEUE, **paths)
        first_line(notebook)
        crew.signal(signal.SIGTERM)
        until(lambda: crew.events("workers_stopping"))

        gate.touch()

        assert crew.end() == 0
    assert (view(job_id).state, view(job_id).attempts) == ("succeeded", 1)


def test_work_in_a_thread_that_does_not_end_in_time_waits_for_no_lease(
    tmp_path: Path, notebook: Path
) -> None:
    with one_worker(tmp_path, AYNI_JOBS_GRACE_SECONDS="0") as crew:
        job_id, _, _ = hang(notebook, actor="hang_in_thread")

        assert crew.stop() == 0

    assert view(job_id).state == "queued"
    assert Attempt.objects.get().outcome == "handed_back"
    assert not Worker.objects.filter(stopped_at=None).exists()


def test_whoever_signals_the_whole_group_kills_nothing(
    tmp_path: Path, notebook: Path
) -> None:
    gate, effect = tmp_path / "gate", tmp_path / "effect"
    paths = {"path": str(notebook), "effect": str(effect), "gate": str(gate)}
    with one_worker(tmp_path, AYNI_JOBS_GRACE_SECONDS="600") as crew:
        job_id = start("write_behind_fence", queue=QUEUE, **paths)
        _, child, worker = (int(word) for word in first_line(notebook))
        os.kill(child, signal.SIGTERM)
        os.kill(worker, signal.SIGTERM)
        until(lambda: crew.events("worker_stopping"))
        crew.signal(signal.SIGTERM)
        until(lambda: crew.events("workers_stopping"))

        gate.touch()

        assert crew.end() == 0
    assert (view(job_id).state, view(job_id).attempts) == ("succeeded", 1)


def test_a_worker_without_its_supervisor_hands_back_and_goes(
    tmp_path: Path, notebook: Path
) -> None:
    with one_worker(tmp_path, AYNI_JOBS_GRACE_SECONDS="0") as crew:
        job_id, child, worker = hang(notebook)

        crew.signal(signal.SIGKILL)

        until(lambda: not psutil.pid_exists(worker), seconds=START_SECONDS)
        assert not psutil.pid_exists(child)
    assert view(job_id).state == "queued"
    assert Attempt.objects.get().outcome == "handed_back"


@pytest.mark.parametrize(
    ("variables", "code", "told"),
    [
        ({"AYNI_JOBS_STOP_SECONDS": "20"}, 1, "nothing would be handed back"),
        (
            {"AYNI_JOBS_QUEUE_LIMITS": "nowhere=1"},
            EXIT_REFUSED,
            "a queue that no actor",
        ),
    ],
)
def test_settings_that_contradict_each_other_stop_the_start_with_a_sentence(
    tmp_path: Path, variables: dict[str, str], code: int, told: str
) -> None:
    with one_worker(tmp_path, **{"AYNI_JOBS_GRACE_SECONDS": "15", **variables}) as crew:
        assert crew.end(seconds=START_SECONDS) == code

        assert told in crew.said()


@pytest.mark.parametrize(
    ("option", "told"),
    [("--processes=0", "allowed: 1 or more"), ("--queues=,", "at least one queue")],
)
def test_workers_that_would_do_nothing_do_not_start(
    tmp_path: Path, option: str, told: str
) -> None:
    with Crew(tmp_path, option) as crew:
        assert crew.end(seconds=START_SECONDS) == 1

        assert told in crew.said()


def test_what_a_child_starts_by_itself_is_not_forked(
    tmp_path: Path, notebook: Path
) -> None:
    with one_worker(tmp_path):
        start("note_start_method", queue=QUEUE, path=str(notebook))

        assert first_line(notebook) == ["spawn"]
