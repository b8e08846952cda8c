"""Ports that a server of ours can have."""

import socket
from collections.abc import Iterator

import pytest

from ayni.localstack.ports import (
    HIGHEST_PORT,
    LOOPBACK,
    LOWEST_PORT,
    free_port,
    is_free,
)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind((LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_port_somebody_listens_on_is_not_free(taken: int) -> None:
    assert not is_free(taken)


def test_the_preferred_port_is_given_if_it_is_free() -> None:
    preferred = free_port()

    assert free_port(preferred=preferred) == preferred


def test_a_taken_port_is_replaced_by_one_no_outgoing_connection_takes(
    taken: int,
) -> None:
    port = free_port(preferred=taken)

    assert port != taken
    assert LOWEST_PORT <= port <= HIGHEST_PORT
    assert is_free(port)
