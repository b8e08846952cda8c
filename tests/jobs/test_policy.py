"""Which errors are tried again, as a table; and options that contradict each other."""

from typing import Any, ClassVar

import pytest

from jobs.errors import HardLimitError
from jobs.failures import failure_of, failure_without_stack
from jobs.policy import Policy


class OutOfPaperError(Exception):
    is_permanent: ClassVar[bool] = True


ONLY_NETWORK_AGAIN = Policy(permanent=(Exception,), transient=(OSError,))


@pytest.mark.parametrize(
    ("policy", "exc", "is_permanent"),
    [
        (Policy(), ValueError(), False),
        (Policy(), OutOfPaperError(), True),
        (Policy(permanent=(ValueError,)), ValueError(), True),
        (Policy(permanent=(ValueError,)), UnicodeDecodeError("a", b"", 0, 1, ""), True),
        (Policy(permanent=(ValueError,)), KeyError(), False),
        (Policy(transient=(OutOfPaperError,)), OutOfPaperError(), False),
        (ONLY_NETWORK_AGAIN, TimeoutError(), False),
        (ONLY_NETWORK_AGAIN, KeyError(), True),
        (Policy(permanent=(TimeoutError,), transient=(OSError,)), TimeoutError(), True),
    ],
    ids=[
        "nothing is said",
        "the error says it",
        "the actor says it",
        "a subclass",
        "another class",
        "the actor overrules the error",
        "the nearest class is transient",
        "the nearest class is permanent",
        "a subclass of what is transient",
    ],
)
def test_the_nearest_class_decides(
    policy: Policy, exc: Exception, *, is_permanent: bool
) -> None:
    assert failure_of(exc, policy=policy).is_permanent is is_permanent


def test_work_that_was_too_slow_is_sorted_like_any_error() -> None:
    error = HardLimitError(seconds=1)

    assert not failure_without_stack(error).is_permanent
    assert failure_without_stack(
        error, policy=Policy(permanent=(HardLimitError,))
    ).is_permanent


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"max_attempts": 0}, "max_attempts is 0"),
        ({"soft_limit_seconds": 0}, "no time"),
        ({"hard_limit_seconds": -1}, "no time"),
        ({"permanent": (OSError,), "transient": (OSError,)}, "OSError is both"),
    ],
)
def test_options_that_contradict_each_other_are_refused(
    options: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        Policy(**options)
