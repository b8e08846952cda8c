from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from drf_spectacular.generators import SchemaGenerator

from tests.accounts.people import a_person, api
from tests.contracts.routes import Route, api_routes


@cache
def schema() -> dict[str, Any]:
    described: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return described


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in schema()["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_description_is_valid_and_without_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "schema.yml"

    call_command("spectacular", fail_on_warn=True, validate=True, file=str(file))

    assert yaml.safe_load(file.read_text(encoding="utf-8"))["paths"]


@pytest.mark.parametrize("route", api_routes(), ids=lambda route: route.template)
def test_every_route_and_method_is_described(route: Route) -> None:
    described = schema()["paths"][route.template]

    assert {method.upper() for method in described} == set(route.methods)


def test_every_operation_says_what_it_does_and_how_it_fails() -> None:
    problem = {"$ref": "#/components/schemas/Problem"}

    for name, operation in operations():
        failure = operation["responses"]["4XX"]["content"]["application/json"]
        assert failure["schema"] == problem, name
        assert operation["summary"], name
        assert operation["tags"] != ["api"], name


def test_every_operation_but_signing_in_needs_somebody() -> None:
    open_to_all = {name for name, operation in operations() if not security(operation)}

    assert open_to_all == {
        "POST /api/v1/auth/register/",
        "POST /api/v1/auth/token/",
        "POST /api/v1/auth/refresh/",
        "POST /api/v1/auth/revoke/",
    }


def security(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [way for way in operation.get("security", []) if way]


@pytest.mark.django_db
def test_the_description_is_for_people_who_are_signed_in() -> None:
    assert api().get("/api/v1/schema/").status_code == 401
    assert api(a_person()).get("/api/v1/schema/").status_code == 200
