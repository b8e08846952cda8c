"""Every event a browser may be told, as frozen data. Knows the standard library only.

An event carries absolute state, never a difference: whoever misses one reads the same
numbers by GET. ``type`` is the wire name; Channels finds the handler by turning the
dot into an underscore.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, ClassVar


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadEvent:
    """What every event of an upload says. Ids are strings, percent is 0 to 100."""

    type: ClassVar[str] = ""

    upload_id: str
    company_id: str
    sequence: int
    status: str
    phase: str
    progress_percent: int
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_per_second: float | None = None
    seconds_left: float | None = None

    def as_message(self) -> dict[str, Any]:
        """Return the event as a JSON-safe dictionary with its ``type``."""
        return {"type": self.type, **dataclasses.asdict(self)}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadAccepted(UploadEvent):
    """The file is durable and will be processed."""

    type: ClassVar[str] = "upload.accepted"
    original_name: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadProgressed(UploadEvent):
    """The upload moved on; at most a few of these a second."""

    type: ClassVar[str] = "upload.progressed"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadLoaded(UploadEvent):
    """The rows are in the table; the counts are final.

    ``remarks`` are of accepted rows: code, rows, first lines and a message each.
    """

    type: ClassVar[str] = "upload.loaded"
    rows_inserted: int = 0
    rows_updated: int = 0
    rows_unchanged: int = 0
    rows_duplicate: int = 0
    rows_blank: int = 0
    rows_footnotes: int = 0
    rows_headers: int = 0
    remarks: tuple[Mapping[str, Any], ...] = ()
    quality_score: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadFailed(UploadEvent):
    """The upload ended without landing a row."""

    type: ClassVar[str] = "upload.failed"
    error_code: str = ""
    error_message: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadCancelled(UploadEvent):
    """Somebody cancelled the upload; no row of it landed."""

    type: ClassVar[str] = "upload.cancelled"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadNeedsReview(UploadEvent):
    """A person has to decide before anything lands."""

    type: ClassVar[str] = "upload.needs_review"
    error_code: str = ""
    error_message: str = ""


EVENTS: tuple[type[UploadEvent], ...] = (
    UploadAccepted,
    UploadProgressed,
    UploadLoaded,
    UploadFailed,
    UploadCancelled,
    UploadNeedsReview,
)
