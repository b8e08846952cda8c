"""What a page needs around an answer: is it whole, and is it kept as a mapping too."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from jobs.by import PROGRAM, By
from uploads.access import upload_of
from uploads.answers import Answers
from uploads.errors import ReviewIncompleteError
from uploads.fields import LONGEST_HEADER_CHARS
from uploads.services.mappings import MappingDraft, create_mapping
from uploads.services.previews import kept_preview
from uploads.services.review import ReviewAnswer, answer_review, answers_with

FORMATS = ("encoding", "delimiter")


def open_questions(
    company_id: uuid.UUID, upload_id: uuid.UUID, *, answer: ReviewAnswer
) -> Sequence[Mapping[str, str]]:
    """Return what this answer would leave open, each with its code and field.

    Changes nothing. Raises ``UploadNotFoundError``, ``ReviewColumnUnknownError`` or
    ``ReviewNotPreviewedError``.
    """
    upload = upload_of(company_id, upload_id)
    try:
        answers_with(upload, answer)
    except ReviewIncompleteError as incomplete:
        questions: Any = incomplete.facts["questions"]
        return tuple(questions)
    return ()


@transaction.atomic
def answer_and_keep(
    company_id: uuid.UUID,
    upload_id: uuid.UUID,
    *,
    answer: ReviewAnswer,
    keep_as: str,
    by: By = PROGRAM,
) -> None:
    """Answer, and save all that holds for the file then as a mapping called so.

    Raises ``MappingNameTakenError`` and whatever ``answer_review`` does, with nothing
    changed.
    """
    upload = upload_of(company_id, upload_id)
    preview = kept_preview(upload, answer.reading)
    matched = [] if preview is None else preview.content["matched"]
    draft = _draft(keep_as, matched, answers_with(upload, answer))
    create_mapping(company_id, draft)
    answer_review(company_id, upload_id, answer=answer, by=by)


def _draft(
    name: str, matched: Sequence[Mapping[str, Any]], answers: Answers
) -> MappingDraft:
    told = {column.index: column for column in answers.columns}
    fields = {
        column["header"]: told[column["index"]].field
        if column["index"] in told
        else column["field"] or ""
        for column in matched
        if 0 < len(column["header"]) <= LONGEST_HEADER_CHARS
    }
    said = answers.reading.given()
    formats = {name: said[name] for name in FORMATS if said.get(name)}
    marks = {c.decimal_mark for c in answers.columns if c.decimal_mark}
    orders = [c.date_order for c in answers.columns if c.date_order]
    # A mapping knows one mark for all columns; two would be one too many.
    if len(marks) == 1:
        formats["decimal_mark"] = marks.pop()
    if orders:
        formats["date_order"] = orders[0]
    return MappingDraft(
        name=name, columns=fields, formats=formats, defaults=dict(answers.defaults)
    )
