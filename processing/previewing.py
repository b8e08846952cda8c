"""Showing a file before it lands: the pipeline's preview as JSON of a bounded size.

Only the beginning of the file is read, so that somebody who waits sees it at once. What
was decided from all of the file stands with the upload.
"""

import dataclasses
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from processing import terms
from processing.limits import reading_limits
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints
from processing.pipeline.glance import Glance, glance
from uploads.answers import Reading
from uploads.services import lifecycle, previews
from uploads.services.previews import PreviewMade
from uploads.services.work import UploadWork

GONE = PreviewMade(
    error_code="stored_file_missing",
    error_message="the file is no longer stored; send it again",
)


def make_preview(
    upload_id: uuid.UUID, reading: Reading, *, hold: Callable[[], None]
) -> None:
    """Keep what the upload looks like read in this way.

    ``hold`` is called as the last act of the transaction and raises if this attempt
    may not commit any more. Safe to run twice; a deleted upload is left alone.
    """
    work = previews.begin_preview(upload_id)
    if work is None:
        return
    made = _made(work, reading)
    with lifecycle.one_transaction():
        previews.keep_preview(upload_id, reading, made)
        hold()


def _made(work: UploadWork, reading: Reading) -> PreviewMade:
    if not work.path.is_file():
        return GONE
    try:
        seen = glance(work.path, _hints_of(work, reading), reading_limits())
    except FileError as exc:
        return PreviewMade(error_code=exc.code, error_message=str(exc))
    return PreviewMade(content=_json_of(seen))


def _hints_of(work: UploadWork, reading: Reading) -> Hints:
    """Return the hints of the upload, with another reading where one was asked for.

    Columns that were chosen for one cut of the file mean nothing in another one.
    """
    hints = terms.hints_of(work, now=timezone.now())
    given = reading.given()
    if not given:
        return hints
    return dataclasses.replace(hints, **given, chosen={}, forced_marks={})


def _json_of(seen: Glance) -> Mapping[str, Any]:
    return dataclasses.asdict(seen)
