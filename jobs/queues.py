"""Which queues stand still at the moment."""

from jobs.models import Queue


def paused_queues() -> frozenset[str]:
    """Return the names of the queues that an operator has paused."""
    paused = Queue.objects.filter(paused_at__isnull=False)
    return frozenset(paused.values_list("name", flat=True))
