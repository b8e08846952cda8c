"""Another chance for a job that failed or was cancelled."""

import uuid

import pytest

from jobs import settle
from jobs.claim import claim_next
from jobs.failures import Failure
from jobs.hooks import JobOutcome
from jobs.models import Attempt, Job
from jobs.requeue import requeue
from jobs.states import REQUEUABLE, State
from jobs.workers import identify
from tests.jobs.conftest import MakeClaim

BROKEN = Failure(code="scale_broken", message="broken", is_permanent=True)
CLOSED = Failure(code="shop_closed", message="closed", is_permanent=False)


def test_a_failed_job_gets_a_fresh_allowance_and_keeps_its_history(
    make_claim: MakeClaim, told: list[tuple[str, JobOutcome]]
) -> None:
    first = make_claim(max_attempts=1)
    settle.fail(first.job_id, token=first.token, failure=CLOSED)

    assert requeue(first.job_id)
    waiting = Job.objects.get()
    second = claim_next(
        first.job_id, allowances={"weigh": 2}, worker=identify(uuid.uuid4())
    )
    assert second is not None
    settle.fail(second.job_id, token=second.token, failure=CLOSED)

    job = Job.objects.get()
    assert (waiting.state, waiting.error_code, waiting.max_attempts) == (
        "queued",
        "",
        2,
    )
    assert (job.state, job.attempts, job.max_attempts) == (State.SCHEDULED, 2, 3)
    numbers = Attempt.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert [moment for moment, _ in told] == ["failure", "requeue", "retry"]


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(State) - REQUEUABLE))
def test_only_what_failed_or_was_cancelled_is_queued_again(state: State) -> None:
    job = Job.objects.create(actor="weigh", queue="scales", state=state)

    assert not requeue(job.pk)

    job.refresh_from_db()
    assert job.state == state
