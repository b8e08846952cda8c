"""Mappings over HTTP: what they may say, and who may say it."""

from typing import Any

import pytest

from accounts.roles import Role
from tests.accounts.people import Firm, a_member, api
from uploads.models import ColumnMapping

pytestmark = pytest.mark.django_db
TILL: dict[str, Any] = {
    "name": "Caja 1",
    "columns": {"Fecha": "occurred_at", "Hora": "occurred_at", "Nota": ""},
    "formats": {"decimal_mark": "comma", "encoding": "cp1252", "delimiter": "\t"},
    "defaults": {"transaction_type": "venta"},
}


def address(firm: Firm, mapping_id: str = "") -> str:
    end = f"{mapping_id}/" if mapping_id else ""
    return f"/api/v1/companies/{firm.company_id}/mappings/{end}"


def saved(firm: Firm, **changes: Any) -> dict[str, Any]:
    answer = firm.client.post(address(firm), {**TILL, **changes})
    assert answer.status_code == 201, answer.content
    body: dict[str, Any] = answer.json()
    return body


def test_a_mapping_is_saved_as_it_was_sent(firm: Firm) -> None:
    made = saved(firm)

    again = firm.client.get(address(firm, made["id"]))
    assert again.json() == made
    assert {name: made[name] for name in TILL} == TILL
    assert not made["is_default"]


def test_mappings_are_listed_newest_first(firm: Firm) -> None:
    for name in ("A", "B", "C"):
        saved(firm, name=name)

    first = firm.client.get(address(firm), {"page_size": 2}).json()
    second = firm.client.get(first["next"]).json()

    assert [entry["name"] for entry in first["results"]] == ["C", "B"]
    assert [entry["name"] for entry in second["results"]] == ["A"]


def test_one_thing_of_a_mapping_is_changed(firm: Firm) -> None:
    made = saved(firm)

    changed = firm.client.patch(address(firm, made["id"]), {"is_default": True}).json()

    assert changed["is_default"]
    assert {name: changed[name] for name in TILL} == TILL


def test_a_mapping_is_deleted_once(firm: Firm) -> None:
    made = saved(firm)

    assert firm.client.delete(address(firm, made["id"])).status_code == 204
    gone = firm.client.delete(address(firm, made["id"]))
    assert (gone.status_code, gone.json()["code"]) == (404, "mapping_not_found")


def test_a_name_that_is_taken_is_refused(firm: Firm) -> None:
    saved(firm)

    answer = firm.client.post(address(firm), TILL)

    assert (answer.status_code, answer.json()["code"]) == (409, "mapping_name_taken")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 101}, "name"),
        ({"columns": "x"}, "columns"),
        ({"columns": None}, "columns"),
        ({"columns": {"": "quantity"}}, "columns"),
        ({"columns": {"A": "colour"}}, "columns"),
        ({"columns": {f"c{n}": "" for n in range(2001)}}, "columns"),
        ({"formats": {"decimal_mark": "."}}, "formats"),
        ({"formats": {"date_order": "year"}}, "formats"),
        ({"formats": {"encoding": "hex"}}, "formats"),
        ({"formats": {"encoding": "klingon"}}, "formats"),
        ({"formats": {"encoding": ""}}, "formats"),
        ({"formats": {"delimiter": ";x"}}, "formats"),
        ({"formats": {"delimiter": '"'}}, "formats"),
        ({"formats": {"delimiter": "a"}}, "formats"),
        ({"formats": {"colour": "red"}}, "formats"),
        ({"defaults": {"colour": "red"}}, "defaults"),
        ({"defaults": {"category": "x" * 201}}, "defaults"),
        ({"defaults": {"category": "a\x00"}}, "defaults"),
    ],
)
def test_what_a_mapping_cannot_say_is_named(
    firm: Firm, values: dict[str, Any], field: str
) -> None:
    answer = firm.client.post(address(firm), {**TILL, **values})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
    assert list(answer.json()["details"]) == [field]
    assert not ColumnMapping.objects.of(firm.company_id).exists()


def test_only_those_who_send_files_change_mappings(firm: Firm) -> None:
    made = saved(firm)
    analyst = api(a_member(firm.company, Role.ANALYST).user)

    assert analyst.get(address(firm)).status_code == 200
    assert analyst.post(address(firm), TILL).status_code == 403
    assert analyst.patch(address(firm, made["id"]), {}).status_code == 403
    assert analyst.delete(address(firm, made["id"])).status_code == 403


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_a_mapping_of_another_company_does_not_exist(
    firm: Firm, other_firm: Firm, method: str
) -> None:
    made = saved(firm)
    call = getattr(other_firm.client, method)

    answers = [call(address(company, made["id"])) for company in (firm, other_firm)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert ColumnMapping.objects.of(firm.company_id).count() == 1
