"""Exports under an asynchronous server are sent as they are made."""

import threading
from collections.abc import Generator

from django.test import AsyncRequestFactory, RequestFactory
from rest_framework.request import Request

from uploads.api.streaming import csv_answer


class Source:
    """Chunks that remember how many were made, and whether they were let go."""

    def __init__(self) -> None:
        self.made = 0
        self.is_over = False
        self.threads: set[int] = set()

    def chunks(self) -> Generator[bytes]:
        try:
            for number in range(1_000):
                self.made += 1
                self.threads.add(threading.get_ident())
                yield b"%d\n" % number
        finally:
            self.is_over = True


async def test_a_chunk_is_made_when_it_is_wanted() -> None:
    source = Source()
    request = Request(AsyncRequestFactory().get("/"))

    answer = csv_answer(request, source.chunks(), name="a.csv")
    async for chunk in answer:
        assert chunk == b"0\n"
        break

    assert source.made == 1
    assert threading.get_ident() not in source.threads


async def test_a_whole_export_arrives() -> None:
    source = Source()
    request = Request(AsyncRequestFactory().get("/"))

    answer = csv_answer(request, source.chunks(), name="a.csv")

    assert len([chunk async for chunk in answer]) == 1_000
    assert source.is_over


async def test_a_client_that_leaves_lets_the_rows_go() -> None:
    source = Source()
    request = Request(AsyncRequestFactory().get("/"))
    answer = csv_answer(request, source.chunks(), name="a.csv")
    async for _ in answer:
        break

    answer.close()

    assert source.is_over


def test_a_synchronous_server_is_served_as_well() -> None:
    request = Request(RequestFactory().get("/"))

    answer = csv_answer(request, Source().chunks(), name="ventas ñ.csv")

    assert next(iter(answer)) == b"0\n"
    assert answer["Cache-Control"] == "no-store"
