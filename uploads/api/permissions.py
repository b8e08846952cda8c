"""The bases of the views of uploads: the company first, then the upload."""

from typing import Any, ClassVar

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from accounts.api.permissions import CompanyView
from accounts.errors import CompanyNotFoundError, ProblemError
from uploads.errors import (
    LearntHeaderNotFoundError,
    MappingNotFoundError,
    UploadNotFoundError,
)


class CompanysOwnView(CompanyView):
    """A view of one thing of a company.

    Another company's looks like one that does not exist: both are ``missing``.
    """

    missing: ClassVar[type[ProblemError]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            super().initial(request, *args, **kwargs)
        except CompanyNotFoundError as exc:
            raise self.missing from exc


class UploadView(CompanysOwnView):
    """A view of one upload."""

    missing = UploadNotFoundError


class MappingView(CompanysOwnView):
    """A view of one mapping."""

    missing = MappingNotFoundError


class LearntHeaderView(CompanysOwnView):
    """A view of one learnt header."""

    missing = LearntHeaderNotFoundError


class WhateverIsAccepted(DefaultContentNegotiation):
    """A file is CSV whatever the client accepts, and its problems are JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        del request, format_suffix
        return renderers[0], renderers[0].media_type
