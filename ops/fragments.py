"""One address, two answers: the whole page, or the parts a script will swap in."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from ops.broker import broker_answers


def render_page(
    request: HttpRequest, name: str, *, context: Mapping[str, Any]
) -> HttpResponse:
    """Render ``ops/NAME.html``, or only its parts ``ops/parts/NAME.html``.

    Scripts ask for the parts with htmx's own header. Neither answer is kept by a
    cache: what stands in it changes by itself.
    """
    is_part = request.headers.get("HX-Request") == "true"
    template = f"ops/parts/{name}.html" if is_part else f"ops/{name}.html"
    facts = {"now": timezone.now(), "is_broker_up": broker_answers()}
    response = render(request, template, {**facts, **context})
    patch_vary_headers(response, ("HX-Request",))
    response["Cache-Control"] = "no-store"
    return response
