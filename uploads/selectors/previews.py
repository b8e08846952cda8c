"""Reads of what a file looks like before it lands."""

import uuid
from collections.abc import Mapping
from typing import Any

from uploads.access import upload_of
from uploads.answers import Reading
from uploads.models import Upload
from uploads.selectors.learnt import teachers_of
from uploads.states import Status

# What was decided from all of the file replaces what its beginning suggested.
# What a preview lacks that an older release made.
OLDER: Mapping[str, Any] = {"sheet": "", "sheets": []}
FROM_ALL = ("field", "confidence", "reason")


def preview_view(
    company_id: uuid.UUID,
    upload_id: uuid.UUID,
    *,
    content: Mapping[str, Any],
    reading: Reading,
) -> Mapping[str, Any]:
    """Return what was made of the upload with what is known by now, JSON-safe.

    Raises ``UploadNotFoundError``.
    """
    upload = upload_of(company_id, upload_id)
    shown = {**OLDER, **content, "attempt": upload.attempts, "evidence": "beginning"}
    if upload.status == Status.NEEDS_REVIEW and upload.dialect and not reading.given():
        shown |= _from_all(upload, content)
    teachers = teachers_of(company_id, [c["header"] for c in shown["columns"]])
    shown["columns"] = [
        {"readings": {}, **column, "learnt": _lesson(column, teachers)}
        for column in shown["columns"]
    ]
    return shown


def _from_all(upload: Upload, content: Mapping[str, Any]) -> dict[str, Any]:
    decided = {column["index"]: column for column in upload.dialect["columns"]}
    marks, orders = upload.dialect["decimal_marks"], upload.dialect["date_orders"]
    columns = []
    for column in content["columns"]:
        known = decided.get(column["index"])
        if known is not None:
            field = known["field"] or ""
            column = {  # noqa: PLW2901 - the same column, better known
                **column,
                **{name: known[name] for name in FROM_ALL},
                "decimal_mark": marks.get(field, ""),
                "date_order": orders.get(field, ""),
            }
        columns.append(column)
    return {
        "columns": columns,
        "assumptions": upload.assumptions,
        "questions": upload.error_details.get("questions", []),
        "evidence": "whole_file",
    }


def _lesson(
    column: Mapping[str, Any], teachers: Mapping[str, Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    if column["reason"] != "learnt":
        return None
    return teachers.get(column["header"])
