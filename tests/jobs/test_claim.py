"""A job is taken once, by the database's clock."""

import uuid
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from jobs.claim import Claim, claim_next
from jobs.models import Attempt, Job
from jobs.states import State
from jobs.workers import identify
from tests.jobs.conftest import MakeClaim


def try_to_claim(job_id: uuid.UUID, actor: str = "weigh") -> Claim | None:
    return claim_next(job_id, allowances={actor: 4}, worker=identify(uuid.uuid4()))


def test_a_claim_takes_the_job_and_opens_an_attempt(make_claim: MakeClaim) -> None:
    claim = make_claim(args={"kilos": 3})

    job = Job.objects.get()
    attempt = Attempt.objects.get()
    assert (job.state, job.attempts, job.token) == (State.RUNNING, 1, claim.token)
    assert claim.args == {"kilos": 3}
    assert job.lease_expires_at is not None
    assert job.started_at is not None
    lease = job.lease_expires_at - job.started_at
    assert abs(lease.total_seconds() - settings.AYNI_JOBS_LEASE_SECONDS) < 0.1
    assert (attempt.number, attempt.outcome, attempt.ended_at) == (1, "", None)


def test_a_second_delivery_finds_nothing_to_claim(make_claim: MakeClaim) -> None:
    claim = make_claim()

    assert try_to_claim(claim.job_id) is None
    assert Attempt.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(set(State) - {State.QUEUED}))
def test_only_a_queued_job_can_be_claimed(state: State) -> None:
    job = Job.objects.create(actor="weigh", queue="scales", state=state)

    assert try_to_claim(job.pk) is None


@pytest.mark.django_db
def test_a_message_for_another_actor_claims_nothing() -> None:
    job = Job.objects.create(actor="weigh", queue="scales")

    assert try_to_claim(job.pk, actor="sell") is None


@pytest.mark.django_db
def test_a_job_that_is_not_due_waits_for_the_sweep() -> None:
    later = timezone.now() + timedelta(hours=1)
    job = Job.objects.create(
        actor="weigh", queue="scales", state=State.SCHEDULED, run_at=later
    )

    assert try_to_claim(job.pk) is None
