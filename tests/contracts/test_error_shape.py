"""Whatever goes wrong, and wherever, the answer has the one shape."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.accounts.people import api
from tests.contracts.routes import Route, api_routes
from tests.contracts.world import a_world

pytestmark = pytest.mark.django_db
LONGEST_MESSAGE_CHARS = 500
ROUTES = pytest.mark.parametrize(
    "route", api_routes(), ids=lambda route: route.template
)


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: object) -> None:
    settings.AYNI_STORAGE_DIR = tmp_path


def check_shape(answer: Any, about: str) -> None:
    assert 400 <= answer.status_code < 500, about
    assert answer["Content-Type"] == "application/json", about
    body = answer.json()
    assert set(body) == {"code", "message", "details"}, about
    assert body["code"].replace("_", "").isalnum(), about
    assert len(body["message"]) <= LONGEST_MESSAGE_CHARS, about
    assert isinstance(body["details"], dict), about


@ROUTES
def test_without_somebody_signed_in(route: Route) -> None:
    _, ids = a_world()

    for method in route.methods:
        answer = api().generic(method, route.url(**ids), "{}", "application/json")
        check_shape(answer, method)
        if "auth/" not in route.template:
            assert answer.status_code == 401, method


@ROUTES
def test_with_a_method_the_address_does_not_know(route: Route) -> None:
    owner, ids = a_world()

    answer = api(owner.user).generic("PURGE", route.url(**ids))

    check_shape(answer, "PURGE")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


@ROUTES
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("{", "application/json"),
        ("[1, 2]", "application/json"),
        ("{}", "application/x-unheard-of"),
        ("--x\r\n", "multipart/form-data; boundary=x"),
        ("", "multipart/form-data"),
        ("x", "text/csv; charset=nonsense"),
    ],
)
def test_with_a_body_nobody_can_read(
    route: Route, body: str, content_type: str
) -> None:
    owner, ids = a_world()
    client = api(owner.user)

    for method in sorted({"POST", "PATCH"} & set(route.methods)):
        answer = client.generic(method, route.url(**ids), body, content_type)
        if answer.status_code >= 400:
            check_shape(answer, method)


@ROUTES
def test_when_asked_for_a_form_nobody_has(route: Route) -> None:
    owner, ids = a_world()

    for method in route.methods:
        answer: Any = api(owner.user).generic(
            method, route.url(**ids), "{}", "application/json", HTTP_ACCEPT="image/png"
        )
        if answer.status_code >= 400:
            check_shape(answer, method)


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v1/",
        "/api/v1/nothing/",
        "/api/v1/companies/not-an-id/",
        "/api/v1/companies",
        "/api/v2/companies/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_where_there_is_nothing(address: str, method: str) -> None:
    answer = api().generic(method, address)

    check_shape(answer, address)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
