"""Whoever names another company's object is told what they are told of none at all."""

import uuid

import pytest
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Company, Membership
from tests.accounts.people import a_company, a_member, api
from tests.contracts.routes import Route, api_routes
from tests.contracts.world import KINDS, a_world, ids_of
from uploads.models import ColumnMapping, Upload

pytestmark = pytest.mark.django_db
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
WITH_IDS = [route for route in api_routes() if route.parameters]
INSIDE = [route for route in WITH_IDS if len(route.parameters) > 1]


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: object) -> None:
    settings.AYNI_STORAGE_DIR = tmp_path


def answer(client: APIClient, method: str, url: str) -> tuple[int, bytes]:
    body = "" if method in {"GET", "HEAD"} else "{}"
    response = client.generic(method, url, body, "application/json")
    said = b"".join(response) if response.streaming else response.content
    return response.status_code, said


def random_ids() -> dict[str, uuid.UUID]:
    return {name: uuid.uuid4() for name in KINDS}


def counts() -> tuple[int, ...]:
    tables = (Company, Membership)
    uploads = (Upload, ColumnMapping)
    return (
        *(table.objects.count() for table in tables),
        *(table.objects.across_tenants().count() for table in uploads),
    )


def test_there_are_addresses_to_sweep() -> None:
    assert len(WITH_IDS) > len(INSIDE) > 0


@pytest.mark.parametrize("route", WITH_IDS, ids=lambda route: route.template)
def test_another_companys_address_looks_like_no_address(route: Route) -> None:
    _, theirs = a_world()
    stranger = api(a_member(a_company()).user)
    before = counts()

    for method in METHODS:
        given = answer(stranger, method, route.url(**theirs))
        nothing = answer(stranger, method, route.url(**random_ids()))
        assert given == nothing, method
        assert given[0] == 404, method

    assert counts() == before


@pytest.mark.parametrize("route", INSIDE, ids=lambda route: route.template)
def test_another_companys_object_is_not_found_in_ones_own(route: Route) -> None:
    _, theirs = a_world()
    mine, own = a_world()
    before = counts()

    for method in route.methods:
        in_mine = {"company_id": own["company_id"]}
        given = answer(api(mine.user), method, route.url(**{**theirs, **in_mine}))
        random = answer(
            api(mine.user), method, route.url(**{**random_ids(), **in_mine})
        )
        assert given == random, method
        assert given[0] in {400, 404}, method

    assert counts() == before


@pytest.mark.parametrize("route", WITH_IDS, ids=lambda route: route.template)
def test_a_former_member_finds_nothing_either(route: Route) -> None:
    owner, ids = a_world()
    former = a_member(owner.company)
    client = api(former.user)
    former.delete()

    for method in route.methods:
        assert answer(client, method, route.url(**ids))[0] == 404, method


def test_lists_hold_nothing_of_another_company() -> None:
    mine, own = a_world()
    for _ in range(3):
        ids_of(a_company())
    expected = {
        "members": 2,
        "uploads": 1,
        "mappings": 1,
        "learnt-headers": 1,
        "transactions": 0,
    }

    found = {
        name: len(
            api(mine.user)
            .get(f"/api/v1/companies/{own['company_id']}/{name}/")
            .json()["results"]
        )
        for name in expected
    }

    assert found == expected
