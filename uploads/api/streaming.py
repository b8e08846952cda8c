"""Answers that are made while they are sent, so that their size costs no memory."""

from collections.abc import AsyncIterator, Generator

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header
from rest_framework.request import Request


class StepByStep(AsyncIterator[bytes]):
    """A generator of chunks for an asynchronous server, each made in a thread.

    Django would make a list of a plain generator before sending any of it.
    """

    def __init__(self, chunks: Generator[bytes]) -> None:
        self._chunks = chunks

    async def __anext__(self) -> bytes:
        chunk = await sync_to_async(self._next)()
        if chunk is None:
            raise StopAsyncIteration
        return chunk

    def _next(self) -> bytes | None:
        return next(self._chunks, None)

    def close(self) -> None:
        """Let go of the generator's cursor; Django calls it with the response."""
        self._chunks.close()


def csv_answer(
    request: Request, chunks: Generator[bytes], *, name: str
) -> StreamingHttpResponse:
    """Return the chunks as a CSV file called ``name``, sent as they are made."""
    is_asynchronous = isinstance(request._request, ASGIRequest)  # noqa: SLF001 - DRF has no other way to it
    answer = StreamingHttpResponse(
        StepByStep(chunks) if is_asynchronous else chunks,
        content_type="text/csv; charset=utf-8",
    )
    header = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = header or "attachment"
    answer["Cache-Control"] = "no-store"
    return answer
