"""A file that raised a question: answered, landed as answered, and not asked again."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Company
from accounts.roles import Role
from processing.ingest import ingest
from processing.previewing import make_preview
from tests.accounts.people import a_member
from tests.processing.landing import Send, held, landed, reread
from uploads.answers import Reading
from uploads.models import LearntHeader, RawTransaction, Upload
from uploads.services.filling import ColumnChoice
from uploads.services.previews import preview_of
from uploads.services.review import ReviewAnswer, answer_review
from uploads.states import Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("either_landing"),
]
UNSURE = "Fecha;Boleta;Ref.;Cantidad;Cobro X"
ROW = "05-01-2024;B1;A;2;1.990,50"


def answered(upload: Upload, company: Company, **said: Any) -> Upload:
    person = a_member(company, Role.MANAGER).user
    answer_review(company.pk, upload.pk, answer=ReviewAnswer(user_id=person.pk, **said))
    ingest(upload.pk, hold=held)
    return reread(upload)


def price_is_column_4(**said: Any) -> dict[str, Any]:
    return {"columns": (ColumnChoice(index=4, field="price_total", **said),)}


def asked_about(send: Send, *rows: str, **options: Any) -> Upload:
    upload = send(*(rows or (ROW,)), header=UNSURE, **options)
    assert ingest(upload.pk, hold=held) is Status.NEEDS_REVIEW
    return reread(upload)


def test_an_answer_lets_the_rows_land_and_each_column_says_where_it_is_from(
    company: Company, send: Send
) -> None:
    upload = answered(asked_about(send), company, **price_is_column_4())

    assert (upload.status, upload.rows_inserted) == (Status.COMPLETED, 1)
    reasons = {c["field"]: c["reason"] for c in upload.dialect["columns"]}
    assert reasons == {
        "occurred_at": "synonym",
        "transaction_id": "synonym",
        "product_id": "review",
        "quantity": "synonym",
        "price_total": "review",
    }


def test_what_was_chosen_is_not_asked_again(company: Company, send: Send) -> None:
    first = answered(asked_about(send), company, **price_is_column_4())

    second = send("06-01-2024;B2;A;2;1.990,50", header=UNSURE.upper())
    ingest(second.pk, hold=held)

    kept = reread(second)
    assert (first.status, kept.status) == (Status.COMPLETED, Status.COMPLETED)
    reasons = {c["field"]: c["reason"] for c in kept.dialect["columns"]}
    assert (reasons["product_id"], reasons["price_total"]) == ("learnt", "learnt")


def test_what_was_chosen_for_a_file_that_did_not_land_is_not_learnt(
    company: Company, send: Send
) -> None:
    upload = asked_about(send, quality_threshold=95)

    kept = answered(
        upload,
        company,
        columns=(ColumnChoice(index=4, field="stock"),),
        defaults={"price_total": "x"},
    )

    assert kept.status != Status.COMPLETED
    assert not LearntHeader.objects.of(company.pk).exists()


def test_the_mark_of_one_column_is_that_columns_alone(
    company: Company, send: Send
) -> None:
    upload = asked_about(send, "05-01-2024;B1;A;1.500;1.990")

    answered(upload, company, **price_is_column_4(decimal_mark="point"))

    row = RawTransaction.objects.of(company.pk).get()
    assert (row.quantity, row.price_total) == (
        Decimal(1500),
        Decimal("1.99"),
    )


def test_another_delimiter_and_its_columns_are_chosen_after_looking(
    company: Company, send: Send
) -> None:
    upload = send("05-01-2024|B1|A;1|2|1.990,50", header="a|b;b|c|d|e")
    assert ingest(upload.pk, hold=held) is Status.NEEDS_REVIEW
    reading = Reading(delimiter="|", header_line=1)
    make_preview(upload.pk, reading, hold=held)
    fields = ("occurred_at", "transaction_id", "product_id", "quantity", "price_total")

    kept = answered(
        reread(upload),
        company,
        reading=reading,
        columns=tuple(ColumnChoice(index=i, field=f) for i, f in enumerate(fields)),
    )

    assert (kept.status, kept.dialect["delimiter"]) == (Status.COMPLETED, "|")
    assert kept.dialect["sources"] == {
        "encoding": "detected",
        "delimiter": "review",
        "quote": "detected",
        "header_line": "review",
    }


def test_a_question_has_its_preview(company: Company, send: Send) -> None:
    upload = asked_about(send)

    make_preview(upload.pk, Reading(), hold=held)

    shown = preview_of(company.pk, upload.pk, reading=Reading())
    assert shown is not None
    assert shown["records"] == [{"line": 2, "cells": ROW.split(";")}]
    assert [c["samples"] for c in shown["columns"]][2:4] == [["A"], ["2"]]
    assert landed(company) == []
