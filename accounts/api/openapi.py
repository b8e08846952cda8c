"""What the API's description says about sign-in and errors, for every operation."""

from typing import Any, Literal

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from accounts.api.problems import ProblemSerializer


class DescribedWithProblems(AutoSchema):
    """Every operation may answer 4xx, always in the one shape of errors."""

    def _get_response_bodies(
        self, direction: Literal["request", "response"] = "response"
    ) -> Any:
        bodies = super()._get_response_bodies(direction)
        if direction == "response":
            bodies["4XX"] = self._get_response_for_code(  # type: ignore[no-untyped-call]
                ProblemSerializer, "4XX"
            )
        return bodies


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How ``TokenAuthentication`` is described."""

    target_class = "accounts.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - the library's hook
        return {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}


class PageScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How ``PageAuthentication`` is described."""

    target_class = "accounts.api.authentication.PageAuthentication"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:  # noqa: ARG002 - likewise
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
