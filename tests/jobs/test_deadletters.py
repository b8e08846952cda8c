"""Failures that are one and the same are found and dealt with together."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from jobs import selectors, settle
from jobs.deadletters import discard, discard_alike, retry_alike
from jobs.failures import Failure, failure_of
from jobs.hooks import JobOutcome
from jobs.models import Attempt, Job
from jobs.requeue import requeue
from jobs.states import State
from tests.jobs.conftest import MakeClaim

Fail = Callable[..., uuid.UUID]


class OutOfStockError(Exception):
    code = "out_of_stock"


def sell(things: str) -> None:
    raise OutOfStockError(f"no {things}")


def rent(things: str) -> None:
    raise OutOfStockError(f"no {things}")


def died_of(work: Callable[[str], None], things: str) -> Failure:
    with pytest.raises(OutOfStockError) as caught:
        work(things)
    return failure_of(caught.value)


@pytest.fixture
def fail(make_claim: MakeClaim) -> Fail:
    def fail(failure: Failure, **values: Any) -> uuid.UUID:
        claim = make_claim(max_attempts=1, **values)
        settle.fail(claim.job_id, token=claim.token, failure=failure)
        return claim.job_id

    return fail


APPLES, PEARS = died_of(sell, "apples"), died_of(sell, "pears")
BIKES = died_of(rent, "bikes")


def test_the_same_error_from_the_same_function_has_one_fingerprint() -> None:
    assert APPLES.fingerprint == PEARS.fingerprint != BIKES.fingerprint
    assert APPLES.fingerprint.endswith("test_deadletters.sell")
    assert "apples" not in APPLES.fingerprint
    assert Failure(**APPLES.as_data()) == APPLES


def test_failures_are_listed_by_what_they_died_of(fail: Fail) -> None:
    fail(APPLES)
    latest = fail(PEARS)
    fail(BIKES)

    bikes, fruit = selectors.failures()

    assert (bikes.count, bikes.fingerprint) == (1, BIKES.fingerprint)
    assert (fruit.count, fruit.latest_job_id) == (2, latest)
    assert (fruit.error_code, fruit.error_message) == ("out_of_stock", "no pears")
    assert fruit.first_at < fruit.last_at < bikes.last_at
    fingerprints = Attempt.objects.values_list("error_fingerprint", flat=True)
    assert set(fingerprints) == {APPLES.fingerprint, BIKES.fingerprint}


def test_actors_that_die_alike_are_listed_apart(fail: Fail) -> None:
    fail(APPLES)
    fail(APPLES, actor="sell")

    assert {each.actor for each in selectors.failures()} == {"weigh", "sell"}


def test_all_of_a_kind_are_tried_again_and_no_others(
    fail: Fail, told: list[tuple[str, JobOutcome]]
) -> None:
    alike = {fail(APPLES), fail(PEARS)}
    other = fail(BIKES)

    assert retry_alike("weigh", fingerprint=APPLES.fingerprint) == 2

    queued = Job.objects.filter(state=State.QUEUED, error_fingerprint="")
    assert set(queued.values_list("pk", flat=True)) == alike
    assert Job.objects.get(pk=other).state == State.FAILED
    assert [moment for moment, _ in told].count("requeue") == 2
    assert retry_alike("weigh", fingerprint=APPLES.fingerprint) == 0


def test_a_discarded_job_keeps_its_error_and_the_reason(
    fail: Fail, told: list[tuple[str, JobOutcome]]
) -> None:
    job_id = fail(APPLES)

    assert discard(job_id, reason=" a test order ")

    job = Job.objects.get()
    assert (job.state, job.discard_reason) == (State.CANCELLED, "a test order")
    assert job.error_code == "out_of_stock"
    assert selectors.failures() == ()
    assert [moment for moment, _ in told] == ["failure"]
    assert not discard(job_id, reason="once more")


def test_all_of_a_kind_are_discarded_and_no_others(fail: Fail) -> None:
    fail(APPLES)
    fail(PEARS)
    other = fail(BIKES)

    count = discard_alike("weigh", fingerprint=APPLES.fingerprint, reason="sold out")

    assert count == 2
    assert [group.latest_job_id for group in selectors.failures()] == [other]


def test_what_was_discarded_can_still_be_tried_again(fail: Fail) -> None:
    job_id = fail(APPLES)
    discard(job_id, reason="a mistake")

    assert requeue(job_id)

    job = Job.objects.get()
    assert (job.state, job.discard_reason) == (State.QUEUED, "")


def test_nothing_is_discarded_without_a_reason(fail: Fail) -> None:
    job_id = fail(APPLES)

    with pytest.raises(ValueError, match="reason"):
        discard(job_id, reason=" ")

    assert Job.objects.get().state == State.FAILED
