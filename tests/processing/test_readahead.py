"""Reading ahead changes when items are made, and nothing else."""

import threading
from collections.abc import Iterator

import pytest

from processing.readahead import read_ahead


def test_items_come_in_order() -> None:
    assert list(read_ahead(range(50), depth=3)) == list(range(50))


def test_the_next_item_is_made_while_the_present_one_is_used() -> None:
    made = threading.Semaphore(0)

    def items() -> Iterator[int]:
        for number in range(5):
            made.release()
            yield number

    coming = read_ahead(items(), depth=2)
    next(coming)

    assert made.acquire(timeout=5)
    assert made.acquire(timeout=5)
    assert list(coming) == [1, 2, 3, 4]


def test_an_error_comes_where_its_item_would_have() -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        raise ZeroDivisionError

    coming = read_ahead(items(), depth=4)

    assert [next(coming), next(coming)] == [1, 2]
    with pytest.raises(ZeroDivisionError):
        next(coming)


def test_leaving_early_ends_the_thread() -> None:
    coming = read_ahead(range(1_000_000), depth=2)
    next(coming)

    coming.close()

    names = [thread.name for thread in threading.enumerate()]
    assert not [name for name in names if name.startswith("read-ahead")]
