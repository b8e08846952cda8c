"""Real worker processes: work is done once, killed, taken over and handed back."""

import os
import signal
from pathlib import Path

import dramatiq
import psutil
import pytest

from jobs.cancel import CancelOutcome, cancel
from jobs.models import Attempt, Job, Worker
from jobs.relay import Hint, send
from tests.jobs.crews import Crew
from tests.jobs.following import START_SECONDS, lines, reach, start, view
from tests.jobs.waiting import until, until_swept

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

PROMISE_SECONDS = 2.0


def test_a_job_runs_once_and_a_second_delivery_does_nothing(
    crew: Crew, notebook: Path
) -> None:
    job_id = start("note", path=str(notebook))
    job = reach(job_id, "succeeded")

    send(Hint(job_id=job_id, actor="note", queue="quick"))
    marker = start("note", path=str(notebook))
    reach(marker, "succeeded")

    assert job.attempts == 1
    assert [line.split()[0] for line in lines(notebook)] == [str(job_id), str(marker)]


def test_work_that_fails_once_is_tried_again(crew: Crew, notebook: Path) -> None:
    job_id = start("succeed_second_time", path=str(notebook))
    reach(job_id, "scheduled")
    Job.objects.filter(pk=job_id).update(run_at="2020-01-01T00:00:00Z")

    job = reach(job_id, "succeeded")

    assert (job.attempts, lines(notebook)) == (2, ["1", "2"])
    outcomes = Attempt.objects.order_by("number").values_list("outcome", "error_code")
    assert list(outcomes) == [("retried", "shop_closed"), ("succeeded", "")]


def test_a_permanent_error_is_not_tried_again(crew: Crew, notebook: Path) -> None:
    job = reach(start("refuse", path=str(notebook)), "failed")

    assert (job.error_code, job.error_message) == (
        "out_of_stock",
        "there is none left",
    )
    assert lines(notebook) == ["1"]
    assert "OutOfStockError" in Attempt.objects.get().traceback


def test_an_actor_that_does_not_want_to_wait_is_tried_again_at_once(
    crew: Crew, notebook: Path
) -> None:
    job = reach(start("succeed_third_time", path=str(notebook)), "succeeded")

    assert (job.attempts, lines(notebook)) == (3, ["1", "2", "3"])


def test_an_error_of_a_kind_that_its_actor_calls_permanent_is_not_tried_again(
    crew: Crew, notebook: Path
) -> None:
    job = reach(start("add_up", queue="heavy", path=str(notebook)), "failed")

    assert (job.error_code, lines(notebook)) == ("internal_error", ["1"])


@pytest.mark.parametrize(
    ("luck", "told"),
    [
        (2, ["1 shop_closed True", "2 done True"]),
        (3, ["1 shop_closed True", "2 shop_closed True"]),
    ],
    ids=["retried, then done", "retried, then failed"],
)
def test_the_hooks_of_an_actors_options_run_with_the_change(
    crew: Crew, notebook: Path, luck: int, told: list[str]
) -> None:
    job_id = start("tell", path=str(notebook), luck=luck)
    until_swept(lambda: view(job_id).finished_at, seconds=START_SECONDS)

    assert lines(notebook.with_name("page.told")) == told


def test_isolated_work_runs_in_a_child_of_the_worker(
    crew: Crew, notebook: Path
) -> None:
    reach(start("note_apart", queue="heavy", path=str(notebook)), "succeeded")

    _, child, parent = lines(notebook)[0].split()
    assert child != parent
    # The row went with the tables of the test before; the next sign of life writes it.
    until(lambda: Worker.objects.filter(pid=int(parent)).exists())


def test_a_cancelled_job_is_killed_within_two_seconds(
    crew: Crew, notebook: Path
) -> None:
    job_id = start("hang", queue="heavy", path=str(notebook))
    until(lambda: lines(notebook), seconds=START_SECONDS)

    assert cancel(job_id) is CancelOutcome.REQUESTED
    job = reach(job_id, "cancelled")

    # By the database's clock, so that a busy test run does not count.
    assert job.cancel_requested_at is not None
    assert job.finished_at is not None
    killed_after = job.finished_at - job.cancel_requested_at
    assert killed_after.total_seconds() < PROMISE_SECONDS
    child = int(lines(notebook)[0].split()[1])
    until(lambda: not psutil.pid_exists(child))
    reach(start("note_apart", queue="heavy", path=str(notebook)), "succeeded")


def test_work_past_its_hard_limit_is_killed(crew: Crew) -> None:
    job = reach(start("never_end", queue="heavy"), "failed")

    assert job.error_code == "hard_limit_passed"


def test_a_job_whose_worker_is_killed_is_taken_over(crew: Crew, notebook: Path) -> None:
    job_id = start("hang", queue="heavy", path=str(notebook))
    until(lambda: lines(notebook), seconds=START_SECONDS)
    _, child, worker = (int(word) for word in lines(notebook)[0].split())

    os.kill(worker, signal.SIGKILL)

    until(lambda: not psutil.pid_exists(child))
    job = reach(job_id, "succeeded")
    assert job.attempts == 2
    assert [line.split()[0] for line in lines(notebook)] == ["1", "2"]


def test_work_that_kills_its_process_fails_after_its_attempts(
    crew: Crew, notebook: Path
) -> None:
    job = reach(start("kill_own_process", queue="heavy", path=str(notebook)), "failed")

    assert (job.error_code, lines(notebook)) == ("worker_lost", ["1", "2", "3"])


def test_work_that_kills_its_worker_fails_after_its_attempts(
    crew: Crew, notebook: Path
) -> None:
    poison = start("kill_worker", queue="heavy", path=str(notebook))
    harmless = start("note", path=str(notebook.with_name("other")))

    job = reach(poison, "failed", seconds=60)

    assert (job.error_code, lines(notebook)) == ("worker_lost", ["1", "2", "3"])
    reach(harmless, "succeeded")


def test_a_worker_that_was_stopped_for_too_long_commits_nothing(
    crew: Crew, notebook: Path
) -> None:
    effect, gate = notebook.with_name("effect"), notebook.with_name("gate")
    paths = {"path": str(notebook), "effect": str(effect), "gate": str(gate)}
    job_id = start("write_behind_fence", queue="heavy", **paths)
    until(lambda: lines(notebook), seconds=START_SECONDS)
    worker = int(lines(notebook)[0].split()[2])

    os.kill(worker, signal.SIGSTOP)
    job = reach(job_id, "succeeded")
    # The worker cannot stop its child now: only the fence is left.
    gate.touch()
    until(lambda: "1 has tried" in lines(notebook))
    os.kill(worker, signal.SIGCONT)

    assert (job.attempts, lines(effect)) == (2, ["2"])
    reach(start("note", path=str(notebook)), "succeeded")


def test_a_lost_message_is_repaired(crew: Crew, notebook: Path) -> None:
    job = Job.objects.create(actor="note", queue="quick", args={"path": str(notebook)})

    reach(job.pk, "succeeded")

    assert len(lines(notebook)) == 1


def test_a_worker_that_is_told_to_stop_hands_its_job_back(
    tmp_path: Path, notebook: Path
) -> None:
    job_id = start("hang", queue="elsewhere", path=str(notebook))
    with Crew(
        tmp_path,
        "--processes=1",
        "--threads=1",
        "--queues=elsewhere",
        AYNI_JOBS_GRACE_SECONDS="0",
        AYNI_JOBS_LEASE_SECONDS="600",
    ) as leaving:
        until(lambda: lines(notebook), seconds=START_SECONDS)

        assert leaving.stop() == 0

    job = view(job_id)
    assert (job.state, job.attempts, job.max_attempts) == ("queued", 1, 5)
    assert Attempt.objects.get().outcome == "handed_back"
    assert Worker.objects.filter(queues=["elsewhere"], stopped_at=None).count() == 0
    dramatiq.get_broker().flush("elsewhere")
