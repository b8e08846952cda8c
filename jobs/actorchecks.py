"""What only a process that has loaded the actors can refuse about settings."""

from collections.abc import Iterator

import dramatiq
import structlog
from django.conf import settings
from django.core.checks import Error

from jobs.actors import JobActor

# What a process that refuses its settings exits with (EX_CONFIG of sysexits.h).
EXIT_REFUSED = 78

log = structlog.get_logger(__name__)


def are_refused(queues: tuple[str, ...] = ()) -> bool:
    """Say what has to be changed, and return whether anything has to be.

    Call it after the actors are loaded. ``queues`` are those this process works for.
    """
    found = [*limits_never_reached(), *limits_of_unknown_queues(queues)]
    for problem in found:
        log.error("settings_refused", what=problem.msg, advice=problem.hint)
    return bool(found)


def limits_never_reached() -> Iterator[Error]:
    """Yield an error for each actor whose soft limit is not below its hard one."""
    for actor in _actors():
        soft, hard = actor.policy.soft_limit_seconds, actor.policy.hard_limit_seconds
        if soft >= hard:
            yield Error(
                f"the soft limit of {actor.actor_name} is {soft:g} s and its hard one"
                f" {hard:g} s: it would be killed before anybody is told",
                hint=f"Set soft_limit_seconds below {hard:g}, or allow more.",
                id="jobs.E020",
            )


def limits_of_unknown_queues(queues: tuple[str, ...]) -> Iterator[Error]:
    """Yield an error for each limit of a queue that nobody here knows."""
    scheduled = (
        each.get("queue", "default") for each in settings.AYNI_JOBS_SCHEDULES.values()
    )
    known = {*queues, *scheduled, *(actor.queue_name for actor in _actors())}
    for queue in settings.AYNI_JOBS_QUEUE_LIMITS:
        if queue not in known:
            yield Error(
                f"AYNI_JOBS_QUEUE_LIMITS limits {queue!r}, a queue that no actor has;"
                f" there are {', '.join(sorted(known))}",
                hint="Mend its name, or leave it out.",
                id="jobs.E021",
            )


def _actors() -> Iterator[JobActor]:
    for actor in dramatiq.get_broker().actors.values():
        if isinstance(actor, JobActor):
            yield actor
