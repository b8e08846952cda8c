"""Reads for pages and sockets: frozen values, JSON-safe where they go on a wire."""

import json
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.errors import InvalidCursorError
from accounts.models import Company
from tests.uploads.conftest import MakeUpload
from uploads import selectors
from uploads.errors import UploadNotFoundError
from uploads.models import Upload
from uploads.states import Status

pytestmark = pytest.mark.django_db


def test_progress_can_go_on_a_wire(make_upload: MakeUpload) -> None:
    upload = make_upload(quality_score=Decimal("97.50"), sequence=3)

    progress = selectors.progress_of(upload.pk)

    assert json.loads(json.dumps(dict(progress))) == progress
    assert (progress["quality_score"], progress["sequence"]) == ("97.50", 3)
    assert progress["upload_id"] == str(upload.pk)


def test_a_deleted_upload_has_no_progress(upload: Upload) -> None:
    Upload.objects.of(upload.company_id).update(deleted_at=timezone.now())

    for upload_id in (upload.pk, uuid.uuid4()):
        with pytest.raises(UploadNotFoundError):
            selectors.progress_of(upload_id)


def test_a_page_of_uploads_for_pages(company: Company, make_upload: MakeUpload) -> None:
    for status in (Status.FAILED, Status.COMPLETED, Status.FAILED):
        make_upload(status=status)

    first = selectors.uploads_page(company.pk, size=1, status="failed")
    assert first.next_cursor is not None
    second = selectors.uploads_page(
        company.pk, cursor=first.next_cursor, size=1, status="failed"
    )

    shown = [*first.uploads, *second.uploads]
    assert [upload.status for upload in shown] == ["failed", "failed"]
    assert second.next_cursor is None


def test_a_page_takes_no_foreign_cursor(company: Company) -> None:
    with pytest.raises(InvalidCursorError):
        selectors.uploads_page(company.pk, cursor="?")


def test_a_person_who_is_gone_leaves_the_upload(
    company: Company, upload: Upload
) -> None:
    assert selectors.upload_view(company.pk, upload.pk).user_email == ""


def test_an_upload_without_its_file_says_so(company: Company, upload: Upload) -> None:
    assert selectors.upload_view(company.pk, upload.pk).has_file

    Upload.objects.of(company.pk).update(file_removed_at=timezone.now())

    assert not selectors.upload_view(company.pk, upload.pk).has_file
