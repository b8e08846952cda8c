"""The one place that turns exceptions into answers, all of one shape."""

from collections.abc import Mapping
from typing import Any

import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as InvalidValueError
from django.db import InterfaceError, InternalError, OperationalError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import set_rollback

from accounts.api.problems import problem
from accounts.errors import ProblemError

log = structlog.get_logger(__name__)
# A validator may repeat what was sent; nobody needs more of it than this.
MESSAGE_CHARS = 200

# What DRF and Django raise by themselves: code and message, by HTTP status.
BY_STATUS: Mapping[int, tuple[str, str]] = {
    400: ("malformed_request", "the request could not be read"),
    401: ("sign_in_needed", "sign in, or send a token: Authorization: Bearer <access>"),
    403: ("forbidden", "this is not allowed"),
    404: ("not_found", "there is nothing at this address"),
    405: ("method_not_allowed", "this address does not know this method"),
    406: ("not_acceptable", "the answer is not available in the form asked for"),
    413: ("body_too_large", "the body is larger than this address takes"),
    415: ("unsupported_media_type", "this address does not take this type of content"),
    429: ("too_many_requests", "too many requests; wait before the next one"),
    500: ("unexpected_error", "something went wrong on our side; it was recorded"),
    503: ("database_unavailable", "the database does not answer; try again soon"),
}
# What Django raises by itself, by the status it stands for.
OF_DJANGO: tuple[tuple[type[Exception], int], ...] = (
    (Http404, 404),
    (PermissionDenied, 403),
    (RequestDataTooBig, 413),
    (SuspiciousOperation, 400),
)
# Postgres restarts and recovers in seconds, and asking again costs little.
DATABASE_RETRY_SECONDS = 5


def exception_handler(exc: Exception, context: Mapping[str, Any]) -> Response:
    """Return the answer for whatever a view raised; log what nobody expected."""
    set_rollback()
    if isinstance(exc, ProblemError):
        return _of_problem(exc)
    if isinstance(exc, exceptions.ValidationError | InvalidValueError):
        return _of_invalid(exc)
    if isinstance(exc, exceptions.APIException):
        return _of_framework(exc)
    return _of_django(exc, context)


def _of_problem(exc: ProblemError) -> Response:
    response = problem(
        exc.http_status, code=exc.code, message=str(exc), details=exc.facts
    )
    return _with_headers(response, exc.facts.get("retry_after_seconds"))


def _of_invalid(exc: exceptions.ValidationError | InvalidValueError) -> Response:
    if isinstance(exc, InvalidValueError):
        exc = exceptions.ValidationError(as_serializer_error(exc))
    details = _shortened(exc.get_full_details())
    return problem(
        400,
        code="invalid_request",
        message="some of the values sent are not right; details say which",
        details=details if isinstance(details, Mapping) else {"request": details},
    )


def _of_framework(exc: exceptions.APIException) -> Response:
    wait = getattr(exc, "wait", None)
    seconds = None if wait is None else max(1, round(wait))
    details = {} if seconds is None else {"retry_after_seconds": seconds}
    return _with_headers(_of_status(exc.status_code, details), seconds)


def _of_django(exc: Exception, context: Mapping[str, Any]) -> Response:
    for kind, number in OF_DJANGO:
        if isinstance(exc, kind):
            return _of_status(number)
    log.error("request_failed", view=type(context.get("view")).__name__, exc_info=exc)
    if isinstance(exc, OperationalError | InterfaceError | InternalError):
        return _of_database()
    return _of_status(500)


def _of_database() -> Response:
    seconds = DATABASE_RETRY_SECONDS
    return _with_headers(_of_status(503, {"retry_after_seconds": seconds}), seconds)


def _of_status(number: int, details: Mapping[str, Any] | None = None) -> Response:
    general = 500 if status.is_server_error(number) else 400
    code, message = BY_STATUS.get(number, BY_STATUS[general])
    return problem(number, code=code, message=message, details=details)


def _with_headers(response: Response, retry_after_seconds: object) -> Response:
    if retry_after_seconds is not None:
        response["Retry-After"] = str(retry_after_seconds)
    if response.status_code == status.HTTP_401_UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="api"'
    return response


def _shortened(details: Any) -> Any:
    """Return validation details with no message longer than anybody needs."""
    if isinstance(details, Mapping):
        return {str(key)[:MESSAGE_CHARS]: _shortened(it) for key, it in details.items()}
    if isinstance(details, list | tuple):
        return [_shortened(it) for it in details]
    return str(details)[:MESSAGE_CHARS]
