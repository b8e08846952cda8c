"""Every code that jobs may hold has words and, where it matters, a tone."""

from jobs.by import ActionKind
from jobs.fairness import WaitReason
from jobs.states import AttemptOutcome, State
from ops import wording


def test_every_state_has_words_and_a_tone() -> None:
    assert set(wording.STATES) == set(wording.TONES) == set(State)


def test_every_outcome_has_words_a_tone_and_a_place_in_history() -> None:
    outcomes = {"", *AttemptOutcome}

    assert set(wording.OUTCOMES) == set(wording.OUTCOME_TONES) == outcomes
    assert {f"attempt_{outcome}" for outcome in AttemptOutcome} <= set(wording.MOMENTS)


def test_every_action_has_words_and_a_tone_and_on_a_job_a_place_in_history() -> None:
    on_queues = {ActionKind.PAUSE, ActionKind.RESUME}

    assert set(wording.ACTIONS) == set(wording.ACTION_TONES) == set(ActionKind)
    on_jobs = {f"{kind}_action" for kind in set(ActionKind) - on_queues}
    assert on_jobs <= set(wording.MOMENTS)


def test_every_reason_to_wait_has_words() -> None:
    assert set(wording.WAITS) == set(WaitReason)
