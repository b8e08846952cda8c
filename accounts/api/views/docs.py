"""The page on which the API is read and tried, for people who are signed in.

Swagger UI comes from our own origin, and the page is split in two, so that no script
stands in it: the policy of every other page holds here too (``docs/api.md``).
"""

from typing import cast

from django.contrib.auth.views import redirect_to_login
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotAuthenticated
from rest_framework.response import Response


class DocsView(SpectacularSwaggerSplitView):
    """Swagger UI; whoever is not signed in is sent to do so."""

    template_name = "accounts/docs.html"

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, NotAuthenticated):
            login = redirect_to_login(self.request.get_full_path())
            return cast("Response", login)
        return super().handle_exception(exc)
