"""The page of a review: who may, what it shows, what it refuses to be told."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Company, User
from accounts.roles import Role
from jobs.models import Job
from tests.accounts.people import a_company, a_member
from tests.dashboard import making
from tests.dashboard.conftest import signed_in
from uploads.answers import Reading
from uploads.models import Upload
from uploads.services.previews import PreviewMade, keep_preview

pytestmark = pytest.mark.django_db
FOUND = {"value": ";", "confidence": 1.0, "reason": "cuts best"}
COLUMNS = [
    {
        **column,
        "decimal_mark": "comma" if column["field"] == "price_total" else "",
        "date_order": "",
        "samples": ["1.990"],
        "readings": {"comma": ["1990"], "point": ["1.99"]},
    }
    for column in making.DIALECT["columns"]
]
CONTENT: dict[str, Any] = {
    **dict.fromkeys(("encoding", "delimiter", "quote", "line_ending"), FOUND),
    "header_line": {**FOUND, "value": 1},
    "column_count": 6,
    "columns": COLUMNS,
    "matched": COLUMNS,
    "records": [{"line": 2, "cells": ["<b>x</b>", "1.990"]}],
    "rejects": [{"line": 3, "code": "unbalanced_quote", "excerpt": '"x'}],
    "assumptions": [],
    "questions": [],
    "cells_cut": 1,
    "is_whole": True,
}


@pytest.fixture
def upload(company: Company) -> Upload:
    upload = making.an_upload(
        company,
        status="needs_review",
        error_code="columns_unclear",
        attempts=1,
        dialect=making.DIALECT,
    )
    keep_preview(upload.pk, Reading(), PreviewMade(content=CONTENT))
    return upload


def address(upload: Upload) -> str:
    return f"/uploads/{upload.pk}/review/"


def test_the_first_rows_and_what_each_column_is_are_shown(
    client: Client, upload: Upload
) -> None:
    html = client.get(address(upload)).content.decode()

    assert "&lt;b&gt;x&lt;/b&gt;" in html
    assert "No falta nada" in html
    assert '<option value="price_total" selected>' in html
    assert "Línea 3" in html
    assert "Punto y coma (;) (detectado)" in html


def test_a_workbook_offers_its_sheets_and_no_delimiter(
    client: Client, upload: Upload
) -> None:
    book = {**CONTENT, "sheet": "Marzo", "sheets": ["Marzo", "Abril"]}
    book["encoding"] = {**FOUND, "reason": "a workbook"}
    keep_preview(upload.pk, Reading(), PreviewMade(content=book))

    html = client.get(address(upload)).content.decode()
    client.post(address(upload), {"sheet": "Abril"})

    assert '<option value="" selected>Marzo</option>' in html
    assert '<option value="Abril">Abril</option>' in html
    assert 'name="delimiter"' not in html
    assert Job.objects.get().args["reading"] == {"sheet": "Abril"}


def test_what_is_missing_is_said_in_a_sentence(client: Client, upload: Upload) -> None:
    html = client.post(address(upload), {"field-3": "", "field-4": ""}).content.decode()

    assert "Todavía faltan: Cantidad y Precio total. Diga qué columnas son." in html
    assert 'name="default-quantity"' in html
    assert 'name="default-price_total"' not in html


def test_what_is_needed_and_not_certain_is_said(client: Client, upload: Upload) -> None:
    upload.refresh_from_db()
    quantity = upload.dialect["columns"][3]
    quantity["confidence"] = 0.75
    upload.save(update_fields=["dialect"])

    html = client.get(address(upload)).content.decode()

    assert "pero una columna no es segura: Cantidad." in html
    assert "No falta nada: el archivo se puede cargar." not in html


def test_a_value_for_all_rows_answers_what_no_column_has(
    client: Client, upload: Upload
) -> None:
    said = {"field-3": "", "default-quantity": "1", "do": "load", "attempt": "1"}

    answer = client.post(address(upload), said)

    assert answer.headers["Location"] == f"/uploads/{upload.pk}/"
    upload.refresh_from_db()
    assert (upload.status, upload.answers["defaults"]) == ("pending", {"quantity": "1"})


def test_showing_changes_nothing(client: Client, upload: Upload) -> None:
    for _ in range(2):
        assert client.post(address(upload), {"field-3": ""}).status_code == 200

    upload.refresh_from_db()
    assert (upload.status, upload.answers) == ("needs_review", {})


def test_only_what_differs_from_what_was_shown_is_answered(
    client: Client, upload: Upload
) -> None:
    said = {f"field-{c['index']}": c["field"] or "" for c in COLUMNS}

    client.post(address(upload), {**said, "field-5": "stock", "do": "load"})

    upload.refresh_from_db()
    told = [(c["index"], c["field"]) for c in upload.answers["columns"]]
    assert told == [(5, "stock")]


@pytest.mark.parametrize(
    ("ticked", "is_news"), [({"remember": "on"}, True), ({}, False)]
)
def test_it_is_remembered_if_that_is_ticked(
    client: Client, upload: Upload, ticked: dict[str, str], is_news: object
) -> None:
    client.post(address(upload), {"field-5": "stock", "do": "load", **ticked})

    upload.refresh_from_db()
    assert upload.answers["columns"][0]["is_news"] is is_news


def test_another_cut_forgets_what_was_said_of_the_columns_of_the_old_one(
    client: Client, upload: Upload
) -> None:
    keep_preview(upload.pk, Reading(delimiter="|"), PreviewMade(content=CONTENT))

    same = client.post(address(upload), {"field-5": "stock"})
    other = client.post(address(upload), {"field-5": "stock", "delimiter": "|"})

    assert [a.context["rows"][5].field for a in (same, other)] == ["stock", ""]


def test_a_cut_nobody_looked_at_yet_is_being_looked_at(
    client: Client, upload: Upload
) -> None:
    html = client.post(address(upload), {"delimiter": ","}).content.decode()

    assert 'data-state="looking"' in html


def test_a_cut_that_cannot_be_read_says_why(client: Client, upload: Upload) -> None:
    made = PreviewMade(error_code="too_many_columns", error_message="too many")
    keep_preview(upload.pk, Reading(delimiter=","), made)

    html = client.post(address(upload), {"delimiter": ","}).content.decode()

    assert "El archivo no se puede leer así" in html


@pytest.mark.parametrize(
    "said",
    [
        {"delimiter": "x"},
        {"from": "-1"},
        {"encoding": "latin-99"},
        {"quote": "%"},
        {"header_line": "99"},
        {"header_line": "-1"},
        {"field-0": "weight"},
        {"field-x": "stock"},
        {"mark-0": "dot", "field-0": ""},
        {"attempt": "999999"},
    ],
)
def test_what_the_page_does_not_offer_is_refused(
    client: Client, upload: Upload, said: dict[str, str]
) -> None:
    assert client.post(address(upload), said).status_code == 400


@pytest.mark.parametrize(
    ("role", "status"), [(Role.MANAGER, 200), (Role.ANALYST, 403), (Role.VIEWER, 403)]
)
def test_who_may_send_files_may_answer(
    company: Company, upload: Upload, role: Role, status: int
) -> None:
    person: User = a_member(company, role).user

    assert signed_in(person).get(address(upload)).status_code == status
    page = signed_in(person).get(f"/uploads/{upload.pk}/").content.decode()
    assert ('id="review"' in page) is (status == 200)
    listed = signed_in(person).get("/uploads/").content.decode()
    assert (f'id="review-{upload.pk}"' in listed) is (status == 200)


def test_an_upload_of_another_company_does_not_exist(upload: Upload) -> None:
    stranger = signed_in(a_member(a_company()).user)

    assert stranger.get(address(upload)).status_code == 404
    assert stranger.post(address(upload), {"do": "load"}).status_code == 404
    upload.refresh_from_db()
    assert upload.status == "needs_review"


def test_an_upload_that_asks_nothing_leads_to_its_page(
    client: Client, company: Company
) -> None:
    upload = making.a_failed_upload(company)

    page = client.get(address(upload))
    part = client.post(address(upload), headers={"HX-Request": "true"})

    assert page.headers["Location"] == f"/uploads/{upload.pk}/"
    assert part.headers["HX-Redirect"] == f"/uploads/{upload.pk}/"


def test_an_answer_to_an_older_question_is_told_so(
    client: Client, upload: Upload
) -> None:
    Upload.objects.of(upload.company_id).update(attempts=2)

    client.post(address(upload), {"do": "load", "attempt": "1"})

    html = client.get(f"/uploads/{upload.pk}/").content.decode()
    assert "Ya no espera una respuesta." in html
