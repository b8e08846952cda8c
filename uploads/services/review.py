"""A person's answer about a file: it goes on as they say, or is given up.

Each attempt asks at most once. Of two answers at the same moment one wins, by one
conditional update; the same answer again is no second one.
"""

import dataclasses
import enum
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from django.db import transaction

from jobs.by import PROGRAM, By
from uploads.access import upload_of
from uploads.answers import Answers, Reading, answers_of, fingerprint_of
from uploads.errors import (
    ReviewAnsweredError,
    ReviewNotOpenError,
    ReviewNotPreviewedError,
)
from uploads.models import Upload, UploadPreview, UploadReview
from uploads.services import lifecycle
from uploads.services.filling import ColumnChoice, check_complete, told_columns
from uploads.services.previews import kept_preview
from uploads.services.retry import queue_again
from uploads.services.work import Reason
from uploads.states import Status

GIVEN_UP = Reason(
    code="review_rejected", message="a person looked at the file and gave it up"
)
POOR = "quality_below_threshold"

log = structlog.get_logger(__name__)


class Decision(enum.StrEnum):
    """Whether the upload goes on."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer:
    """What a person answers. What is left out stays as it was shown.

    ``attempt`` is the one the person looked at; ``None`` is whichever asks now. With
    ``is_lesson`` what was not sure is remembered for the company's next files.
    """

    user_id: uuid.UUID
    decision: Decision = Decision.ACCEPT
    attempt: int | None = None
    reading: Reading = dataclasses.field(default_factory=Reading)
    columns: tuple[ColumnChoice, ...] = ()
    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)
    quality_threshold: int | None = None
    is_lesson: bool = True

    def fingerprint(self) -> str:
        """Return a digest of what was answered, whoever did and when."""
        facts = dataclasses.asdict(self)
        del facts["user_id"], facts["attempt"]
        return fingerprint_of(facts)


@transaction.atomic
def answer_review(
    company_id: uuid.UUID,
    upload_id: uuid.UUID,
    *,
    answer: ReviewAnswer,
    by: By = PROGRAM,
) -> bool:
    """Let the upload go on as answered, or end it; return ``False`` for a repetition.

    Raises ``UploadNotFoundError``, ``ReviewNotOpenError``, ``ReviewAnsweredError``,
    ``ReviewColumnUnknownError`` or ``ReviewIncompleteError`` with nothing changed.
    """
    upload = upload_of(company_id, upload_id)
    if _is_answered(upload, answer):
        return False
    answers = answers_of(upload.answers)
    if answer.decision is Decision.REJECT:
        is_ours = lifecycle.mark_given_up(
            upload_id, attempt=upload.attempts, reason=GIVEN_UP
        )
    else:
        answers = answers_with(upload, answer)
        is_ours = lifecycle.mark_answered(
            upload_id, attempt=upload.attempts, values=_values(upload, answer, answers)
        )
    if not is_ours:
        upload.refresh_from_db()
        if _is_answered(upload, answer):
            return False
        raise _not_open(upload, reason="somebody was quicker")
    _record(upload, answer, answers)
    if answer.decision is Decision.ACCEPT:
        queue_again(upload, by=by)
    log.info("upload_reviewed", upload_id=str(upload_id), decision=str(answer.decision))
    return True


def _is_answered(upload: Upload, answer: ReviewAnswer) -> bool:
    """Say whether this very answer was given before; raise if another one was."""
    is_open = upload.status == Status.NEEDS_REVIEW
    if is_open and answer.attempt in {None, upload.attempts}:
        if upload.file_removed_at is not None:
            raise _not_open(upload, reason="its file is no longer kept")
        return False
    attempt = answer.attempt or upload.attempts
    reviews = UploadReview.objects.of(upload.company_id).filter(upload_id=upload.pk)
    review = reviews.filter(attempt__lte=attempt).order_by("-attempt").first()
    if review is None:
        raise _not_open(upload, reason="nothing was asked")
    if review.fingerprint == answer.fingerprint():
        return True
    raise ReviewAnsweredError(
        answered_at=review.created_at.isoformat(),
        decision=review.decision,
        answered_by="" if review.user is None else review.user.email,
    )


def _not_open(upload: Upload, *, reason: str) -> ReviewNotOpenError:
    return ReviewNotOpenError(status=str(upload.status), reason=reason)


def answers_with(upload: Upload, answer: ReviewAnswer) -> Answers:
    """Return all that was said about the file by now, this answer included.

    Another cut of the file makes other columns: what was said of the old ones goes.
    Changes nothing. Raises ``ReviewColumnUnknownError``, ``ReviewNotPreviewedError`` or
    ``ReviewIncompleteError``.
    """
    before = answers_of(upload.answers)
    reading = Reading(**{**before.reading.given(), **answer.reading.given()})
    is_new_cut = reading != before.reading
    shown = _shown(upload, reading) if is_new_cut else upload.dialect.get("columns")
    if answer.columns and not shown:
        raise ReviewNotPreviewedError
    told = told_columns(shown or (), answer.columns)
    kept = {} if is_new_cut else {column.index: column for column in before.columns}
    told = tuple({**kept, **{column.index: column for column in told}}.values())
    defaults = {**before.defaults, **answer.defaults}
    if shown:
        given = {} if upload.mapping is None else upload.mapping.defaults
        check_complete(
            shown,
            told,
            defaults={**given, **defaults},
            mixed=() if is_new_cut else _mixed(upload),
        )
    return Answers(
        reading=reading,
        columns=told
        if answer.is_lesson
        else tuple(dataclasses.replace(c, is_news=False) for c in told),
        defaults=defaults,
        user_id=str(answer.user_id),
    )


def _shown(upload: Upload, reading: Reading) -> Sequence[Mapping[str, Any]] | None:
    """Return the columns of another cut of the file, if somebody has looked at it."""
    preview: UploadPreview | None = kept_preview(upload, reading)
    if preview is None or preview.error_code:
        return None
    columns: Sequence[Mapping[str, Any]] = preview.content["matched"]
    return columns


def _mixed(upload: Upload) -> list[Mapping[str, Any]]:
    questions = upload.error_details.get("questions", ())
    return [q for q in questions if q["code"].startswith("mixed_")]


def _values(upload: Upload, answer: ReviewAnswer, answers: Answers) -> dict[str, Any]:
    values: dict[str, Any] = {"answers": answers.kept(), "review_requested": False}
    if answer.quality_threshold is not None:
        values["quality_threshold"] = answer.quality_threshold
    elif upload.error_code == POOR and not (answer.columns or answer.reading.given()):
        # Asked about the quality and told to go on: that is the answer.
        values["quality_threshold"] = 0
    return values


def _record(upload: Upload, answer: ReviewAnswer, answers: Answers) -> None:
    UploadReview.objects.of(upload.company_id).create(
        company_id=upload.company_id,
        upload_id=upload.pk,
        user_id=answer.user_id,
        attempt=upload.attempts,
        question=upload.error_code,
        decision=answer.decision,
        answers=answers.kept(),
        fingerprint=answer.fingerprint(),
    )
