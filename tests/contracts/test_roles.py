"""What each role may do over the API, route by route; written down here by hand."""

import pytest
from pytest_django import Settings

from accounts.roles import PERMISSIONS, Permission, Role
from tests.accounts.people import a_member, api
from tests.contracts.routes import api_routes
from tests.contracts.world import a_world

pytestmark = pytest.mark.django_db
VIEW, UPLOAD, EXPORT = Permission.VIEW, Permission.UPLOAD, Permission.EXPORT
USERS, DATA = Permission.MANAGE_USERS, Permission.DELETE_DATA
COMPANY = Permission.MANAGE_COMPANY
NEEDED = {
    ("company", "GET"): VIEW,
    ("company", "PATCH"): COMPANY,
    ("company", "DELETE"): COMPANY,
    ("members", "GET"): VIEW,
    ("members", "POST"): USERS,
    ("member", "GET"): VIEW,
    ("member", "PATCH"): USERS,
    ("member", "DELETE"): USERS,
    ("uploads", "GET"): VIEW,
    ("uploads", "POST"): UPLOAD,
    ("upload", "GET"): VIEW,
    ("upload", "DELETE"): DATA,
    ("upload-progress", "GET"): VIEW,
    ("upload-cancel", "POST"): UPLOAD,
    ("upload-retry", "POST"): UPLOAD,
    ("upload-rejects", "GET"): VIEW,
    ("upload-rejects-csv", "GET"): EXPORT,
    ("upload-updates", "GET"): VIEW,
    ("upload-preview", "GET"): VIEW,
    ("upload-review", "GET"): VIEW,
    ("upload-review", "POST"): UPLOAD,
    ("learnt-headers", "GET"): VIEW,
    ("learnt-header", "DELETE"): UPLOAD,
    ("mappings", "GET"): VIEW,
    ("mappings", "POST"): UPLOAD,
    ("mapping", "GET"): VIEW,
    ("mapping", "PATCH"): UPLOAD,
    ("mapping", "DELETE"): UPLOAD,
    ("transactions", "GET"): VIEW,
    ("transactions-csv", "GET"): EXPORT,
}
ROUTES = {route.name: route for route in api_routes() if route.parameters}


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: object) -> None:
    settings.AYNI_STORAGE_DIR = tmp_path


def test_every_route_and_method_of_a_company_is_decided_here() -> None:
    there = {(name, method) for name, it in ROUTES.items() for method in it.methods}

    assert set(NEEDED) == there


@pytest.mark.parametrize(("name", "method"), sorted(NEEDED))
def test_a_role_is_let_in_exactly_where_it_holds_the_permission(
    name: str, method: str
) -> None:
    owner, ids = a_world()
    people = {role: a_member(owner.company, role) for role in Role}
    refused = set()

    for role in reversed(Role):
        client = api(people[role].user)
        answer = client.generic(
            method, ROUTES[name].url(**ids), "{}", "application/json"
        )
        if answer.status_code == 403:
            assert answer.json()["code"] == "permission_denied"
            refused.add(role)

    assert refused == {
        role for role in Role if NEEDED[name, method] not in PERMISSIONS[role]
    }


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_no_header_turns_one_method_into_another(name: str) -> None:
    owner, ids = a_world()
    viewer = api(a_member(owner.company, Role.VIEWER).user)
    url = ROUTES[name].url(**ids)

    answers = [
        viewer.get(url, HTTP_X_HTTP_METHOD_OVERRIDE="DELETE"),
        viewer.get(f"{url}?_method=DELETE"),
        viewer.get(f"{url}/"),
    ]

    assert {answer.status_code for answer in answers} <= {200, 202, 400, 403, 404, 405}
    assert api(owner.user).get(ROUTES["company"].url(**ids)).status_code == 200
    assert api(owner.user).get(ROUTES["upload"].url(**ids)).status_code == 200


@pytest.mark.parametrize(
    "address", ["/admin/", "/ops/", "/ops", "/admin/accounts/user/", "/admin/jobs/"]
)
def test_the_operators_pages_are_closed_to_owners_of_companies(address: str) -> None:
    owner, _ = a_world()
    client = api()
    client.force_login(owner.user, "django.contrib.auth.backends.ModelBackend")

    answer = client.get(address)

    assert answer.status_code in {301, 302, 403, 404}
