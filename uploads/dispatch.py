"""The job of an upload, addressed by the actor's name: the web loads no actor."""

import uuid
from collections.abc import Mapping
from typing import Any

from jobs.enqueue import enqueue
from uploads.models import Upload

# A test of the house checks that these actors exist and take what is sent.
ACTOR = "process_upload"
QUEUE = "processing"
PREVIEW_ACTOR = "preview_upload"
# Not behind the files that are being landed: somebody sits and waits.
PREVIEW_QUEUE = "default"


def enqueue_processing(upload: Upload) -> uuid.UUID:
    """Write the job that will process ``upload`` and return its id.

    Part of the caller's transaction: the job exists exactly if the upload does.
    """
    return enqueue(
        ACTOR,
        args={"upload_id": str(upload.pk)},
        queue=QUEUE,
        tenant_id=upload.company_id,
    )


def enqueue_preview(
    upload_id: uuid.UUID, *, company_id: uuid.UUID, reading: Mapping[str, Any]
) -> uuid.UUID:
    """Write the job that will show an upload read in this way, unless one waits.

    Part of the caller's transaction.
    """
    return enqueue(
        PREVIEW_ACTOR,
        args={"upload_id": str(upload_id), "reading": dict(reading)},
        queue=PREVIEW_QUEUE,
        tenant_id=company_id,
        dedupe_key=f"{upload_id} {sorted(reading.items())}"[:200],
    )
