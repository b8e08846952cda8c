"""Real workers: what work returns and tells reaches whoever asks."""

from pathlib import Path

import pytest

from jobs.groups import group
from jobs.results import result_of
from jobs.steps import Step
from tests.jobs.crews import Crew
from tests.jobs.following import lines, reach, start

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


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
