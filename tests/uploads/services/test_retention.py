"""Files and history expire; unfinished uploads and landed rows never do."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import Company
from tests.uploads.conftest import MakeUpload, files
from tests.uploads.rows import a_reject, a_sale
from uploads import storage
from uploads.models import RawTransaction, Reject, Upload
from uploads.services import retention
from uploads.states import TERMINAL, UNFINISHED, Status

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(days=31)


@pytest.fixture(autouse=True)
def thirty_days(settings: Settings) -> None:
    settings.AYNI_UPLOAD_RETENTION_DAYS = 30


def living(company: Company) -> set[str]:
    uploads = Upload.objects.of(company.pk).filter(deleted_at__isnull=True)
    return set(uploads.values_list("original_name", flat=True))


@pytest.mark.parametrize("status", sorted(TERMINAL))
def test_what_ended_long_ago_expires_once(
    make_upload: MakeUpload, company: Company, status: Status
) -> None:
    upload = make_upload(status=status, finished_at=LONG_AGO)
    a_sale(upload).save()
    a_reject(upload).save()

    assert retention.expire_uploads(NOW) == 1
    assert retention.expire_uploads(NOW) == 0

    assert living(company) == set()
    assert RawTransaction.objects.of(company.pk).count() == 1
    assert not Reject.objects.of(company.pk).exists()


def test_the_young_and_the_unfinished_stay(
    make_upload: MakeUpload, company: Company
) -> None:
    yesterday = NOW - dt.timedelta(days=1)
    make_upload(original_name="y", status=Status.COMPLETED, finished_at=yesterday)
    for status in UNFINISHED:
        make_upload(original_name=status, status=status, finished_at=LONG_AGO)

    assert retention.expire_uploads(NOW) == 0
    assert living(company) == {"y", *UNFINISHED}


def test_more_than_one_batch_expires(
    make_upload: MakeUpload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "BATCH_UPLOADS", 2)
    for _ in range(5):
        make_upload(status=Status.FAILED, finished_at=LONG_AGO)

    assert retention.expire_uploads(NOW) == 5


def test_expired_files_are_removed_and_others_are_not(
    make_upload: MakeUpload,
    storage_dir: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    make_upload(status=Status.COMPLETED, finished_at=LONG_AGO)
    kept = make_upload(status=Status.COMPLETED, finished_at=NOW)
    age(storage.open_path(kept.stored_name))

    with django_capture_on_commit_callbacks(execute=True):
        retention.expire_uploads(NOW)

    assert files(storage_dir) == [storage.open_path(kept.stored_name)]


def test_what_crashes_left_behind_goes_after_a_day(storage_dir: Path) -> None:
    orphan = storage.save_stream([b"x"], limit_bytes=1)
    arrival = storage.Arrival(limit_bytes=1)
    for path in files(storage_dir):
        age(path)
    fresh = storage.save_stream([b"y"], limit_bytes=1)

    retention.expire_uploads(NOW)

    assert files(storage_dir) == [storage.open_path(fresh.stored_name)]
    assert not storage.open_path(orphan.stored_name).exists()
    arrival.discard()


def age(path: Path) -> None:
    two_days_ago = (NOW - dt.timedelta(days=2)).timestamp()
    os.utime(path, (two_days_ago, two_days_ago))
