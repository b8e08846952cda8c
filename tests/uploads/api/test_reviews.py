"""Previews, answers and what was learnt, over HTTP."""

from typing import Any

import pytest
from django.utils import timezone

from jobs.models import Job
from tests.accounts.people import Firm
from tests.dashboard.making import DIALECT
from tests.uploads.conftest import MakeUpload
from uploads.answers import Reading
from uploads.models import LearntHeader, Upload
from uploads.services.previews import PreviewMade, keep_preview
from uploads.states import Status

pytestmark = pytest.mark.django_db
FOUND = {"value": "x", "confidence": 1.0, "reason": "told"}
COLUMN = {
    "index": 5,
    "header": "Bodega",
    "field": "stock",
    "confidence": 0.5,
    "reason": "learnt",
    "decimal_mark": "",
    "date_order": "",
    "samples": ["Central"],
}
CONTENT: dict[str, Any] = {
    "sheet": "Marzo",
    "sheets": ["Marzo", "Abril"],
    **dict.fromkeys(("encoding", "delimiter", "quote", "line_ending"), FOUND),
    "header_line": {**FOUND, "value": 1},
    "column_count": 6,
    "columns": [COLUMN],
    "matched": [COLUMN],
    "records": [{"line": 2, "cells": ["a"]}],
    "rejects": [],
    "assumptions": [],
    "questions": [],
    "cells_cut": 0,
    "is_whole": True,
}


@pytest.fixture
def upload(make_upload: MakeUpload) -> Upload:
    return make_upload(
        status=Status.NEEDS_REVIEW,
        error_code="columns_unclear",
        error_details={"questions": [{"code": "missing_column"}]},
        attempts=1,
        dialect=DIALECT,
    )


def address(upload: Upload, end: str) -> str:
    return f"/api/v1/companies/{upload.company_id}/uploads/{upload.pk}/{end}/"


def test_a_preview_is_made_when_it_is_asked_for(firm: Firm, upload: Upload) -> None:
    url = address(upload, "preview")

    answers = [firm.client.get(url, {"delimiter": "|"}) for _ in range(2)]

    assert [(a.status_code, a["Retry-After"]) for a in answers] == [(202, "1")] * 2
    job = Job.objects.get()
    assert job.actor == "preview_upload"
    assert job.args == {"upload_id": str(upload.pk), "reading": {"delimiter": "|"}}


def test_a_preview_says_what_all_of_the_file_decided(
    firm: Firm, upload: Upload
) -> None:
    keep_preview(upload.pk, Reading(), PreviewMade(content=CONTENT))

    body = firm.client.get(address(upload, "preview")).json()

    assert (body["evidence"], body["attempt"]) == ("whole_file", 1)
    assert body["questions"] == [{"code": "missing_column"}]
    assert (
        body["columns"][0] | {"field": None, "reason": "synonym"} == body["columns"][0]
    )
    assert "matched" not in body


def test_a_learnt_column_says_who_taught_it_and_when(
    firm: Firm, upload: Upload
) -> None:
    Upload.objects.of(firm.company_id).update(status=Status.FAILED)
    keep_preview(upload.pk, Reading(), PreviewMade(content=CONTENT))
    LearntHeader.objects.create(
        company=firm.company,
        key="bodega",
        header="Bodega",
        field="stock",
        source="review",
        user=firm.owner.user,
        learnt_at=timezone.now(),
    )

    column = firm.client.get(address(upload, "preview")).json()["columns"][0]

    assert column["learnt"]["by"] == firm.owner.user.email
    assert column["learnt"]["source"] == "review"


def test_a_file_that_cannot_be_read_like_this_says_why(
    firm: Firm, upload: Upload
) -> None:
    made = PreviewMade(error_code="empty_file", error_message="the file has no records")
    keep_preview(upload.pk, Reading(), made)

    answer = firm.client.get(address(upload, "preview"))

    assert (answer.status_code, answer.json()["code"]) == (422, "preview_refused")
    assert answer.json()["details"]["reason"] == "empty_file"


def test_without_its_file_nothing_is_shown(firm: Firm, upload: Upload) -> None:
    Upload.objects.of(firm.company_id).update(file_removed_at=timezone.now())

    answer = firm.client.get(address(upload, "preview"))

    assert (answer.status_code, answer.json()["code"]) == (409, "preview_unavailable")


@pytest.mark.parametrize(
    "asked",
    [
        {"delimiter": "ab"},
        {"delimiter": "|x|"},
        {"delimiter": "  "},
        {"delimiter": "|" * 9},
        {"sheet": "x" * 65},
        {"delimiter": "x"},
        {"encoding": "latin-99"},
        {"quote": "%"},
        {"header_line": -1},
    ],
)
def test_an_impossible_reading_is_refused(
    firm: Firm, upload: Upload, asked: dict[str, Any]
) -> None:
    got = firm.client.get(address(upload, "preview"), asked)
    posted = firm.client.post(address(upload, "review"), asked)

    assert (got.status_code, posted.status_code) == (400, 400)
    assert list(got.json()["details"]) == list(posted.json()["details"]) == list(asked)


@pytest.mark.parametrize("delimiter", ["||", "\t\t", "|~|", ", ", "\t"])
def test_a_delimiter_may_have_several_signs(
    firm: Firm, upload: Upload, delimiter: str
) -> None:
    answer = firm.client.get(address(upload, "preview"), {"delimiter": delimiter})

    assert answer.status_code == 202
    assert Job.objects.get().args["reading"] == {"delimiter": delimiter}


def test_an_empty_object_accepts_what_was_shown(firm: Firm, upload: Upload) -> None:
    answer = firm.client.post(address(upload, "review"), {})
    again = firm.client.post(address(upload, "review"), {})

    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    assert (again.status_code, again.json()["status"]) == (202, "pending")
    kept = firm.client.get(address(upload, "review")).json()["results"]
    assert [(one["by"], one["decision"]) for one in kept] == [
        (firm.owner.user.email, "accept")
    ]


def test_a_person_may_give_it_up(firm: Firm, upload: Upload) -> None:
    answer = firm.client.post(address(upload, "review"), {"decision": "reject"})

    assert (answer.status_code, answer.json()["status"]) == (200, "cancelled")


def test_a_second_opinion_is_told_of_the_first(firm: Firm, upload: Upload) -> None:
    firm.client.post(address(upload, "review"), {})

    answer = firm.client.post(address(upload, "review"), {"decision": "reject"})

    assert (answer.status_code, answer.json()["code"]) == (
        409,
        "review_already_answered",
    )
    assert answer.json()["details"]["answered_by"] == firm.owner.user.email


def test_an_incomplete_answer_names_what_is_open(firm: Firm, upload: Upload) -> None:
    body = {"columns": [{"index": 4, "field": ""}]}

    answer = firm.client.post(address(upload, "review"), body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (422, "review_incomplete")
    assert answer.json()["details"]["questions"] == [
        {"code": "missing_column", "field": "price_total"}
    ]


@pytest.mark.parametrize(
    "columns",
    [
        [{"index": 0, "field": "wieght"}],
        [{"index": 0}, {"index": 0}],
        [{"index": -1}],
        [{"index": 0, "decimal_mark": "dot"}],
        [{"field": "stock"}],
    ],
)
def test_columns_that_make_no_sense_are_refused(
    firm: Firm, upload: Upload, columns: list[dict[str, Any]]
) -> None:
    answer = firm.client.post(
        address(upload, "review"), {"columns": columns}, format="json"
    )

    assert (answer.status_code, list(answer.json()["details"])) == (400, ["columns"])


def test_what_was_learnt_is_listed_and_forgotten(firm: Firm, other_firm: Firm) -> None:
    learnt = LearntHeader.objects.create(
        company=firm.company,
        key="x",
        header="X",
        field="stock",
        source="review",
        learnt_at=timezone.now(),
    )
    url = f"{firm.url}learnt-headers/"

    listed = firm.client.get(url).json()["results"]
    foreign = other_firm.client.delete(f"{url}{learnt.pk}/")
    gone = [firm.client.delete(f"{url}{learnt.pk}/") for _ in range(2)]

    assert [(one["header"], one["field"]) for one in listed] == [("X", "stock")]
    assert (foreign.status_code, [a.status_code for a in gone]) == (404, [204, 404])
    assert gone[1].json()["code"] == "learnt_header_not_found"
