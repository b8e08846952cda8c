import uuid
from typing import Any

import pytest

from accounts.models import Company, Membership
from accounts.roles import Role
from tests.accounts.people import a_company, a_firm, a_member, a_person, api, new_rut

pytestmark = pytest.mark.django_db
SHOP: dict[str, Any] = {"name": "Almacén Ñuñoa", "rut": "760864285"}


def test_whoever_founds_a_company_owns_it() -> None:
    user = a_person()

    answer = api(user).post("/api/v1/companies/", {**SHOP, "industry": "retail"})

    body = answer.json()
    assert (answer.status_code, body["rut"], body["role"]) == (
        201,
        "76.086.428-5",
        "owner",
    )
    assert Membership.objects.get().user == user
    assert uuid.UUID(body["id"]).version == 7


def test_a_rut_belongs_to_one_company_even_after_it_was_deleted() -> None:
    first = api(a_person())
    company = first.post("/api/v1/companies/", SHOP).json()
    first.delete(f"/api/v1/companies/{company['id']}/")

    answer = api(a_person()).post("/api/v1/companies/", {**SHOP, "rut": "76086428-5"})

    assert (answer.status_code, answer.json()["code"]) == (409, "rut_taken")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"rut": "76.086.428-6"}, "invalid_rut"),
        ({"rut": "1" * 1000}, "invalid_request"),
        ({"name": ""}, "invalid_request"),
        ({"name": "a\x00b"}, "invalid_request"),
        ({"industry": "crime"}, "invalid_request"),
        ({"time_zone": "Mars/Olympus"}, "invalid_request"),
        ({"time_zone": "../../etc/passwd"}, "invalid_request"),
        ({"currency": "clp"}, "invalid_request"),
        ({"quality_threshold": 101}, "invalid_request"),
        ({"quality_threshold": -1}, "invalid_request"),
    ],
)
def test_what_is_wrong_with_a_company_is_said(wrong: dict[str, Any], code: str) -> None:
    answer = api(a_person()).post("/api/v1/companies/", {**SHOP, **wrong})

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    if code == "invalid_request":
        assert set(answer.json()["details"]) == set(wrong)


def test_only_ones_own_living_companies_are_listed() -> None:
    firm = a_firm()
    gone = a_company("Cerrada")
    Membership.objects.create(user=firm.owner.user, company=gone, role=Role.OWNER)
    firm.client.delete(f"/api/v1/companies/{gone.pk}/")
    a_firm()

    listed = firm.client.get("/api/v1/companies/").json()["results"]

    assert [(it["id"], it["role"]) for it in listed] == [
        (str(firm.company_id), "owner")
    ]


def test_an_owner_changes_what_may_be_changed() -> None:
    firm = a_firm()

    answer = firm.client.patch(
        firm.url,
        {"name": "Otra", "quality_threshold": 0, "rut": new_rut(), "role": "viewer"},
    )

    company = Company.objects.get()
    assert (answer.status_code, answer.json()["role"]) == (200, "owner")
    assert (company.name, company.quality_threshold) == ("Otra", 0)
    assert company.rut == firm.company.rut


def test_a_deleted_company_is_gone_for_everybody() -> None:
    firm = a_firm()
    viewer = a_member(firm.company, Role.VIEWER)

    answer = firm.client.delete(firm.url)

    assert answer.status_code == 204
    for user in (firm.owner.user, viewer.user):
        assert api(user).get(firm.url).json()["code"] == "company_not_found"
    assert Company.with_deleted.count() == 1
