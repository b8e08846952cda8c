"""The same content and the same key over HTTP."""

import pytest

from tests.accounts.people import Firm
from tests.uploads.api.test_sending import send

pytestmark = pytest.mark.django_db


def test_the_same_content_again_names_the_first(firm: Firm) -> None:
    first = send(firm).json()

    again = send(firm)

    assert (again.status_code, again.json()["code"]) == (409, "duplicate_upload")
    assert again.json()["details"]["upload_id"] == first["id"]


def test_force_sends_it_again_in_the_form_or_in_the_query(firm: Firm) -> None:
    send(firm)

    answer = send(firm, force="true")

    assert answer.status_code == 201
    assert answer.json()["forced"]


def test_a_key_replays_its_first_answer(firm: Firm) -> None:
    key = {"Idempotency-Key": "pedido-7"}

    first = send(firm, headers=key)
    again = send(firm, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again["Location"] == first["Location"]
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"


def test_a_key_with_another_content_is_refused(firm: Firm) -> None:
    key = {"Idempotency-Key": "pedido-7"}
    send(firm, headers=key)

    answer = send(firm, b"other", headers=key)

    assert (answer.status_code, answer.json()["code"]) == (
        422,
        "idempotency_key_reused",
    )
