"""One address, two answers: the whole page, or the part a script will swap in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest,
    name: str,
    *,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Render ``dashboard/NAME.html``, or its part ``dashboard/parts/NAME.html``.

    Scripts ask for the part with htmx's own header. Neither answer is kept by a cache:
    what stands in it changes by itself.
    """
    is_part = request.headers.get("HX-Request") == "true"
    folder = "dashboard/parts" if is_part else "dashboard"
    response = render(request, f"{folder}/{name}.html", dict(context))
    patch_vary_headers(response, ("HX-Request",))
    response["Cache-Control"] = "no-store"
    return response
