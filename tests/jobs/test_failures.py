"""What an exception becomes when it leaves the work."""

import json
import math
import uuid
from typing import ClassVar

import pytest

from jobs.failures import Failure, failure_of
from jobs.models import Job
from jobs.states import State
from tests.jobs.working import fail


class EmptyTillError(Exception):
    code: ClassVar[str] = "empty_till"
    is_permanent: ClassVar[bool] = True
    retry_after_seconds: object = None


def test_an_error_with_a_code_keeps_its_code_and_message() -> None:
    failure = failure_of(EmptyTillError("there is nothing in the till"))

    assert failure.code == "empty_till"
    assert failure.message == "there is nothing in the till"
    assert failure.is_permanent


def test_the_text_of_a_bug_is_for_operators_only() -> None:
    failure = failure_of(KeyError("secret cell"))

    assert failure.code == "internal_error"
    assert "secret" not in failure.message
    assert "secret cell" in failure.traceback
    assert not failure.is_permanent


@pytest.mark.django_db
def test_signs_that_postgres_does_not_keep_do_not_keep_a_job_open() -> None:
    job = Job.objects.create(actor="weigh", queue=f"q{uuid.uuid4().hex}")

    fail(job.pk, failure_of(EmptyTillError("till \0 and \ud83d and " + "ñ" * 600)))

    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.error_message.startswith("till \N{SYMBOL FOR NULL} and ? and ñ")
    assert "\N{SYMBOL FOR NULL}" in job.history.get().traceback


def test_an_error_that_cannot_say_what_it_is_is_a_failure_too() -> None:
    class SilentError(Exception):
        code = "silent"

        def __str__(self) -> str:
            raise ValueError

    failure = failure_of(SilentError())

    assert failure.code == "silent"
    assert failure.message == "SilentError"


def test_a_code_that_is_no_text_is_no_code() -> None:
    assert failure_of(SystemExit(3)).code == "internal_error"


def test_a_failure_crosses_to_another_process_unchanged() -> None:
    failure = failure_of(EmptyTillError("nothing"))

    assert Failure(**json.loads(json.dumps(failure.as_data()))) == failure


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (30, 30),
        (0.5, 0.5),
        (10**9, 86_400),
        (-1, 0),
        ("30", 0),
        (math.nan, 0),
        (None, 0),
    ],
)
def test_an_error_may_say_when_to_try_again(asked: object, kept: float) -> None:
    error = EmptyTillError()
    error.retry_after_seconds = asked

    assert failure_of(error).wait_seconds == kept
