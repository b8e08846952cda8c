"""What work returned: kept as JSON with its job for a while, for whoever asks.

``AYNI_JOBS_RESULT_SECONDS`` says how long. A job that others waited for keeps its
result until they have ended too, so that they can read it however late they start.
"""

import json
import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from jobs import clock
from jobs.errors import ResultNotJsonError, ResultTooLargeError
from jobs.models import Link, Result
from jobs.states import OPEN

# Rows deleted by a statement, and statements in a pass of the scheduler, a minute
# apart: more than jobs can end in that time.
BATCH_ROWS = 5_000
BATCHES = 10


def encode(value: object) -> str | None:
    """Return as JSON what the work returned; ``None``, which is not kept, of ``None``.

    Raises ``ResultNotJsonError`` and ``ResultTooLargeError``; both are permanent.
    """
    if value is None:
        return None
    try:
        # ASCII alone: Postgres keeps every text of it, a NUL is written as six signs.
        text = json.dumps(value, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError, RecursionError) as exc:
        raise ResultNotJsonError(kind=type(value).__name__, why=str(exc)) from exc
    limit: int = settings.AYNI_JOBS_RESULT_MAX_BYTES
    if len(text) > limit:
        raise ResultTooLargeError(size_bytes=len(text), limit_bytes=limit)
    return text


def keep(job_id: uuid.UUID, value: str) -> None:
    """Keep a result that ``encode`` made, in the transaction that ends the job."""
    kept = timedelta(seconds=settings.AYNI_JOBS_RESULT_SECONDS)
    if not kept:
        return
    Result.objects.bulk_create(
        [Result(job_id=job_id, value=value, expires_at=clock.after(kept))],
        update_conflicts=True,
        unique_fields=["job"],
        update_fields=["value", "expires_at"],
    )


def result_of(job_id: uuid.UUID) -> Any:
    """Return what the work of a job returned, as JSON gives it back.

    ``None`` until the job has succeeded, if it returned nothing, and after its time.
    """
    kept = Result.objects.filter(pk=job_id, expires_at__gt=clock.ago())
    value = kept.values_list("value", flat=True).first()
    return None if value is None else json.loads(value)


def results_before(job_id: uuid.UUID) -> dict[uuid.UUID, Any]:
    """Return the results of the jobs that a job waited for, by their ids, in order.

    For the work that follows others: the next step of a chain is given one, the
    completion of a group one for each member that returned something.
    """
    links = Link.objects.filter(after_id=job_id, before__kept_result__isnull=False)
    found = links.order_by("pk").values_list("before_id", "before__kept_result__value")
    return {before_id: json.loads(value) for before_id, value in found}


def forget_expired() -> int:
    """Delete results whose time is over and that nobody waits for; return how many."""
    total = 0
    for _ in range(BATCHES):
        deleted = _forget_batch()
        total += deleted
        if deleted < BATCH_ROWS:
            break
    return total


def _forget_batch() -> int:
    readers = Link.objects.filter(
        before_id=OuterRef("pk"), after__state__in=sorted(OPEN)
    )
    expired = Result.objects.filter(~Exists(readers), expires_at__lt=clock.ago())
    ids = list(expired.order_by("expires_at").values_list("pk", flat=True)[:BATCH_ROWS])
    deleted, _ = Result.objects.filter(pk__in=ids).delete()
    return deleted
