"""Failures that are one and the same: tried again together, or discarded.

Alike are jobs of one actor whose last attempts died of the same kind of error in the
same function: ``selectors.failures`` lists them.
"""

import uuid

import structlog

from jobs.models import Job
from jobs.requeue import requeue
from jobs.states import State

# As long as the column that keeps it.
REASON_CHARS = 200

log = structlog.get_logger(__name__)


def retry_alike(actor: str, *, fingerprint: str) -> int:
    """Queue every failed job of one kind again and return how many there were.

    Each in a transaction of its own, unless the caller has one: when a hook raises,
    those before it stay queued. Safe to call again.
    """
    alike = Job.objects.filter(
        state=State.FAILED, actor=actor, error_fingerprint=fingerprint
    )
    ids = list(alike.order_by("pk").values_list("pk", flat=True))
    retried = sum(requeue(job_id) for job_id in ids)
    log.info("jobs_retried", actor=actor, fingerprint=fingerprint, jobs=retried)
    return retried


def discard(job_id: uuid.UUID, *, reason: str) -> bool:
    """Decide that a failed job need not be done; ``False`` if it has not failed.

    It counts as cancelled from then on, keeps its error and the reason, and can still
    be requeued. No hook runs: its application was told that it failed.
    """
    failed = Job.objects.filter(pk=job_id, state=State.FAILED)
    values = {"state": State.CANCELLED, "discard_reason": _checked(reason)}
    is_discarded = failed.update(**values) == 1
    log.info("job_discarded", job_id=str(job_id), reason=reason, done=is_discarded)
    return is_discarded


def discard_alike(actor: str, *, fingerprint: str, reason: str) -> int:
    """Discard every failed job of one kind and return how many there were."""
    alike = Job.objects.filter(
        state=State.FAILED, actor=actor, error_fingerprint=fingerprint
    )
    count = alike.update(state=State.CANCELLED, discard_reason=_checked(reason))
    facts = {"actor": actor, "fingerprint": fingerprint, "reason": reason}
    log.info("jobs_discarded", **facts, jobs=count)
    return count


def _checked(reason: str) -> str:
    """Return the reason as it is kept. Raises ``ValueError`` if there is none."""
    if not reason.strip():
        raise ValueError("a failure is not discarded without a reason")
    return reason.strip()[:REASON_CHARS]
