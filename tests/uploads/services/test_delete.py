"""Deleting: the file and the history go, the landed rows stay."""

from pathlib import Path

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Company
from tests.accounts.people import Firm
from tests.uploads.conftest import MakeUpload, files
from tests.uploads.rows import a_reject, a_sale, an_update
from uploads.errors import UploadNotDeletableError, UploadNotFoundError
from uploads.models import (
    DataUpdate,
    IdempotencyKey,
    RawTransaction,
    Reject,
    Upload,
)
from uploads.services.delete import delete_upload
from uploads.states import TERMINAL, UNFINISHED, Status

pytestmark = pytest.mark.django_db


def test_the_file_and_the_history_go_and_the_rows_stay(
    company: Company,
    make_upload: MakeUpload,
    storage_dir: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    upload = make_upload(status=Status.COMPLETED)
    a_sale(upload).save()
    a_reject(upload).save()
    an_update(upload).save()
    IdempotencyKey.objects.create(company=company, key="k", upload=upload)

    with django_capture_on_commit_callbacks(execute=True):
        delete_upload(company.pk, upload.pk)

    assert files(storage_dir) == []
    assert RawTransaction.objects.of(company.pk).count() == 1
    for history in (Reject, DataUpdate, IdempotencyKey):
        assert not history.objects.of(company.pk).exists()
    upload.refresh_from_db()
    assert upload.deleted_at is not None
    assert upload.file_removed_at is not None


def test_the_history_of_others_stays(company: Company, make_upload: MakeUpload) -> None:
    upload, other = make_upload(status=Status.FAILED), make_upload()
    a_reject(other).save()

    delete_upload(company.pk, upload.pk)

    assert Reject.objects.of(company.pk).count() == 1


@pytest.mark.parametrize("status", sorted(TERMINAL))
def test_whatever_has_ended_can_be_deleted_once(
    company: Company, make_upload: MakeUpload, status: Status
) -> None:
    upload = make_upload(status=status)

    delete_upload(company.pk, upload.pk)

    with pytest.raises(UploadNotFoundError):
        delete_upload(company.pk, upload.pk)


@pytest.mark.parametrize("status", sorted(UNFINISHED))
def test_one_at_work_has_to_be_cancelled_first(
    company: Company, make_upload: MakeUpload, status: Status
) -> None:
    upload = make_upload(status=status)

    with pytest.raises(UploadNotDeletableError):
        delete_upload(company.pk, upload.pk)

    assert Upload.objects.of(company.pk).filter(deleted_at__isnull=True).exists()


def test_one_of_another_company_does_not_exist(
    make_upload: MakeUpload, other_firm: Firm
) -> None:
    upload = make_upload(status=Status.FAILED)

    with pytest.raises(UploadNotFoundError):
        delete_upload(other_firm.company_id, upload.pk)
