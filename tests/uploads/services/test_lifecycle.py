"""An upload's status while it is worked on: who may change it, and what is told."""

import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import Company
from tests.uploads.outcomes import DETECTION, outcome, progress
from uploads.models import DataUpdate, Reject, Upload
from uploads.services import lifecycle
from uploads.services.outcomes import MESSAGE_CHARS
from uploads.services.work import (
    Phase,
    Reason,
    UploadWork,
)
from uploads.states import Status

pytestmark = pytest.mark.django_db
REASON = Reason(code="not_csv", message="the content is a picture", details={"a": 1})


@pytest.fixture
def work(upload: Upload) -> UploadWork:
    started = lifecycle.begin(upload.pk)
    assert started is not None
    return started


@pytest.fixture
def detected(work: UploadWork) -> UploadWork:
    assert lifecycle.record_detection(work, DETECTION)
    return work


def reread(upload: Upload) -> Upload:
    return Upload.objects.across_tenants().get(pk=upload.pk)


def test_an_attempt_begins_with_what_it_needs(upload: Upload, company: Company) -> None:
    work = lifecycle.begin(upload.pk)

    assert work is not None
    assert (work.attempt, work.company_id) == (1, company.pk)
    assert work.quality_threshold == company.quality_threshold
    assert reread(upload).status == Status.VALIDATING


def test_the_clients_threshold_goes_before_the_companys(upload: Upload) -> None:
    Upload.objects.across_tenants().update(quality_threshold=0)

    work = lifecycle.begin(upload.pk)

    assert work is not None
    assert work.quality_threshold == 0


@pytest.mark.parametrize(
    ("status", "may_begin"),
    [
        (Status.PENDING, True),
        (Status.VALIDATING, True),
        (Status.PROCESSING, True),
        (Status.FAILED, True),
        (Status.CANCELLED, True),
        (Status.NEEDS_REVIEW, False),
        (Status.REVERTED, False),
    ],
)
def test_only_an_upload_that_waits_is_begun(
    upload: Upload,
    status: Status,
    may_begin: bool,  # noqa: FBT001 - the expectation of a row of the table
) -> None:
    Upload.objects.across_tenants().update(status=status)

    assert (lifecycle.begin(upload.pk) is not None) == may_begin


def test_a_completed_or_deleted_upload_is_never_begun_again(
    upload: Upload, detected: UploadWork
) -> None:
    assert lifecycle.complete(detected, outcome())

    assert lifecycle.begin(upload.pk) is None
    assert lifecycle.begin(uuid.uuid4()) is None


def test_a_new_attempt_starts_again_from_nothing(
    upload: Upload, detected: UploadWork
) -> None:
    lifecycle.record_progress(detected, progress(55))
    Reject.objects.create(
        company_id=upload.company_id, upload=upload, line=1, record=1, byte_offset=0
    )

    again = lifecycle.begin(upload.pk)

    assert again is not None
    assert again.attempt == 2
    assert reread(upload).progress_percent == 0
    assert not Reject.objects.of(upload.company_id).exists()


def test_detection_is_kept_and_processing_begins(
    upload: Upload, detected: UploadWork
) -> None:
    kept = reread(upload)

    assert kept.status == Status.PROCESSING
    assert kept.dialect["encoding"] == "cp1252"
    assert kept.assumptions == [{"kind": "date_order", "column": "Fecha", "values": 3}]


def test_progress_rises_and_so_does_the_sequence(
    upload: Upload, detected: UploadWork
) -> None:
    first = lifecycle.record_progress(detected, progress(20))
    second = lifecycle.record_progress(detected, progress(20))

    assert first is not None
    assert second == first + 1
    assert reread(upload).progress_percent == 20


def test_progress_that_would_fall_is_not_written(
    upload: Upload, detected: UploadWork
) -> None:
    lifecycle.record_progress(detected, progress(50))

    assert lifecycle.record_progress(detected, progress(49)) is None
    assert reread(upload).progress_percent == 50


Settle = Callable[[UploadWork], object]
LATE: dict[str, Settle] = {
    "progress": lambda work: lifecycle.record_progress(work, progress(99)),
    "completion": lambda work: lifecycle.complete(work, outcome()),
    "failure": lambda work: lifecycle.fail(work, REASON),
    "question": lambda work: lifecycle.request_review(work, REASON),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_an_attempt_that_was_overtaken_changes_nothing(
    upload: Upload, detected: UploadWork, late: Settle
) -> None:
    lifecycle.begin(upload.pk)
    before = reread(upload).sequence

    assert not late(detected)

    assert reread(upload).status == Status.VALIDATING
    assert reread(upload).sequence == before


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
def test_a_cancelled_upload_stays_cancelled(
    upload: Upload, detected: UploadWork, late: Settle
) -> None:
    assert lifecycle.mark_cancelled(upload.pk)

    assert not late(detected)
    assert reread(upload).status == Status.CANCELLED


def test_completion_keeps_every_number(upload: Upload, detected: UploadWork) -> None:
    assert lifecycle.complete(detected, outcome())

    kept = reread(upload)
    assert kept.status == Status.COMPLETED
    assert (kept.progress_percent, kept.phase) == (100, Phase.FINISHED)
    assert (kept.rows_read, kept.rows_inserted, kept.rows_rejected) == (10, 9, 1)
    assert (kept.rows_deleted, kept.rows_blank) == (3, 2)
    assert (kept.rows_footnotes, kept.rows_headers) == (3, 4)
    assert kept.remarks == [{"code": "too_few_fields", "rows": 2, "lines": [5, 8]}]
    assert kept.quality_score == Decimal("97.50")
    assert kept.finished_at is not None
    update = DataUpdate.objects.of(upload.company_id).get()
    assert (update.period, update.rows_before, update.rows_after) == ("monthly", 5, 11)


def test_another_attempt_begins_without_what_the_last_one_counted(
    upload: Upload, work: UploadWork
) -> None:
    lifecycle.fail(work, REASON, tally=outcome().tally)

    lifecycle.begin(upload.pk)

    kept = reread(upload)
    assert (kept.rows_blank, kept.rows_footnotes, kept.rows_headers) == (0, 0, 0)
    assert (kept.reject_counts, kept.remarks) == ({}, [])


def test_numbers_that_do_not_add_up_cannot_complete(detected: UploadWork) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        lifecycle.complete(detected, outcome(inserted=8))


def test_a_failure_says_why(upload: Upload, work: UploadWork) -> None:
    assert lifecycle.fail(work, REASON, tally=outcome().tally)

    kept = reread(upload)
    assert (kept.status, kept.error_code) == (Status.FAILED, "not_csv")
    assert kept.error_details == {"a": 1}
    assert kept.reject_counts == {"bad_date": 1}


def test_a_message_is_cut_to_what_its_column_holds(
    upload: Upload, work: UploadWork
) -> None:
    lifecycle.fail(work, Reason(code="long", message="x" * 1000))

    assert len(reread(upload).error_message) == MESSAGE_CHARS


def test_a_job_given_up_from_outside_fails_its_upload(
    upload: Upload, work: UploadWork
) -> None:
    assert lifecycle.mark_failed(upload.pk, Reason(code="worker_lost", message="lost"))

    assert reread(upload).error_code == "worker_lost"


def test_an_upload_that_has_ended_is_not_failed_from_outside(
    upload: Upload, detected: UploadWork
) -> None:
    lifecycle.complete(detected, outcome())

    assert not lifecycle.mark_failed(upload.pk, REASON)
    assert not lifecycle.mark_cancelled(upload.pk)
    assert reread(upload).status == Status.COMPLETED


def test_an_upload_between_two_attempts_says_so(
    upload: Upload, detected: UploadWork
) -> None:
    assert lifecycle.mark_retrying(upload.pk)

    assert (reread(upload).status, reread(upload).phase) == ("pending", "retrying")


def test_a_deleted_upload_is_left_alone(upload: Upload, detected: UploadWork) -> None:
    Upload.objects.across_tenants().update(deleted_at=F("created_at"))

    assert not lifecycle.complete(detected, outcome())
    assert lifecycle.begin(upload.pk) is None


@pytest.mark.parametrize(
    ("status", "may_wait"),
    [(Status.FAILED, True), (Status.COMPLETED, False), (Status.PROCESSING, False)],
)
def test_only_an_upload_that_did_not_complete_waits_again(
    upload: Upload,
    status: Status,
    may_wait: bool,  # noqa: FBT001 - the expectation of a row of the table
) -> None:
    Upload.objects.across_tenants().update(status=status)

    assert lifecycle.mark_waiting(upload.pk) == may_wait
