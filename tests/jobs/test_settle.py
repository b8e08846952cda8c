"""How an attempt ends: state, history and hooks change together or not at all."""

import dataclasses
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import hooks, settle
from jobs.backoff import Backoff
from jobs.cancel import CancelOutcome, cancel
from jobs.failures import Failure
from jobs.hooks import Hooks, JobOutcome
from jobs.models import Attempt, Job
from jobs.states import State
from tests.jobs.conftest import MakeClaim, claim_again

Told = list[tuple[str, JobOutcome]]
CLOSED = Failure(
    code="shop_closed", message="closed", is_permanent=False, traceback="line 1"
)
BROKEN = Failure(code="scale_broken", message="broken", is_permanent=True)
LOST = Failure(code="worker_lost", message="lost", is_permanent=False)


def test_a_success_ends_job_and_attempt(make_claim: MakeClaim, told: Told) -> None:
    claim = make_claim()

    assert settle.succeed(claim.job_id, token=claim.token)

    job, attempt = Job.objects.get(), Attempt.objects.get()
    assert (job.state, job.lease_expires_at) == (State.SUCCEEDED, None)
    assert job.finished_at is not None
    assert attempt.outcome == "succeeded"
    assert attempt.ended_at is not None
    assert [moment for moment, _ in told] == ["success"]


def test_a_failure_waits_longer_than_the_sweep(
    make_claim: MakeClaim, told: Told
) -> None:
    claim = make_claim()

    assert settle.fail(claim.job_id, token=claim.token, failure=CLOSED)

    job, attempt = Job.objects.get(), Attempt.objects.get()
    assert (job.state, job.sent_at) == (State.SCHEDULED, None)
    wait = job.run_at - timezone.now()
    assert timedelta(seconds=2) < wait < timedelta(seconds=5.1)
    assert (attempt.outcome, attempt.error_code) == ("retried", "shop_closed")
    assert attempt.traceback == "line 1"
    assert [(moment, outcome.code) for moment, outcome in told] == [
        ("retry", "shop_closed")
    ]


def test_the_actors_own_backoff_decides_how_long(make_claim: MakeClaim) -> None:
    claim = make_claim()
    slow = Backoff(base_seconds=100, jitter=0)

    settle.fail(claim.job_id, token=claim.token, failure=CLOSED, backoff=slow)

    wait = Job.objects.get().run_at - timezone.now()
    assert timedelta(seconds=90) < wait < timedelta(seconds=100.1)


def test_an_error_may_ask_for_a_longer_wait_but_not_for_a_shorter_one(
    make_claim: MakeClaim,
) -> None:
    asked = dataclasses.replace(CLOSED, wait_seconds=50)
    waits = []

    for seconds in (20, 100):
        claim, backoff = make_claim(), Backoff(base_seconds=seconds, jitter=0)
        settle.fail(claim.job_id, token=claim.token, failure=asked, backoff=backoff)
        job = Job.objects.get(pk=claim.job_id)
        waits.append(round((job.run_at - timezone.now()).total_seconds(), -1))

    assert waits == [50, 100]


def test_a_permanent_failure_is_not_tried_again(
    make_claim: MakeClaim, told: Told
) -> None:
    claim = make_claim()

    settle.fail(claim.job_id, token=claim.token, failure=BROKEN)

    job = Job.objects.get()
    assert (job.state, job.error_code) == (State.FAILED, "scale_broken")
    assert [(moment, outcome.message) for moment, outcome in told] == [
        ("failure", "broken")
    ]


def test_the_last_attempt_fails_the_job(make_claim: MakeClaim) -> None:
    claim = make_claim(max_attempts=1)

    settle.fail(claim.job_id, token=claim.token, failure=CLOSED)

    assert Job.objects.get().state == State.FAILED


def test_work_of_a_lost_worker_goes_on_at_once(make_claim: MakeClaim) -> None:
    claim = make_claim()

    settle.fail(claim.job_id, token=claim.token, failure=LOST)

    assert Job.objects.get().state == State.QUEUED


def test_what_was_handed_back_does_not_count(make_claim: MakeClaim) -> None:
    claim = make_claim(max_attempts=1)

    assert settle.hand_back(claim.job_id, token=claim.token)

    job = Job.objects.get()
    assert (job.state, job.attempts, job.max_attempts) == (State.QUEUED, 1, 2)
    assert Attempt.objects.get().outcome == "handed_back"


def test_an_attempt_is_settled_once(make_claim: MakeClaim, told: Told) -> None:
    claim = make_claim()
    settle.fail(claim.job_id, token=claim.token, failure=LOST)

    assert not settle.succeed(claim.job_id, token=claim.token)
    assert not settle.fail(claim.job_id, token=claim.token, failure=BROKEN)
    assert not settle.hand_back(claim.job_id, token=claim.token)

    assert Job.objects.get().state == State.QUEUED
    assert len(told) == 1


def test_an_attempt_cannot_settle_the_one_that_came_after_it(
    make_claim: MakeClaim,
) -> None:
    first = make_claim()
    claim_again(first)

    assert not settle.succeed(first.job_id, token=first.token)
    assert not settle.fail(first.job_id, token=first.token, failure=BROKEN)

    assert Job.objects.get().state == State.RUNNING


def test_a_cancel_decides_what_a_failure_leads_to(
    make_claim: MakeClaim, told: Told
) -> None:
    claim = make_claim()
    assert cancel(claim.job_id) is CancelOutcome.REQUESTED

    settle.fail(claim.job_id, token=claim.token, failure=LOST)

    job = Job.objects.get()
    assert (job.state, job.error_code) == (State.CANCELLED, "")
    assert [moment for moment, _ in told] == ["cancel"]


def test_an_effect_that_was_committed_before_the_cancel_stays(
    make_claim: MakeClaim,
) -> None:
    claim = make_claim()
    cancel(claim.job_id)

    settle.succeed(claim.job_id, token=claim.token)

    assert Job.objects.get().state == State.SUCCEEDED


def test_a_hook_that_raises_undoes_the_settling(
    make_claim: MakeClaim, told: Told
) -> None:
    def refuse(outcome: JobOutcome) -> None:
        raise ValueError(outcome.actor)

    hooks.forget("weigh")
    hooks.register("weigh", Hooks(on_success=refuse))
    claim = make_claim()

    with pytest.raises(ValueError, match="weigh"):
        settle.succeed(claim.job_id, token=claim.token)

    assert Job.objects.get().state == State.RUNNING
    assert Attempt.objects.get().outcome == ""
