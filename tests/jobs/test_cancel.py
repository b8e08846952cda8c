"""A waiting job never starts; a running one is told."""

import uuid

import pytest

from jobs.cancel import CancelOutcome, cancel
from jobs.claim import claim_next
from jobs.hooks import JobOutcome
from jobs.models import Job
from jobs.states import ENDED, WAITING, State
from jobs.workers import identify
from tests.jobs.conftest import MakeClaim


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(WAITING))
def test_a_waiting_job_ends_at_once_and_its_hook_runs(
    state: State, told: list[tuple[str, JobOutcome]]
) -> None:
    job = Job.objects.create(actor="weigh", queue="scales", state=state)

    assert cancel(job.pk) is CancelOutcome.CANCELLED

    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert job.finished_at is not None
    assert [(moment, outcome.job_id) for moment, outcome in told] == [
        ("cancel", job.pk)
    ]
    worker = identify(uuid.uuid4())
    assert claim_next(job.pk, allowances={"weigh": 4}, worker=worker) is None


def test_a_running_job_is_asked_to_stop(make_claim: MakeClaim) -> None:
    claim = make_claim()

    assert cancel(claim.job_id) is CancelOutcome.REQUESTED
    first = Job.objects.get().cancel_requested_at
    assert cancel(claim.job_id) is CancelOutcome.REQUESTED

    job = Job.objects.get()
    assert job.state == State.RUNNING
    assert job.cancel_requested_at == first is not None


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(ENDED))
def test_what_has_ended_stays_as_it_is(state: State) -> None:
    job = Job.objects.create(actor="weigh", queue="scales", state=state)

    assert cancel(job.pk) is CancelOutcome.ENDED

    job.refresh_from_db()
    assert (job.state, job.cancel_requested_at) == (state, None)


@pytest.mark.django_db
def test_a_job_that_never_was_has_ended() -> None:
    assert cancel(uuid.uuid4()) is CancelOutcome.ENDED
