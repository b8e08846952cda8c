"""Every code that jobs may hold has words and, where it matters, a tone."""

from jobs.states import AttemptOutcome, State
from ops import wording


def test_every_state_has_words_and_a_tone() -> None:
    assert set(wording.STATES) == set(wording.TONES) == set(State)


def test_every_outcome_has_words_a_tone_and_a_place_in_history() -> None:
    outcomes = {"", *AttemptOutcome}

    assert set(wording.OUTCOMES) == set(wording.OUTCOME_TONES) == outcomes
    assert {f"attempt_{outcome}" for outcome in AttemptOutcome} <= set(wording.MOMENTS)
