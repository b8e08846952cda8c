"""The answer at every address of the API at which there is nothing."""

from typing import Any

from django.http import Http404
from rest_framework.request import Request

from accounts.api.views.signing import OpenView


class NowhereView(OpenView):
    """Say 404 as the API says it, whoever asks and by whatever method."""

    schema = None  # It is no part of the API's description.

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - DRF's hook
        raise Http404
