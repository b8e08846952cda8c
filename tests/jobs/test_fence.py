"""A worker that lost its lease commits nothing."""

import pytest
from django.db import transaction

from jobs import settle
from jobs.cancel import cancel
from jobs.errors import LeaseLostError
from jobs.failures import Failure
from tests.jobs.conftest import MakeClaim, claim_again

LOST = Failure(code="worker_lost", message="lost", is_permanent=False)


def test_the_current_attempt_may_commit(make_claim: MakeClaim) -> None:
    claim = make_claim()

    with transaction.atomic():
        claim.current_job.hold()


def test_an_attempt_that_was_given_up_may_not(make_claim: MakeClaim) -> None:
    claim = make_claim()
    settle.fail(claim.job_id, token=claim.token, failure=LOST)

    with pytest.raises(LeaseLostError), transaction.atomic():
        claim.current_job.hold()


def test_an_attempt_may_not_while_another_is_under_way(make_claim: MakeClaim) -> None:
    first = make_claim()
    second = claim_again(first)

    with pytest.raises(LeaseLostError), transaction.atomic():
        first.current_job.hold()
    with transaction.atomic():
        second.current_job.hold()


def test_a_cancelled_attempt_may_not(make_claim: MakeClaim) -> None:
    claim = make_claim()
    cancel(claim.job_id)

    with pytest.raises(LeaseLostError), transaction.atomic():
        claim.current_job.hold()


def test_an_attempt_that_was_settled_may_not(make_claim: MakeClaim) -> None:
    claim = make_claim()
    settle.succeed(claim.job_id, token=claim.token)

    with pytest.raises(LeaseLostError), transaction.atomic():
        claim.current_job.hold()
