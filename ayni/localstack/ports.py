"""Ports on the loopback interface."""

import random
import socket

LOOPBACK = "127.0.0.1"
# Below Linux's ephemeral range (32768 upwards), so that no outgoing connection can
# take the port between our look and the server's bind; above the well-known ones.
LOWEST_PORT = 20_000
HIGHEST_PORT = 32_000
TRIES = 200


def is_free(port: int) -> bool:
    """Return whether a server could listen on ``port`` now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def free_port(*, preferred: int | None = None) -> int:
    """Return ``preferred`` if it is free, else a free port at random."""
    if preferred is not None and is_free(preferred):
        return preferred
    rng = random.SystemRandom()
    for _ in range(TRIES):
        port = rng.randint(LOWEST_PORT, HIGHEST_PORT)
        if is_free(port):
            return port
    raise OSError(f"no free port in {LOWEST_PORT}-{HIGHEST_PORT}")
