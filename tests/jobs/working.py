"""What workers do to a job, done by hand. Each job is alone in its queue here."""

import uuid

from jobs import settle
from jobs.claim import Claim, claim_next
from jobs.failures import Failure
from jobs.models import Job
from jobs.states import State
from jobs.workers import identify

CLOSED = Failure(code="shop_closed", message="closed", is_permanent=False)
BROKEN = Failure(code="scale_broken", message="broken", is_permanent=True)
LOST = Failure(code="worker_lost", message="lost", is_permanent=False)


def take(job_id: uuid.UUID) -> Claim:
    """Claim the job that is expected to be next in its queue."""
    actor = Job.objects.get(pk=job_id).actor
    claim = claim_next(job_id, allowances={actor: 4}, worker=identify(uuid.uuid4()))
    assert claim is not None
    assert claim.job_id == job_id
    return claim


def do(job_id: uuid.UUID) -> None:
    """Take the job and succeed."""
    claim = take(job_id)
    assert settle.succeed(job_id, token=claim.token)


def fail(job_id: uuid.UUID, failure: Failure = BROKEN) -> None:
    """Take the job and do not succeed."""
    claim = take(job_id)
    assert settle.fail(job_id, token=claim.token, failure=failure)


def states(*job_ids: uuid.UUID) -> list[State]:
    """Return how the jobs stand, in that order."""
    found = dict(Job.objects.values_list("pk", "state"))
    return [State(found[job_id]) for job_id in job_ids]
