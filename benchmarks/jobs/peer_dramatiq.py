"""Dramatiq as it comes: its own broker, middleware, retries and messages."""

import dramatiq
from dramatiq.brokers.redis import RedisBroker

from benchmarks.jobs import tally

dramatiq.set_broker(
    RedisBroker(  # type: ignore[no-untyped-call]  # Dramatiq has none
        url=tally.address(tally.DRAMATIQ_DATABASE)
    )
)


@dramatiq.actor
def tick() -> None:
    """Start, and be done."""
    tally.note_start()


def send() -> None:
    """Enqueue one no-op."""
    tick.send()
