"""What a job's name means: each actor is one call to whoever does the work.

``ingest`` is imported here and not in the child alone, although that brings Polars into
the worker that only watches: 25 MB once a worker process (of 75 MB for Django), against
half a second before the first row of every fresh child. Nothing here forks; children
are spawned.
"""

import uuid
from typing import Any

import structlog
from django.db import connection
from django.utils import timezone

from jobs.actors import job_actor
from jobs.fence import CurrentJob
from processing.ingest import ingest
from processing.previewing import make_preview
from uploads.answers import Reading
from uploads.services.retention import expire_uploads

PROCESSING, DEFAULT = "processing", "default"

log = structlog.get_logger(__name__)


@job_actor(queue=PROCESSING, isolated=True)
def process_upload(job: CurrentJob, *, upload_id: str) -> None:
    """Land one upload. A second run of an upload that has ended does nothing."""
    ingest(uuid.UUID(upload_id), hold=job.hold)


@job_actor(queue=DEFAULT, isolated=True, soft_limit_seconds=10, hard_limit_seconds=60)
def preview_upload(job: CurrentJob, *, upload_id: str, reading: dict[str, Any]) -> None:
    """Show an upload as it looks read in one way. A second run shows the same."""
    make_preview(uuid.UUID(upload_id), Reading(**reading), hold=job.hold)


@job_actor(queue=DEFAULT)
def cleanup_old_uploads(_job: CurrentJob) -> None:
    """Remove files and history beyond their retention; landed rows stay."""
    expire_uploads(timezone.now())


@job_actor(queue=DEFAULT)
def health_check(job: CurrentJob) -> None:
    """Prove that a job comes through: broker, worker and database all answered."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    log.debug("health_checked", job_id=str(job.job_id), attempt=job.attempt)
