"""The state machine and the decision after a failure, as tables."""

import pytest

from jobs.states import (
    ENDED,
    AttemptOutcome,
    Standing,
    State,
    after_failure,
    may_follow,
)


@pytest.mark.parametrize(
    ("attempts", "is_permanent", "is_cancel_requested", "outcome"),
    [
        (1, False, False, AttemptOutcome.RETRIED),
        (3, False, False, AttemptOutcome.RETRIED),
        (4, False, False, AttemptOutcome.FAILED),
        (5, False, False, AttemptOutcome.FAILED),
        (1, True, False, AttemptOutcome.FAILED),
        (1, False, True, AttemptOutcome.CANCELLED),
        (4, True, True, AttemptOutcome.CANCELLED),
    ],
)
def test_what_a_failure_leads_to(
    attempts: int,
    outcome: AttemptOutcome,
    *,
    is_permanent: bool,
    is_cancel_requested: bool,
) -> None:
    standing = Standing(
        attempts=attempts,
        max_attempts=4,
        is_permanent=is_permanent,
        is_cancel_requested=is_cancel_requested,
    )

    assert after_failure(standing) is outcome


def test_nothing_follows_a_success() -> None:
    assert not any(may_follow(State.SUCCEEDED, state) for state in State)


def test_only_a_running_job_succeeds_or_fails() -> None:
    for ended in (State.SUCCEEDED, State.FAILED):
        sources = {state for state in State if may_follow(state, ended)}
        assert sources == {State.RUNNING}


def test_a_retry_goes_back_to_waiting() -> None:
    assert may_follow(State.RUNNING, State.SCHEDULED)
    assert not any(may_follow(state, State.RUNNING) for state in ENDED)
