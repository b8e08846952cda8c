"""The base of every view about one company: members only, with the right role."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.access import require
from accounts.api.authentication import person_of
from accounts.models import Membership
from accounts.roles import Permission


class CompanyView(APIView):
    """A view under ``companies/<uuid:company_id>/``.

    ``required`` is what every method needs, or what each method needs by name. By the
    time a method runs, ``membership`` (with its company) and ``company_id`` are set;
    everybody else was answered 401, 404 or 403, before the body was read.
    """

    required: ClassVar[Permission | Mapping[str, Permission]]
    membership: Membership
    company_id: uuid.UUID

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.company_id = kwargs["company_id"]
        self.membership = require(
            person_of(request).pk, self.company_id, self._needed(request.method or "")
        )

    def _needed(self, method: str) -> Permission:
        if isinstance(self.required, Permission):
            return self.required
        if method == "HEAD":
            method = "GET"
        if method == "OPTIONS" or not hasattr(self, method.lower()):
            return Permission.VIEW  # Ends as a description, or as 405.
        return self.required[method]
