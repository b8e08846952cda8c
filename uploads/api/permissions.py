"""The bases of the views of uploads: the company first, then the upload."""

from typing import Any

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from accounts.api.permissions import CompanyView
from accounts.errors import CompanyNotFoundError
from uploads.errors import (
    LearntHeaderNotFoundError,
    MappingNotFoundError,
    UploadNotFoundError,
)


class UploadView(CompanyView):
    """A view of one upload. Another company's looks like one that does not exist."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            super().initial(request, *args, **kwargs)
        except CompanyNotFoundError as exc:
            raise UploadNotFoundError from exc


class MappingView(CompanyView):
    """A view of one mapping. Another company's looks like one that does not exist."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            super().initial(request, *args, **kwargs)
        except CompanyNotFoundError as exc:
            raise MappingNotFoundError from exc


class LearntHeaderView(CompanyView):
    """A view of one learnt header. Another company's looks like none."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        try:
            super().initial(request, *args, **kwargs)
        except CompanyNotFoundError as exc:
            raise LearntHeaderNotFoundError from exc


class WhateverIsAccepted(DefaultContentNegotiation):
    """A file is CSV whatever the client accepts, and its problems are JSON."""

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        del request, format_suffix
        return renderers[0], renderers[0].media_type
