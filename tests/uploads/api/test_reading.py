"""Lists, one upload and its progress, as a client reads them."""

import dataclasses
import datetime as dt
import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from tests.accounts.people import Firm
from tests.uploads.conftest import MakeUpload
from uploads.api.serializers.uploads import ProgressSerializer, UploadSerializer
from uploads.models import Upload
from uploads.selectors import UploadView, progress_of
from uploads.states import Status

pytestmark = pytest.mark.django_db


def listed(firm: Firm, **query: Any) -> dict[str, Any]:
    path = f"/api/v1/companies/{firm.company_id}/uploads/"
    answer = firm.client.get(path, query)
    assert answer.status_code == 200, answer.content
    body: dict[str, Any] = answer.json()
    return body


def names(firm: Firm, **query: Any) -> list[str]:
    return [entry["original_name"] for entry in listed(firm, **query)["results"]]


def test_an_upload_is_shown_with_everything_people_may_see(
    firm: Firm, make_upload: MakeUpload
) -> None:
    upload = make_upload(user=firm.owner.user)

    answer = firm.client.get(
        f"/api/v1/companies/{firm.company_id}/uploads/{upload.pk}/"
    )

    shown = answer.json()
    assert set(shown) == {field.name for field in dataclasses.fields(UploadView)}
    assert set(UploadSerializer().fields) == set(shown)
    assert shown["user_email"] == firm.owner.user.email
    assert shown["has_file"]
    assert upload.stored_name not in answer.content.decode()


def test_what_is_odd_and_what_is_no_sale_is_told_with_its_lines(
    firm: Firm, make_upload: MakeUpload
) -> None:
    kept = [{"code": "too_few_fields", "rows": 2, "lines": [5, 8]}]
    upload = make_upload(remarks=kept, rows_footnotes=3, rows_headers=4)
    path = f"/api/v1/companies/{firm.company_id}/uploads/{upload.pk}/"

    shown, progress = (firm.client.get(path + end).json() for end in ("", "progress/"))

    (remark,) = shown["remarks"]
    assert (remark["code"], remark["rows"], remark["lines"]) == (
        "too_few_fields",
        2,
        [5, 8],
    )
    assert remark["message"].startswith("The record has fewer fields")
    assert (shown["rows_footnotes"], shown["rows_headers"]) == (3, 4)
    assert progress["remarks"] == shown["remarks"]
    assert progress["rows_footnotes"] == 3


def test_progress_says_what_a_socket_says(firm: Firm, upload: Upload) -> None:
    answer = firm.client.get(
        f"/api/v1/companies/{firm.company_id}/uploads/{upload.pk}/progress/"
    )

    assert answer.json() == progress_of(upload.pk)
    assert set(answer.json()) == set(ProgressSerializer().fields)


def test_the_newest_comes_first_page_by_page(
    firm: Firm, make_upload: MakeUpload
) -> None:
    for number in range(5):
        make_upload(original_name=f"{number}.csv")

    first = listed(firm, page_size=2, name="csv")
    second = firm.client.get(first["next"]).json()
    third = firm.client.get(second["next"]).json()

    pages = [first, second, third]
    found = [entry["original_name"] for page in pages for entry in page["results"]]
    assert found == ["4.csv", "3.csv", "2.csv", "1.csv", "0.csv"]
    assert third["next"] is None


def test_a_list_is_narrowed_by_status_and_name(
    firm: Firm, make_upload: MakeUpload
) -> None:
    make_upload(original_name="Caja 1.csv", status=Status.FAILED)
    make_upload(original_name="caja 2.csv")
    make_upload(original_name="100%.csv")

    assert names(firm, status="failed") == ["Caja 1.csv"]
    assert names(firm, name="CAJA") == ["caja 2.csv", "Caja 1.csv"]
    assert names(firm, name="%") == ["100%.csv"]


def test_days_are_days_of_the_company(firm: Firm, upload: Upload) -> None:
    # 23:30 in Santiago is the next day in UTC.
    late = dt.datetime(2024, 3, 6, 2, 30, tzinfo=dt.UTC)
    Upload.objects.of(firm.company_id).update(created_at=late)

    assert names(firm, created_from="2024-03-05", created_to="2024-03-05")
    assert not names(firm, created_from="2024-03-06")
    assert not names(firm, created_to="2024-03-04")
    assert names(firm, created_to="2024-03-06T02:30:01Z")
    assert not names(firm, created_to="2024-03-06T02:30:00Z")
    assert names(firm, created_to="2024-03-05T23:30:01")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"status": "lost"}, "status"),
        ({"created_from": "yesterday"}, "created_from"),
        ({"created_to": "2024-02-30"}, "created_to"),
        ({"created_to": "9999-12-31"}, "created_to"),
        ({"name": "a\x00"}, "name"),
        ({"page_size": "0"}, "page_size"),
    ],
)
def test_a_filter_that_is_wrong_is_named(
    firm: Firm, query: dict[str, str], field: str
) -> None:
    answer = firm.client.get(f"/api/v1/companies/{firm.company_id}/uploads/", query)

    assert answer.status_code == 400
    assert answer.json()["code"] == "invalid_request"
    assert list(answer.json()["details"]) == [field]


def test_a_cursor_that_is_not_ours_is_refused(firm: Firm) -> None:
    answer = firm.client.get(
        f"/api/v1/companies/{firm.company_id}/uploads/", {"cursor": "x"}
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def test_deleted_uploads_are_not_listed(firm: Firm, upload: Upload) -> None:
    Upload.objects.of(firm.company_id).update(deleted_at=upload.created_at)

    assert names(firm) == []


ONE_UPLOAD = ("", "progress/", "rejects/", "rejects.csv", "updates/")


@pytest.mark.parametrize("end", ONE_UPLOAD)
def test_anothers_upload_looks_like_one_that_does_not_exist(
    firm: Firm, other_firm: Firm, upload: Upload, end: str
) -> None:
    stranger = other_firm.client
    theirs, mine = firm.company_id, other_firm.company_id
    absent = uuid.uuid4()

    answers = [
        stranger.get(f"/api/v1/companies/{company}/uploads/{upload_id}/{end}")
        for company, upload_id in (
            (mine, upload.pk),
            (mine, absent),
            (theirs, upload.pk),
            (absent, upload.pk),
        )
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize("end", ONE_UPLOAD)
def test_nobody_reads_without_signing_in(firm: Firm, upload: Upload, end: str) -> None:
    address = f"/api/v1/companies/{firm.company_id}/uploads/{upload.pk}/{end}"

    assert APIClient().get(address).status_code == 401


def test_lists_hold_nothing_of_others(
    firm: Firm, other_firm: Firm, upload: Upload
) -> None:
    assert names(other_firm) == []
    theirs = other_firm.client.get(f"/api/v1/companies/{firm.company_id}/uploads/")
    assert theirs.status_code == 404
