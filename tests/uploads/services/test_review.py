"""Answering about an upload: one winner, kept with who and when, and nothing lost."""

import uuid
from typing import Any

import pytest

from accounts.roles import Role
from jobs.models import Job
from jobs.states import State
from tests.accounts.people import Firm, a_member
from tests.dashboard.making import DIALECT
from tests.uploads.conftest import MakeUpload
from tests.uploads.threads import at_once
from uploads.answers import Reading
from uploads.errors import (
    ReviewAnsweredError,
    ReviewIncompleteError,
    ReviewNotOpenError,
    ReviewNotPreviewedError,
    UploadNotFoundError,
)
from uploads.models import Upload, UploadReview
from uploads.selectors import reviews_of
from uploads.services import lifecycle
from uploads.services.filling import ColumnChoice
from uploads.services.retry import retry_upload
from uploads.services.review import Decision, ReviewAnswer, answer_review
from uploads.states import Status

pytestmark = pytest.mark.django_db
OPEN: dict[str, Any] = {
    "status": Status.NEEDS_REVIEW,
    "error_code": "columns_unclear",
    "attempts": 1,
    "dialect": DIALECT,
}


@pytest.fixture
def open_upload(make_upload: MakeUpload) -> Upload:
    return make_upload(**OPEN)


def answer(firm: Firm, upload: Upload, **said: Any) -> bool:
    who = said.pop("user_id", firm.owner.user_id)
    made = answer_review(
        firm.company_id, upload.pk, answer=ReviewAnswer(user_id=who, **said)
    )
    upload.refresh_from_db()
    return made


def test_an_answer_lets_the_upload_go_on_through_a_job_of_its_own(
    firm: Firm, open_upload: Upload
) -> None:
    assert answer(firm, open_upload)

    assert (open_upload.status, open_upload.error_code) == (Status.PENDING, "")
    assert Job.objects.get().pk == open_upload.job_id


def test_who_answered_what_and_when_is_kept(firm: Firm, open_upload: Upload) -> None:
    answer(firm, open_upload, columns=(ColumnChoice(index=5, field="category"),))

    kept = reviews_of(firm.company_id, open_upload.pk)
    assert [(r.attempt, r.question, r.decision) for r in kept] == [
        (1, "columns_unclear", "accept")
    ]
    assert kept[0].by == firm.owner.user.email
    assert kept[0].answers["columns"][0]["field"] == "category"
    assert open_upload.answers == kept[0].answers


def test_giving_up_ends_the_upload_without_a_job(
    firm: Firm, open_upload: Upload
) -> None:
    answer(firm, open_upload, decision=Decision.REJECT)

    assert (open_upload.status, open_upload.error_code) == (
        Status.CANCELLED,
        "review_rejected",
    )
    assert not Job.objects.exists()


def test_the_same_answer_again_changes_nothing(firm: Firm, open_upload: Upload) -> None:
    answer(firm, open_upload)
    sequence = open_upload.sequence

    assert not answer(firm, open_upload)

    assert open_upload.sequence == sequence
    assert (Job.objects.count(), UploadReview.objects.of(firm.company_id).count()) == (
        1,
        1,
    )


def test_another_answer_is_told_who_was_first(firm: Firm, open_upload: Upload) -> None:
    answer(firm, open_upload)

    with pytest.raises(ReviewAnsweredError) as caught:
        answer(firm, open_upload, decision=Decision.REJECT)

    assert caught.value.facts["answered_by"] == firm.owner.user.email
    assert open_upload.status == Status.PENDING


def test_an_answer_to_an_older_question_is_not_one_to_this(
    firm: Firm, open_upload: Upload
) -> None:
    answer(firm, open_upload, columns=(ColumnChoice(index=5, field="stock"),))
    Upload.objects.of(firm.company_id).update(**{**OPEN, "attempts": 2})
    open_upload.refresh_from_db()

    with pytest.raises(ReviewAnsweredError):
        answer(firm, open_upload, attempt=1)

    assert answer(firm, open_upload, attempt=2)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.NEEDS_REVIEW}))
def test_an_upload_that_asks_nothing_is_not_answered(
    firm: Firm, make_upload: MakeUpload, status: Status
) -> None:
    upload = make_upload(**{**OPEN, "status": status})

    with pytest.raises(ReviewNotOpenError):
        answer(firm, upload)


def test_what_every_sale_needs_must_be_there(firm: Firm, open_upload: Upload) -> None:
    with pytest.raises(ReviewIncompleteError):
        answer(firm, open_upload, columns=(ColumnChoice(index=4, field=""),))

    open_upload.refresh_from_db()
    assert open_upload.status == Status.NEEDS_REVIEW
    answer(
        firm,
        open_upload,
        columns=(ColumnChoice(index=4, field=""),),
        defaults={"price_total": "0"},
    )
    assert open_upload.answers["defaults"] == {"price_total": "0"}


def test_columns_of_a_reading_nobody_saw_are_refused(
    firm: Firm, open_upload: Upload
) -> None:
    with pytest.raises(ReviewNotPreviewedError):
        answer(
            firm,
            open_upload,
            reading=Reading(delimiter=","),
            columns=(ColumnChoice(index=0, field="stock"),),
        )


def test_going_on_with_poor_quality_is_the_answer_about_it(
    firm: Firm, make_upload: MakeUpload
) -> None:
    upload = make_upload(**{**OPEN, "error_code": "quality_below_threshold"})

    answer(firm, upload)

    assert upload.quality_threshold == 0


def test_going_on_is_the_review_that_was_asked_for(
    firm: Firm, make_upload: MakeUpload
) -> None:
    upload = make_upload(
        **{**OPEN, "error_code": "review_requested"}, review_requested=True
    )

    answer(firm, upload)

    assert upload.review_requested is False


def test_a_second_answer_keeps_what_the_first_one_said(
    firm: Firm, open_upload: Upload
) -> None:
    answer(firm, open_upload, columns=(ColumnChoice(index=5, field="stock"),))
    Upload.objects.of(firm.company_id).update(**{**OPEN, "attempts": 2})
    open_upload.refresh_from_db()

    answer(firm, open_upload, columns=(ColumnChoice(index=3, decimal_mark="point"),))

    told = {c["index"]: c for c in open_upload.answers["columns"]}
    assert (told[5]["field"], told[3]["decimal_mark"]) == ("stock", "point")


def test_retrying_what_asked_a_question_is_kept_as_an_answer(
    firm: Firm, open_upload: Upload
) -> None:
    retry_upload(firm.company_id, open_upload.pk, firm.owner.user_id)

    kept = reviews_of(firm.company_id, open_upload.pk)
    assert [(r.decision, r.by) for r in kept] == [("retry", firm.owner.user.email)]


def test_another_companys_upload_is_not_there(
    firm: Firm, other_firm: Firm, open_upload: Upload
) -> None:
    with pytest.raises(UploadNotFoundError):
        answer(other_firm, open_upload)


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_wins(firm: Firm, open_upload: Upload) -> None:
    people = [firm.owner.user_id, a_member(firm.company, Role.MANAGER).user_id]
    fields = dict(zip(people, ("stock", "category"), strict=True))

    def one(user_id: uuid.UUID) -> str:
        choice = ColumnChoice(index=5, field=fields[user_id])
        said = ReviewAnswer(user_id=user_id, columns=(choice,))
        try:
            answer_review(firm.company_id, open_upload.pk, answer=said)
        except (ReviewAnsweredError, ReviewNotOpenError):
            return "lost"
        return "won"

    results = at_once(one, people)

    assert sorted(results) == ["lost", "won"]
    assert Job.objects.filter(state=State.QUEUED).count() == 1
    assert UploadReview.objects.of(firm.company_id).count() == 1


def test_a_review_of_a_later_attempt_is_refused_by_the_update_itself(
    open_upload: Upload,
) -> None:
    assert not lifecycle.mark_answered(open_upload.pk, attempt=2, values={})
    assert lifecycle.mark_answered(open_upload.pk, attempt=1, values={})
