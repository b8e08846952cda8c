"""Import the modules that declare actors; only workers and the scheduler call this."""

import functools
import importlib

import dramatiq
from django.conf import settings

from jobs.actors import JobActor
from jobs.policy import Place


@functools.cache
def load_actors() -> None:
    """Import every module named by ``AYNI_JOBS_ACTORS``, once."""
    for module in settings.AYNI_JOBS_ACTORS:
        importlib.import_module(module)


def has_isolated_actor(queues: frozenset[str]) -> bool:
    """Return whether any actor of ``queues`` does its work in a child process."""
    actors = dramatiq.get_broker().actors.values()
    return any(
        actor.queue_name in queues
        and isinstance(actor, JobActor)
        and actor.policy.place is Place.CHILD
        for actor in actors
    )
