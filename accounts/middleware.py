"""Binds to every log line of a request who asked from where, under one id."""

from collections.abc import Awaitable, Callable
from typing import cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware
from structlog.contextvars import bound_contextvars

from accounts.ids import new_id

Answer = HttpResponse | Awaitable[HttpResponse]


@sync_and_async_middleware
def request_context(
    get_response: Callable[[HttpRequest], Answer],
) -> Callable[[HttpRequest], Answer]:
    """Bind ``request_id`` and ``ip`` while a request is answered.

    The address is the connection's own. Behind a proxy uvicorn replaces it with the
    one the proxy names, for proxies it was told to trust; a header nobody vouched for
    is never read here.
    """
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponse:
            with bound_contextvars(**_facts(request)):
                return await cast("Awaitable[HttpResponse]", get_response(request))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponse:
        with bound_contextvars(**_facts(request)):
            return cast("HttpResponse", get_response(request))

    return answer


def _facts(request: HttpRequest) -> dict[str, str]:
    return {"request_id": str(new_id()), "ip": request.META.get("REMOTE_ADDR", "")}
