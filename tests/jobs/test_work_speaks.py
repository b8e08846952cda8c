"""Real workers: what work returns and tells reaches whoever asks."""

import uuid
from pathlib import Path

import pytest

from jobs.groups import group
from jobs.results import result_of
from jobs.selectors import ProgressView, job_detail
from jobs.steps import Step
from tests.jobs.crews import Crew
from tests.jobs.following import START_SECONDS, lines, reach, start
from tests.jobs.waiting import until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def progress_of(job_id: uuid.UUID) -> ProgressView | None:
    detail = job_detail(job_id)
    assert detail is not None
    return detail.progress


@pytest.mark.parametrize(
    ("actor", "queue"), [("count", "quick"), ("count_apart", "heavy")]
)
def test_how_far_work_is_can_be_seen_while_its_transaction_is_open(
    crew: Crew, tmp_path: Path, actor: str, queue: str
) -> None:
    gate = tmp_path / "gate"
    job_id = start(actor, queue=queue, gate=str(gate))

    half = until(
        lambda: (seen := progress_of(job_id)) and seen.note == "waiting" and seen,
        seconds=START_SECONDS,
    )
    gate.touch()
    reach(job_id, "succeeded")
    last = progress_of(job_id)

    assert half
    assert (half.done, half.total, half.share) == (500, 1000, 0.5)
    assert last
    assert (last.done, last.note) == (1000, "step 1000")


def test_what_work_returns_can_be_read_by_whoever_asked_and_by_what_follows(
    crew: Crew,
) -> None:
    steps = [
        Step(actor="weigh", queue="quick", args={"grams": 2}),
        Step(actor="weigh_apart", queue="heavy", args={"grams": 40}),
    ]
    parcels = group(steps, then=Step(actor="add_up_weights", queue="quick"))
    reach(parcels.completion, "succeeded")

    near, far = (result_of(member) for member in parcels.members)
    assert near == {"grams": 2}
    assert far["grams"] == 40
    assert result_of(parcels.completion) == 42


def test_work_that_returns_no_json_fails_for_good_and_is_told_why(
    crew: Crew, notebook: Path
) -> None:
    job_id = start("return_path", queue="heavy", path=str(notebook))
    job = reach(job_id, "failed")

    assert (job.error_code, lines(notebook)) == ("result_not_json", ["done"])
    assert job.error_message.startswith("the work returned PosixPath, which is not")
    assert result_of(job_id) is None
