"""Previews of uploads: made once, bounded, kept in the fence."""

import json

import pytest

from accounts.models import Company
from jobs.errors import LeaseLostError
from processing.previewing import make_preview
from tests.processing.landing import GOOD, Send, held
from uploads import storage
from uploads.answers import Reading
from uploads.errors import PreviewRefusedError
from uploads.models import Upload, UploadPreview
from uploads.services import previews
from uploads.services.delete import forget
from uploads.services.previews import preview_of
from uploads.states import Status

pytestmark = pytest.mark.django_db(transaction=True)


def of(company: Company) -> list[UploadPreview]:
    return list(UploadPreview.objects.of(company.pk).order_by("created_at"))


def test_each_reading_is_kept_once(company: Company, send: Send) -> None:
    upload = send(*GOOD)

    for reading in (Reading(), Reading(delimiter=","), Reading()):
        make_preview(upload.pk, reading, hold=held)

    shown = preview_of(company.pk, upload.pk, reading=Reading(delimiter=","))
    assert len(of(company)) == 2
    assert shown is not None
    assert shown["delimiter"] == {
        "value": ",",
        "confidence": pytest.approx(shown["delimiter"]["confidence"]),
        "reason": "told",
    }


def test_only_so_many_readings_are_kept(
    company: Company, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "MOST_KEPT", 2)
    upload = send(*GOOD)

    for mark in ",|~":
        make_preview(upload.pk, Reading(delimiter=mark), hold=held)

    kept = [one.content["delimiter"]["value"] for one in of(company)]
    assert kept == ["|", "~"]


def test_a_refusal_is_kept_with_its_code(company: Company, send: Send) -> None:
    upload = send(*GOOD)
    reading = Reading(encoding="no-such-encoding")

    make_preview(upload.pk, reading, hold=held)

    with pytest.raises(PreviewRefusedError) as caught:
        preview_of(company.pk, upload.pk, reading=reading)
    assert caught.value.facts["reason"] == "bad_encoding_name"


def test_a_file_that_is_gone_is_said_to_be(company: Company, send: Send) -> None:
    upload = send(*GOOD)
    storage.remove(upload.stored_name)

    make_preview(upload.pk, Reading(), hold=held)

    assert of(company)[0].error_code == "stored_file_missing"


def test_whoever_lost_the_lease_keeps_nothing(company: Company, send: Send) -> None:
    def lost() -> None:
        raise LeaseLostError(attempt=1)

    with pytest.raises(LeaseLostError):
        make_preview(send(*GOOD).pk, Reading(), hold=lost)

    assert of(company) == []


def test_a_deleted_upload_keeps_none(company: Company, send: Send) -> None:
    upload = send(*GOOD)
    make_preview(upload.pk, Reading(), hold=held)
    Upload.objects.of(company.pk).update(status=Status.FAILED)

    forget([upload])
    make_preview(upload.pk, Reading(), hold=held)

    assert of(company) == []


def test_the_widest_file_makes_a_preview_of_a_bounded_size(
    company: Company, send: Send
) -> None:
    wide = ";".join("x" * 64 for _ in range(2_000))

    make_preview(
        send(*[wide] * 7, header=";".join(f"h{n}" for n in range(2_000))).pk,
        Reading(),
        hold=held,
    )

    size = len(json.dumps(of(company)[0].content))
    assert size < 2_000_000
