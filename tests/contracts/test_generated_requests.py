"""Requests that the API's own description allows, and some that it does not.

Whatever comes, the API answers as it says it does, and never with a mistake of its own.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from pytest_django import Settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.tokens import issue
from tests.contracts.world import a_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Of each operation in each mode: enough to have found what was wrong, and ten seconds.
EXAMPLES = 4
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@cache
def operations() -> dict[str, Any]:
    raw = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    schema = schemathesis.openapi.from_dict(raw)
    schema.app = get_wsgi_application()
    found = [it.ok() for it in schema.get_all_operations() if isinstance(it, Ok)]
    return {operation.label: operation for operation in found}


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's transaction, whose connection a server would close."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: object) -> None:
    settings.AYNI_STORAGE_DIR = tmp_path


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("label", sorted(operations()))
def test_the_answer_is_one_that_the_description_knows(
    label: str, mode: GenerationMode
) -> None:
    owner, ids = a_world()
    sign = f"Bearer {issue(owner.user).access}"
    operation = operations()[label]
    named = {name: str(ids[name]) for name in ids if f"{{{name}}}" in label}

    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        derandomize=True,
        # Shrinking a failure takes minutes; the request that fails is told as it is.
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode, path_parameters=named or None))
    def send(case: Case[Any]) -> None:
        case.headers["Authorization"] = sign
        with transaction.atomic():
            answer = case.call(base_url="http://testserver")
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    send()
