"""What people of a company took headers for, so that they are asked once.

A choice is learnt when the file it was made for has landed, and never crosses to
another company. The last choice counts. What is learnt of a header goes before what
its words say, but not before the exact name of a field; the pipeline decides that.
"""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping

import structlog
from django.utils import timezone

from uploads.answers import ToldColumn, answers_of
from uploads.errors import LearntHeaderNotFoundError
from uploads.fields import LONGEST_HEADER_CHARS
from uploads.models import LearntHeader, Upload
from uploads.names import folded

# A shop has some tills with some dozens of columns; more is a program gone wrong.
MOST_LEARNT = 2_000
REVIEW, MAPPING = "review", "mapping"
MOMENT, TIME_OF_DAY = "occurred_at", "time_of_day"

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A header, the field it was taken for, and where that was said."""

    header: str
    field: str
    source: str
    user_id: str | None

    @property
    def key(self) -> str:
        return folded(self.header)


def learnt_by(company_id: uuid.UUID) -> Mapping[str, str]:
    """Return the newest of what a company taught us: folded header to field."""
    newest = LearntHeader.objects.of(company_id).order_by("-learnt_at", "-id")
    return dict(newest.values_list("key", "field")[:MOST_LEARNT])


def learn_from(upload: Upload) -> int:
    """Keep what people chose for the upload's columns; return how many headers.

    Part of the transaction that completes the upload, which read its row with it.
    """
    kept = _news_of(upload)
    now = timezone.now()
    LearntHeader.objects.bulk_create(
        [
            LearntHeader(
                company_id=upload.company_id,
                key=lesson.key,
                header=lesson.header,
                field=lesson.field,
                source=lesson.source,
                user_id=lesson.user_id,
                upload_id=upload.pk,
                learnt_at=now,
            )
            for lesson in kept
        ],
        update_conflicts=True,
        unique_fields=["company", "key"],
        update_fields=["header", "field", "source", "user", "upload_id", "learnt_at"],
    )
    if kept:
        log.info("headers_learnt", upload_id=str(upload.pk), headers=len(kept))
    return len(kept)


def forget_header(company_id: uuid.UUID, learnt_id: uuid.UUID) -> None:
    """Forget what was learnt of a header; the next file is asked about anew.

    Raises ``LearntHeaderNotFoundError``, also the second time.
    """
    if not LearntHeader.objects.of(company_id).filter(pk=learnt_id).delete()[0]:
        raise LearntHeaderNotFoundError


def _news_of(upload: Upload) -> list[Lesson]:
    """Return what is not known yet; using a mapping again is no new choice.

    In one order, so that two uploads of a company wait for each other and no more.
    """
    lessons = {lesson.key: lesson for lesson in _lessons_of(upload) if lesson.key}
    if not lessons:
        return []
    known = {
        key: (field, source)
        for key, field, source in LearntHeader.objects.of(upload.company_id)
        .filter(key__in=lessons)
        .values_list("key", "field", "source")
    }
    return [lessons[k] for k in sorted(lessons) if _is_news(lessons[k], known.get(k))]


def _is_news(lesson: Lesson, known: tuple[str, str] | None) -> bool:
    if known is None or lesson.source == REVIEW:
        return True
    field, source = known
    return source == MAPPING and field != lesson.field


def _lessons_of(upload: Upload) -> list[Lesson]:
    answers = answers_of(upload.answers)
    return [
        *(_lesson_of_mapping(upload) if upload.mapping_id else ()),
        *_lessons_of_review(answers.columns, answers.user_id),
    ]


def _lesson_of_mapping(upload: Upload) -> Iterable[Lesson]:
    present = {folded(header) for header in upload.dialect.get("header", ())}
    user_id = None if upload.user_id is None else str(upload.user_id)
    pairs = {h: f for h, f in upload.mapping_used.items() if folded(h) in present}
    return _joined(
        Lesson(header=header, field=field, source=MAPPING, user_id=user_id)
        for header, field in pairs.items()
        if len(header) <= LONGEST_HEADER_CHARS
    )


def _lessons_of_review(columns: Iterable[ToldColumn], user_id: str) -> Iterable[Lesson]:
    return _joined(
        Lesson(
            header=column.header,
            field=column.field,
            source=REVIEW,
            user_id=user_id or None,
        )
        for column in columns
        if column.is_news and column.header
    )


def _joined(lessons: Iterable[Lesson]) -> Iterable[Lesson]:
    """Yield lessons; the second half of a joined moment is a time of day."""
    moments = 0
    for lesson in lessons:
        moments += lesson.field == MOMENT
        is_second = lesson.field == MOMENT and moments > 1
        yield dataclasses.replace(lesson, field=TIME_OF_DAY) if is_second else lesson
