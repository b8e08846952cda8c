"""The job of an upload, addressed by the actor's name: the web loads no actor."""

import uuid

from jobs.enqueue import enqueue
from uploads.models import Upload

# A test of the house checks that this actor exists and takes what is sent.
ACTOR = "process_upload"
QUEUE = "processing"


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
