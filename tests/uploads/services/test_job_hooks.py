"""What the end of a job means for its upload."""

import dataclasses
import uuid

import pytest
from django.utils import timezone

from jobs import hooks
from jobs.hooks import JobOutcome, Moment
from uploads.answers import Reading
from uploads.errors import PreviewRefusedError
from uploads.models import Upload, UploadPreview
from uploads.services.job_hooks import UNEXPECTED_MESSAGE
from uploads.services.previews import TRY_AGAIN_AFTER, preview_of
from uploads.states import Status

pytestmark = pytest.mark.django_db


def outcome(upload: Upload, **reason: str) -> JobOutcome:
    return JobOutcome(
        job_id=uuid.uuid4(),
        actor="process_upload",
        args={"upload_id": str(upload.pk)},
        tenant_id=upload.company_id,
        attempt=1,
        **reason,
    )


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        (Moment.FAILURE, Status.PROCESSING, Status.FAILED),
        (Moment.FAILURE, Status.COMPLETED, Status.COMPLETED),
        (Moment.RETRY, Status.PROCESSING, Status.PENDING),
        (Moment.RETRY, Status.NEEDS_REVIEW, Status.NEEDS_REVIEW),
        (Moment.CANCEL, Status.PENDING, Status.CANCELLED),
        (Moment.CANCEL, Status.COMPLETED, Status.COMPLETED),
        (Moment.REQUEUE, Status.FAILED, Status.PENDING),
        (Moment.REQUEUE, Status.CANCELLED, Status.PENDING),
        (Moment.REQUEUE, Status.COMPLETED, Status.COMPLETED),
        (Moment.SUCCESS, Status.COMPLETED, Status.COMPLETED),
    ],
)
def test_an_upload_follows_its_job(
    upload: Upload, moment: Moment, before: Status, after: Status
) -> None:
    Upload.objects.across_tenants().update(status=before)

    hooks.run(moment, outcome(upload))

    upload.refresh_from_db()
    assert upload.status == after


def test_the_reason_of_a_job_is_the_reason_of_its_upload(upload: Upload) -> None:
    hooks.run(Moment.FAILURE, outcome(upload, code="worker_lost", message="it died"))

    upload.refresh_from_db()
    assert (upload.error_code, upload.error_message) == ("worker_lost", "it died")


def test_the_text_of_an_unexpected_error_is_not_shown(upload: Upload) -> None:
    secret = 'relation "x" in SELECT * FROM /srv/file'

    hooks.run(Moment.FAILURE, outcome(upload, code="internal_error", message=secret))

    upload.refresh_from_db()
    assert upload.error_message == UNEXPECTED_MESSAGE


def test_a_preview_that_failed_is_said_to_have_and_is_tried_again_later(
    upload: Upload,
) -> None:
    failed = dataclasses.replace(
        outcome(upload),
        actor="preview_upload",
        args={"upload_id": str(upload.pk), "reading": {}},
    )

    hooks.run(Moment.FAILURE, failed)

    with pytest.raises(PreviewRefusedError, match="try again in a minute"):
        preview_of(upload.company_id, upload.pk, reading=Reading())
    UploadPreview.objects.of(upload.company_id).update(
        created_at=timezone.now() - 2 * TRY_AGAIN_AFTER
    )
    assert preview_of(upload.company_id, upload.pk, reading=Reading()) is None
