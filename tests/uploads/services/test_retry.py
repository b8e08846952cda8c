"""Trying again: which uploads, with what, and that only one retry counts."""

import pytest
from django.utils import timezone

from jobs.models import Job
from jobs.states import State
from tests.accounts.people import Firm
from tests.uploads.services.test_submit import a_submission
from tests.uploads.threads import at_once
from uploads.errors import MappingNotFoundError, UploadNotRetryableError
from uploads.models import ColumnMapping, Upload
from uploads.services import lifecycle
from uploads.services.retry import AS_IT_WAS, RetryChanges, retry_upload
from uploads.services.submit import submit
from uploads.states import RETRYABLE, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(firm: Firm) -> Upload:
    receipt = submit(a_submission(firm, review_requested=True))
    return Upload.objects.of(firm.company_id).get(pk=receipt.upload_id)


def ended(upload: Upload, status: Status, state: State) -> None:
    Upload.objects.of(upload.company_id).update(
        status=status,
        error_code="x",
        rows_read=7,
        rows_rejected=7,
        finished_at=timezone.now(),
    )
    Job.objects.update(state=state, attempts=4)


def retry(upload: Upload, firm: Firm, changes: RetryChanges = AS_IT_WAS) -> None:
    retry_upload(upload.company_id, upload.pk, firm.owner.user_id, changes=changes)
    upload.refresh_from_db()


@pytest.mark.parametrize(
    ("status", "state"),
    [(Status.FAILED, State.FAILED), (Status.CANCELLED, State.CANCELLED)],
)
def test_the_job_that_ended_is_queued_again(
    sent: Upload, firm: Firm, status: Status, state: State
) -> None:
    job_id = sent.job_id
    ended(sent, status, state)

    retry(sent, firm)

    assert (sent.status, sent.phase, sent.error_code) == ("pending", "waiting", "")
    assert (sent.rows_read, sent.finished_at) == (0, None)
    assert sent.job_id == job_id
    assert Job.objects.get().state == State.QUEUED


def test_a_reviewed_upload_gets_another_job_and_no_second_question(
    sent: Upload, firm: Firm
) -> None:
    ended(sent, Status.NEEDS_REVIEW, State.SUCCEEDED)

    retry(sent, firm, RetryChanges(quality_threshold=0))

    assert (sent.status, sent.quality_threshold) == ("pending", 0)
    assert not sent.review_requested
    assert Job.objects.get(state=State.QUEUED).pk == sent.job_id
    assert Job.objects.count() == 2
    assert lifecycle.begin(sent.pk) is not None


def test_a_person_may_say_what_the_columns_mean(sent: Upload, firm: Firm) -> None:
    mapping = ColumnMapping.objects.create(
        company=firm.company,
        name="Caja",
        columns={"A": "quantity"},
        formats={"date_order": "day_first"},
    )
    ended(sent, Status.NEEDS_REVIEW, State.SUCCEEDED)

    retry(sent, firm, RetryChanges(mapping_id=mapping.pk, mapping={"B": "quantity"}))

    assert (sent.mapping_id, sent.mapping_used) == (mapping.pk, {"B": "quantity"})


def test_what_is_not_said_stays_as_it_was(sent: Upload, firm: Firm) -> None:
    Upload.objects.of(firm.company_id).update(
        quality_threshold=42, mapping_used={"A": "quantity"}
    )
    ended(sent, Status.FAILED, State.FAILED)

    retry(sent, firm)

    assert (sent.quality_threshold, sent.mapping_used) == (42, {"A": "quantity"})
    assert sent.review_requested


@pytest.mark.parametrize("status", sorted(set(Status) - RETRYABLE))
def test_others_are_not_retried(sent: Upload, firm: Firm, status: Status) -> None:
    ended(sent, status, State.SUCCEEDED)

    with pytest.raises(UploadNotRetryableError):
        retry(sent, firm)

    assert Job.objects.count() == 1


def test_one_whose_file_is_gone_is_not_retried(sent: Upload, firm: Firm) -> None:
    ended(sent, Status.FAILED, State.FAILED)
    Upload.objects.of(firm.company_id).update(file_removed_at=timezone.now())

    with pytest.raises(UploadNotRetryableError, match="no longer kept"):
        retry(sent, firm)


def test_a_mapping_that_does_not_exist_changes_nothing(
    sent: Upload, firm: Firm, other_firm: Firm
) -> None:
    theirs = ColumnMapping.objects.create(company=other_firm.company, name="Caja")
    ended(sent, Status.FAILED, State.FAILED)

    with pytest.raises(MappingNotFoundError):
        retry(sent, firm, RetryChanges(mapping_id=theirs.pk))

    sent.refresh_from_db()
    assert sent.status == Status.FAILED


@pytest.mark.django_db(transaction=True)
def test_five_retries_at_once_are_one(firm: Firm) -> None:
    receipt = submit(a_submission(firm))
    sent = Upload.objects.of(firm.company_id).get(pk=receipt.upload_id)
    ended(sent, Status.NEEDS_REVIEW, State.SUCCEEDED)

    counted = at_once(_retried, [(sent, firm)] * 5)

    assert sum(counted) == 1
    assert Job.objects.filter(state=State.QUEUED).count() == 1


def _retried(asked: tuple[Upload, Firm]) -> bool:
    upload, firm = asked
    try:
        retry_upload(upload.company_id, upload.pk, firm.owner.user_id)
    except UploadNotRetryableError:
        return False
    return True
