from typing import Any, ClassVar

import pytest
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404
from rest_framework import exceptions
from structlog.testing import capture_logs

from accounts.api.errors import exception_handler
from accounts.errors import InvalidTokenError, ProblemError
from tests.accounts.people import a_person, api


class BrokenTillError(ProblemError):
    code: ClassVar[str] = "broken_till"
    template: ClassVar[str] = "the till has {coins} coins"
    http_status: ClassVar[int] = 409


@pytest.mark.parametrize(
    ("exc", "status", "code"),
    [
        (exceptions.NotAuthenticated(), 401, "sign_in_needed"),
        (InvalidTokenError(), 401, "invalid_token"),
        (exceptions.PermissionDenied(), 403, "forbidden"),
        (PermissionDenied(), 403, "forbidden"),
        (exceptions.NotFound(), 404, "not_found"),
        (Http404("No Upload matches"), 404, "not_found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (RequestDataTooBig(), 413, "body_too_large"),
        (exceptions.UnsupportedMediaType("text/x"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=3.2), 429, "too_many_requests"),
        (exceptions.ParseError("{"), 400, "malformed_request"),
        (SuspiciousOperation("cookie"), 400, "malformed_request"),
        (exceptions.ValidationError({"name": ["x"]}), 400, "invalid_request"),
        (ValidationError("x"), 400, "invalid_request"),
        (exceptions.APIException(), 500, "unexpected_error"),
        (OperationalError("server closed"), 503, "database_unavailable"),
        (InterfaceError("connection closed"), 503, "database_unavailable"),
        (InternalError("terminating connection"), 503, "database_unavailable"),
    ],
    ids=lambda it: type(it).__name__ if isinstance(it, Exception) else str(it),
)
def test_every_exception_has_the_one_shape(
    exc: Exception, status: int, code: str
) -> None:
    answer = exception_handler(exc, {})

    assert answer.status_code == status
    assert set(answer.data) == {"code", "message", "details"}
    assert answer.data["code"] == code


def test_a_problem_tells_its_facts() -> None:
    answer = exception_handler(BrokenTillError(coins=3), {})

    assert answer.status_code == 409
    assert answer.data == {
        "code": "broken_till",
        "message": "the till has 3 coins",
        "details": {"coins": 3},
    }


def test_whoever_is_throttled_is_told_for_how_long() -> None:
    answer = exception_handler(exceptions.Throttled(wait=3.2), {})

    assert answer["Retry-After"] == "4"
    assert answer.data["details"] == {"retry_after_seconds": 4}


def test_whoever_meets_a_database_that_is_away_is_told_when_to_come_back() -> None:
    answer = exception_handler(OperationalError("FATAL: 10.0.0.7"), {})

    assert answer["Retry-After"] == "5"
    assert answer.data["details"] == {"retry_after_seconds": 5}
    assert "10.0.0.7" not in str(answer.data)


def test_what_nobody_expected_is_recorded_and_not_shown() -> None:
    with capture_logs() as lines:
        answer = exception_handler(KeyError("/srv/secret.py SELECT 1"), {})

    assert answer.status_code == 500
    assert "secret" not in str(answer.data)
    assert lines[0]["event"] == "request_failed"


def test_a_long_value_is_not_repeated_at_length() -> None:
    exc = exceptions.ValidationError({"role": [f'"{"x" * 9000}" is not a choice.']})

    assert len(str(exception_handler(exc, {}).data)) < 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"x"', "application/json", 400),
        (b"null", "application/json", 400),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"a", "text/plain", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_the_senders_mistake(
    body: bytes, content_type: str, status: int
) -> None:
    client: Any = api(a_person())

    answer = client.generic("PATCH", "/api/v1/auth/profile/", body, content_type)

    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "details"}
