"""Preparing the next items while the present one is being used."""

from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")


def read_ahead(items: Iterable[Item], *, depth: int) -> Generator[Item, None, None]:
    """Yield the items in order, ``depth`` of them being made ahead in one thread.

    Parsing releases the interpreter lock, and COPY waits for Postgres, so that the two
    take about as long as the slower one alone. An exception while making an item is
    raised where that item would have come. Items must not be ``None``.
    """
    iterator = iter(items)
    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as executor:
        coming = deque(executor.submit(next, iterator, None) for _ in range(depth))
        while (item := coming.popleft().result()) is not None:
            coming.append(executor.submit(next, iterator, None))
            yield item
