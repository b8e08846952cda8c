"""The one shape of every error of the API, for code and for OpenAPI."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.response import Response


class ProblemSerializer(serializers.Serializer[Any]):
    """What every answer of 400 and above looks like."""

    code = serializers.CharField(
        help_text="What happened, for programs. Never changes once released."
    )
    message = serializers.CharField(
        help_text="What happened, for people. May change; do not compare it."
    )
    details = serializers.DictField(
        help_text="Facts of this case; for `invalid_request`, what is wrong by field."
    )


def problem(
    status: int, *, code: str, message: str, details: Mapping[str, Any] | None = None
) -> Response:
    """Return the answer that tells a client what happened."""
    body = {"code": code, "message": message, "details": dict(details or {})}
    return Response(body, status=status)
