"""What an exception becomes when it leaves the work."""

import json
from typing import ClassVar

from jobs.failures import Failure, failure_of


class EmptyTillError(Exception):
    code: ClassVar[str] = "empty_till"
    is_permanent: ClassVar[bool] = True


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


def test_a_code_that_is_no_text_is_no_code() -> None:
    assert failure_of(SystemExit(3)).code == "internal_error"


def test_a_failure_crosses_to_another_process_unchanged() -> None:
    failure = failure_of(EmptyTillError("nothing"))

    assert Failure(**json.loads(json.dumps(failure.as_data()))) == failure
