"""Send a job's id to the broker. A message is a hint: nothing is lost with it."""

import dataclasses
import itertools
import uuid
from collections.abc import Iterable, Sequence

import dramatiq
import structlog
from dramatiq.errors import DramatiqError
from redis.exceptions import RedisError

from jobs import clock
from jobs.models import Job
from jobs.queues import paused_queues
from jobs.states import State

log = structlog.get_logger(__name__)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """All that a message holds: which job, for which actor, in which queue."""

    job_id: uuid.UUID
    actor: str
    queue: str


def send(hint: Hint) -> bool:
    """Send one hint and return whether the broker took it.

    Trouble with the broker is logged and never raised: the sweep sends what was not
    sent. Sending twice is harmless: a job is claimed once. Call it after commit.
    """
    return send_all([hint]) == 1


def send_all(hints: Iterable[Hint]) -> int:
    """Send hints until the broker fails, and return how many it took.

    Those of paused queues are left out: resuming sends them. Whoever queued the jobs
    has noted that they are being sent; of those that were not, the note is taken back.
    """
    wanted = list(hints)
    paused = paused_queues() if wanted else frozenset()
    _take_back([hint for hint in wanted if hint.queue in paused])
    return send_unpaused([hint for hint in wanted if hint.queue not in paused])


def send_unpaused(hints: Sequence[Hint]) -> int:
    """Send hints as ``send_all`` does, where it is known that no queue is paused."""
    sent = sum(1 for _ in itertools.takewhile(_deliver, hints))
    _take_back(hints[sent:])
    return sent


def send_again(hints: Sequence[Hint]) -> int:
    """Note that hints are sent now, and send them; return how many the broker took."""
    if hints:
        waiting = Job.objects.filter(pk__in=[hint.job_id for hint in hints])
        waiting.filter(state=State.QUEUED).update(sent_at=clock.now())
    return send_all(hints)


def _take_back(unsent: Sequence[Hint]) -> None:
    if unsent:
        waiting = Job.objects.filter(pk__in=[hint.job_id for hint in unsent])
        waiting.filter(state=State.QUEUED).update(sent_at=None)


def _deliver(hint: Hint) -> bool:
    message: dramatiq.Message[None] = dramatiq.Message(
        queue_name=hint.queue,
        actor_name=hint.actor,
        args=(str(hint.job_id),),
        kwargs={},
        options={},
    )
    try:
        dramatiq.get_broker().enqueue(message)
    except (RedisError, DramatiqError, OSError) as exc:
        log.warning(
            "job_not_sent", job_id=str(hint.job_id), broker_error=type(exc).__name__
        )
        return False
    return True
