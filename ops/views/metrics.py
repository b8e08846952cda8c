"""Figures for Prometheus, which signs in with a token or comes from this machine."""

import hmac
import ipaddress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from jobs.exposition import CONTENT_TYPE
from jobs.metrics import metrics

FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Answer with the figures; to anybody who may not have them there is no page."""
    if not _may_read(request):
        raise Http404
    response = HttpResponse(metrics(), content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    return response


def _may_read(request: HttpRequest) -> bool:
    """Return whether the token is right or, where none is set, this machine asks.

    What a proxy on this machine passes on comes from somewhere else.
    """
    token: str = settings.AYNI_METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    if any(header in request.META for header in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
