"""What a hook is told about a job, made from its row."""

import json

from jobs.hooks import JobOutcome
from jobs.models import Job


def outcome_of(
    job: Job, *, code: str = "", message: str = "", result: str | None = None
) -> JobOutcome:
    """Return what is to be told about ``job`` as it stands; ``result`` is JSON."""
    return JobOutcome(
        job_id=job.pk,
        actor=job.actor,
        args=job.args,
        tenant_id=job.tenant_id,
        attempt=job.attempts,
        code=code,
        message=message,
        result=None if result is None else json.loads(result),
    )
