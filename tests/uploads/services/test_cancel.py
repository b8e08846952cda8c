"""Cancelling: at once, requested, or too late."""

import uuid

import pytest

from jobs.models import Job
from jobs.states import State
from tests.accounts.people import Firm
from tests.uploads.services.test_submit import a_submission
from uploads.errors import UploadNotCancellableError, UploadNotFoundError
from uploads.models import Upload
from uploads.services.cancel import Cancellation, cancel_upload
from uploads.services.submit import submit
from uploads.states import TERMINAL, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(firm: Firm) -> Upload:
    receipt = submit(a_submission(firm))
    return Upload.objects.of(firm.company_id).get(pk=receipt.upload_id)


def cancelled(upload: Upload) -> Cancellation:
    return cancel_upload(upload.company_id, upload.pk)


def test_an_upload_that_waits_is_cancelled_with_its_job(waiting: Upload) -> None:
    assert cancelled(waiting) is Cancellation.DONE

    waiting.refresh_from_db()
    assert waiting.status == Status.CANCELLED
    assert Job.objects.get().state == State.CANCELLED


def test_one_at_work_is_asked_to_stop_as_often_as_wanted(waiting: Upload) -> None:
    Job.objects.update(state=State.RUNNING)
    Upload.objects.across_tenants().update(status=Status.PROCESSING)

    assert cancelled(waiting) is Cancellation.REQUESTED
    assert cancelled(waiting) is Cancellation.REQUESTED

    waiting.refresh_from_db()
    assert waiting.status == Status.PROCESSING
    assert Job.objects.get().cancel_requested_at is not None


@pytest.mark.parametrize("status", sorted(TERMINAL))
def test_one_that_has_ended_stays_as_it_is(waiting: Upload, status: Status) -> None:
    Upload.objects.across_tenants().update(status=status)

    with pytest.raises(UploadNotCancellableError) as caught:
        cancelled(waiting)

    assert caught.value.facts == {"status": status.value}


def test_one_without_a_living_job_is_cancelled_all_the_same(upload: Upload) -> None:
    assert cancelled(upload) is Cancellation.DONE


def test_one_of_another_company_does_not_exist(
    waiting: Upload, other_firm: Firm
) -> None:
    with pytest.raises(UploadNotFoundError):
        cancel_upload(other_firm.company_id, waiting.pk)
    with pytest.raises(UploadNotFoundError):
        cancel_upload(waiting.company_id, uuid.uuid4())
