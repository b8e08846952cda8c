"""What work returned is kept as it was, for its time and for those that wait."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from jobs import results, settle, sweep
from jobs.chains import chain
from jobs.enqueue import enqueue
from jobs.errors import ResultNotJsonError, ResultTooLargeError
from jobs.hooks import JobOutcome
from jobs.models import Job, Result
from jobs.results import result_of, results_before
from jobs.selectors import job_detail
from jobs.steps import Step
from tests.jobs.conftest import MakeClaim
from tests.jobs.working import take

pytestmark = pytest.mark.django_db


def do(job_id: uuid.UUID, returned: object) -> None:
    """Take the job and return something."""
    claim = take(job_id)
    result = results.encode(returned)
    assert settle.succeed(job_id, token=claim.token, result=result)


def let_time_run_out() -> None:
    Result.objects.update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize(
    "value",
    [
        0,
        "",
        [],
        1.5,
        2**70,
        {"b": [None, True], "a": "\u00f1\u2028"},
        "a NUL \x00 and half a pair \ud800",
    ],
    ids=ascii,
)
def test_a_result_comes_back_as_it_was(value: Any) -> None:
    job_id = enqueue("weigh", args={}, queue="scales")

    do(job_id, value)

    assert result_of(job_id) == value
    assert type(result_of(job_id)) is type(value)


def test_work_that_returns_nothing_writes_nothing() -> None:
    job_id = enqueue("weigh", args={}, queue="scales")

    do(job_id, None)

    assert result_of(job_id) is None
    assert not Result.objects.exists()


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (uuid.UUID(int=7), "returned UUID, which is not JSON: Object of type UUID"),
        ({"weight": float("nan")}, "returned dict, which is not JSON: Out of range"),
        ({(1, 2): 3}, "keys must be str"),
    ],
    ids=["an object", "no number", "a key that is no name"],
)
def test_what_is_not_json_is_refused_and_said(value: object, complaint: str) -> None:
    with pytest.raises(ResultNotJsonError, match=complaint) as caught:
        results.encode(value)

    assert caught.value.is_permanent


def test_what_holds_itself_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)

    with pytest.raises(ResultNotJsonError, match="Circular"):
        results.encode(endless)


def test_what_is_too_large_is_refused(settings: Settings) -> None:
    settings.AYNI_JOBS_RESULT_MAX_BYTES = 10

    assert results.encode("eight ch") == '"eight ch"'
    with pytest.raises(ResultTooLargeError, match="11 bytes of JSON; the limit is 10"):
        results.encode("nine char")


def test_a_hook_is_told_what_the_work_returned(
    make_claim: MakeClaim, told: list[tuple[str, JobOutcome]]
) -> None:
    claim = make_claim()

    settle.succeed(claim.job_id, token=claim.token, result='{"grams":7}')

    [(moment, outcome)] = told
    assert (moment, outcome.result) == ("success", {"grams": 7})


def test_an_attempt_that_lost_its_job_leaves_no_result(make_claim: MakeClaim) -> None:
    claim = make_claim()

    assert not settle.succeed(claim.job_id, token=claim.token + 1, result="7")

    assert not Result.objects.exists()


def test_a_result_is_not_read_after_its_time_and_swept_away() -> None:
    old, new = (enqueue("weigh", args={}, queue=str(n)) for n in range(2))
    do(old, "old")
    let_time_run_out()
    do(new, "new")

    assert result_of(old) is None
    sweep.forget_old()

    assert Result.objects.get().pk == new
    assert Job.objects.count() == 2


def test_the_setting_says_how_long(settings: Settings) -> None:
    first, second = (enqueue("weigh", args={}, queue=str(n)) for n in range(2))
    settings.AYNI_JOBS_RESULT_SECONDS = 60
    do(first, 1)
    settings.AYNI_JOBS_RESULT_SECONDS = 0
    do(second, 2)

    left = Result.objects.get(pk=first).expires_at - timezone.now()
    assert timedelta(seconds=50) < left < timedelta(seconds=60.1)
    assert result_of(second) is None


def test_what_waits_for_a_job_can_read_its_result_however_late() -> None:
    first, second = chain(
        Step(actor="weigh", queue="first"), Step(actor="weigh", queue="second")
    )
    do(first, "heavy")
    let_time_run_out()
    results.forget_expired()

    assert results_before(second) == {first: "heavy"}

    do(second, None)
    results.forget_expired()
    assert results_before(second) == {}


def test_more_than_a_batch_is_forgotten_in_one_pass(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(results, "BATCH_ROWS", 2)
    for n in range(5):
        do(enqueue("weigh", args={}, queue=str(n)), n)
    let_time_run_out()

    assert results.forget_expired() == 5


def test_operators_see_the_result() -> None:
    job_id = enqueue("weigh", args={}, queue="scales")
    do(job_id, {"grams": 7})

    detail = job_detail(job_id)

    assert detail is not None
    assert detail.result is not None
    assert detail.result.value == {"grams": 7}
