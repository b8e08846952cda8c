"""Whether the broker answers. Without it jobs wait; none of them is lost."""

import dramatiq
from redis.exceptions import RedisError

from jobs.broker import HintBroker


def broker_answers() -> bool:
    """Return whether Valkey answers right now; waits 3 s at worst."""
    broker = dramatiq.get_broker()
    if not isinstance(broker, HintBroker):
        return True
    try:
        return bool(broker.client.ping())
    except (RedisError, OSError):
        return False
