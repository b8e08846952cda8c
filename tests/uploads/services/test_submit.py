"""Accepting a file once, however often and however simultaneously it is sent."""

import dataclasses
import uuid
from pathlib import Path

import pytest

from jobs.models import Job
from tests.accounts.people import Firm
from tests.uploads.conftest import files
from tests.uploads.threads import at_once
from uploads import storage
from uploads.errors import (
    DuplicateUploadError,
    EmptyUploadError,
    IdempotencyKeyInvalidError,
    IdempotencyKeyReusedError,
    MappingNotFoundError,
)
from uploads.models import IdempotencyKey, Upload
from uploads.services.delete import delete_upload
from uploads.services.options import UploadOptions
from uploads.services.submit import Receipt, Submission, submit
from uploads.states import LoadMode, Status

pytestmark = pytest.mark.django_db


def a_submission(
    firm: Firm, content: bytes = b"a;b\n1;2\n", *, key: str = "", **options: object
) -> Submission:
    return Submission(
        company_id=firm.company_id,
        user_id=firm.owner.user_id,
        original_name="ventas.csv",
        file=storage.save_stream([content], limit_bytes=1_000_000),
        options=UploadOptions(**options),  # type: ignore[arg-type]
        idempotency_key=key,
    )


def test_the_same_content_names_the_first_upload(firm: Firm, storage_dir: Path) -> None:
    first = submit(a_submission(firm))

    with pytest.raises(DuplicateUploadError) as caught:
        submit(a_submission(firm))

    assert caught.value.facts["upload_id"] == str(first.upload_id)
    assert caught.value.facts["original_name"] == "ventas.csv"
    assert len(files(storage_dir)) == 1


def test_a_forced_upload_is_still_the_first_of_its_content(firm: Firm) -> None:
    first = submit(a_submission(firm, force=True))

    with pytest.raises(DuplicateUploadError) as caught:
        submit(a_submission(firm))

    assert caught.value.facts["upload_id"] == str(first.upload_id)


def test_force_takes_the_same_content_again(firm: Firm) -> None:
    submit(a_submission(firm))
    submit(a_submission(firm, force=True))
    submit(a_submission(firm, force=True))

    assert Upload.objects.of(firm.company_id).count() == 3


def test_two_companies_may_send_the_same_content(firm: Firm, other_firm: Firm) -> None:
    submit(a_submission(firm))

    assert not submit(a_submission(other_firm)).is_replay


def test_a_deleted_content_may_be_sent_again(firm: Firm) -> None:
    first = submit(a_submission(firm, key="k"))
    Upload.objects.of(firm.company_id).update(status=Status.FAILED)
    delete_upload(firm.company_id, first.upload_id)

    again = submit(a_submission(firm, key="k"))

    assert again.upload_id != first.upload_id


def test_a_key_gives_its_first_answer_again(firm: Firm, storage_dir: Path) -> None:
    first = submit(a_submission(firm, key="order-7"))

    again = submit(a_submission(firm, key="order-7"))

    assert again == Receipt(upload_id=first.upload_id, is_replay=True)
    assert Job.objects.filter(tenant_id=firm.company_id).count() == 1
    assert len(files(storage_dir)) == 1


@pytest.mark.parametrize(
    "other",
    [{"content": b"other"}, {"load_mode": LoadMode.APPEND}, {"force": True}],
    ids=["content", "option", "force"],
)
def test_a_key_stands_for_one_content_and_its_options(
    firm: Firm, storage_dir: Path, other: dict[str, object]
) -> None:
    submit(a_submission(firm, key="k"))

    with pytest.raises(IdempotencyKeyReusedError):
        submit(a_submission(firm, key="k", **other))  # type: ignore[arg-type]

    assert len(files(storage_dir)) == 1


def test_keys_of_two_companies_do_not_meet(firm: Firm, other_firm: Firm) -> None:
    submit(a_submission(firm, key="k"))

    assert not submit(a_submission(other_firm, b"other", key="k")).is_replay


@pytest.mark.parametrize("key", ["x" * 256, "é", "a\nb", "\x00"])
def test_a_key_that_is_no_key_is_refused(
    firm: Firm, storage_dir: Path, key: str
) -> None:
    with pytest.raises(IdempotencyKeyInvalidError):
        submit(a_submission(firm, key=key))

    assert files(storage_dir) == []


def test_nothing_is_left_of_a_refused_file(firm: Firm, storage_dir: Path) -> None:
    with pytest.raises(EmptyUploadError):
        submit(a_submission(firm, b""))
    with pytest.raises(MappingNotFoundError):
        submit(a_submission(firm, mapping_id=uuid.uuid4(), key="k"))

    assert files(storage_dir) == []
    assert not IdempotencyKey.objects.of(firm.company_id).exists()
    assert not Job.objects.filter(tenant_id=firm.company_id).exists()


def test_a_new_upload_announces_itself_as_the_first_event(firm: Firm) -> None:
    submit(a_submission(firm))

    upload = Upload.objects.of(firm.company_id).get()
    assert (upload.sequence, upload.status, upload.phase) == (1, "pending", "waiting")


@pytest.mark.django_db(transaction=True)
def test_fifty_equal_requests_with_one_key_are_one_upload(
    firm: Firm, storage_dir: Path
) -> None:
    sent = [a_submission(firm, key="once", force=True) for _ in range(50)]

    receipts = at_once(submit, sent)

    assert len({receipt.upload_id for receipt in receipts}) == 1
    assert sum(not receipt.is_replay for receipt in receipts) == 1
    assert Upload.objects.of(firm.company_id).count() == 1
    assert Job.objects.filter(tenant_id=firm.company_id).count() == 1
    assert len(files(storage_dir)) == 1


@pytest.mark.django_db(transaction=True)
def test_equal_contents_at_once_are_one_upload(firm: Firm, storage_dir: Path) -> None:
    sent = [a_submission(firm) for _ in range(10)]

    outcomes = at_once(_receipt_or_first, sent)

    assert len(set(outcomes)) == 1
    assert Upload.objects.of(firm.company_id).count() == 1
    assert Job.objects.filter(tenant_id=firm.company_id).count() == 1
    assert len(files(storage_dir)) == 1


def _receipt_or_first(submission: Submission) -> str:
    try:
        return str(submit(submission).upload_id)
    except DuplicateUploadError as exc:
        return str(exc.facts["upload_id"])


def test_the_options_are_kept_with_the_upload(firm: Firm) -> None:
    submit(a_submission(firm, keep_extra=True, review_requested=True))

    upload = Upload.objects.of(firm.company_id).get()
    assert (upload.keep_extra, upload.review_requested) == (True, True)
    assert not upload.forced


def test_the_sheet_asked_for_is_said_ahead_of_any_question(firm: Firm) -> None:
    submit(a_submission(firm, sheet="Marzo"))

    upload = Upload.objects.of(firm.company_id).get()
    assert upload.answers["reading"] == {"sheet": "Marzo"}


def test_every_option_counts_for_the_fingerprint() -> None:
    plain = UploadOptions()
    changed = {
        "load_mode": LoadMode.APPEND,
        "bad_rows": "abort",
        "bad_rows_limit": 1,
        "bad_rows_percent": 1,
        "quality_threshold": 1,
        "keep_extra": True,
        "review_requested": True,
        "mapping_id": uuid.UUID(int=1),
        "mapping": {"a": "quantity"},
        "force": True,
        "sheet": "Marzo",
        "corrects": uuid.UUID(int=2),
    }

    assert set(changed) == {field.name for field in dataclasses.fields(UploadOptions)}
    prints = {
        dataclasses.replace(plain, **{name: value}).fingerprint("0")  # type: ignore[arg-type]
        for name, value in changed.items()
    }
    assert len(prints | {plain.fingerprint("0"), plain.fingerprint("1")}) == 14
