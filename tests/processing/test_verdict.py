"""What is decided from what was found."""

import dataclasses
from contextlib import nullcontext
from decimal import Decimal

import pytest

from processing.errors import TooManyBadRowsError
from processing.pipeline.findings import Question
from processing.verdict import (
    check_bad_rows,
    is_over_count,
    quality_reason,
    review_reason,
)
from uploads.services.work import Tally, UploadWork
from uploads.states import BadRows

CONTINUE, ABORT, LIMIT = BadRows.CONTINUE, BadRows.ABORT, BadRows.LIMIT


def tally(*, rejected: int, read: int = 1000, quality: str = "100") -> Tally:
    return Tally(
        read=read,
        accepted=read - rejected,
        rejected=rejected,
        blank=0,
        quality_score=Decimal(quality),
    )


@pytest.mark.parametrize(
    ("policy", "rejected", "is_refused"),
    [
        ((CONTINUE, None, None), 1000, False),
        ((ABORT, None, None), 0, False),
        ((ABORT, None, None), 1, True),
        ((LIMIT, 5, None), 5, False),
        ((LIMIT, 5, None), 6, True),
        ((LIMIT, 0, None), 1, True),
        ((LIMIT, None, "1.5"), 15, False),
        ((LIMIT, None, "1.5"), 16, True),
        ((LIMIT, 100, "1.5"), 16, True),
        ((LIMIT, 10, "50"), 11, True),
    ],
)
def test_bad_rows_are_judged_by_the_clients_policy(
    work: UploadWork,
    policy: tuple[BadRows, int | None, str | None],
    rejected: int,
    is_refused: bool,  # noqa: FBT001 - the expectation of a row of the table
) -> None:
    kind, count, percent = policy
    work = dataclasses.replace(
        work,
        bad_rows=kind,
        bad_rows_limit=count,
        bad_rows_percent=None if percent is None else Decimal(percent),
    )

    outcome = pytest.raises(TooManyBadRowsError) if is_refused else nullcontext()
    with outcome:
        check_bad_rows(work, tally(rejected=rejected))


def test_the_refusal_says_how_many_and_how_many_were_allowed(work: UploadWork) -> None:
    work = dataclasses.replace(work, bad_rows=LIMIT, bad_rows_limit=5)

    with pytest.raises(TooManyBadRowsError) as caught:
        check_bad_rows(work, tally(rejected=6))

    assert str(caught.value) == "6 of 1000 rows were refused; at most 5 were allowed"


def test_a_percentage_is_judged_at_the_end_only(work: UploadWork) -> None:
    work = dataclasses.replace(work, bad_rows=LIMIT, bad_rows_percent=Decimal(1))

    assert not is_over_count(work, 1_000_000)


def test_a_question_asks_for_a_person(work: UploadWork) -> None:
    question = Question(
        code="missing_column", field="quantity", columns=(), message="Which?"
    )

    reason = review_reason(work, [question])

    assert reason is not None
    assert (reason.code, reason.message) == ("columns_unclear", "Which?")
    assert reason.details == {"questions": [dataclasses.asdict(question)]}


def test_a_review_that_was_asked_for_is_given(work: UploadWork) -> None:
    work = dataclasses.replace(work, review_requested=True)

    reason = review_reason(work, [])

    assert reason is not None
    assert reason.code == "review_requested"


def test_a_file_without_questions_needs_nobody(work: UploadWork) -> None:
    assert review_reason(work, []) is None


@pytest.mark.parametrize(
    ("threshold", "quality", "code"),
    [
        (95, "95.00", None),
        (95, "94.99", "quality_below_threshold"),
        (0, "0", None),
    ],
)
def test_quality_is_held_against_the_threshold(
    work: UploadWork, threshold: int, quality: str, code: str | None
) -> None:
    work = dataclasses.replace(work, quality_threshold=threshold)

    reason = quality_reason(work, tally(rejected=0, quality=quality))

    assert (reason and reason.code) == code
