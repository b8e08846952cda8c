"""Doing one thing many times in the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")
PATIENCE_SECONDS = 30.0


def at_once(do: Callable[[Asked], Answer], asked: Sequence[Asked]) -> list[Answer]:
    """Return what ``do`` answers for each; all start together."""
    start = threading.Barrier(len(asked))

    def one(item: Asked) -> Answer:
        start.wait(PATIENCE_SECONDS)
        try:
            return do(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(asked)) as executor:
        return list(executor.map(one, asked, timeout=PATIENCE_SECONDS))
