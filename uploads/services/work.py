"""What crosses the boundary between uploads and processing: frozen values only."""

import dataclasses
import datetime as dt
import enum
import uuid
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from uploads.answers import SAID_NOTHING, Answers
from uploads.states import BadRows, LoadMode, Period


class Phase(enum.StrEnum):
    """What is being done about an upload right now; pages translate these words."""

    WAITING = "waiting"
    RETRYING = "retrying"
    VALIDATING = "validating"
    READING = "reading"
    MERGING = "merging"
    FINALISING = "finalising"
    FINISHED = "finished"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """The upload whose refused rows come back: where its file is, how it was read.

    ``dialect`` and ``defaults`` are what was kept of its reading.
    """

    upload_id: uuid.UUID
    path: Path
    dialect: Mapping[str, Any]
    defaults: Mapping[str, str]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadWork:
    """Everything one attempt needs to know about its upload and its company.

    ``attempt`` counts attempts over the life of the upload; writes of an attempt that
    is not the current one are ignored. ``quality_threshold`` is already resolved: the
    client's, or else the company's; 0 never asks for a review. ``formats`` overrule
    the file, the company's conventions answer only where the file does not decide.
    ``answers`` overrule both. ``learnt`` is a folded header to its field, or to nothing
    if columns of that name are left out. ``corrects`` is there for a correction only.
    """

    upload_id: uuid.UUID
    company_id: uuid.UUID
    attempt: int
    path: Path
    load_mode: LoadMode
    bad_rows: BadRows
    bad_rows_limit: int | None
    bad_rows_percent: Decimal | None
    quality_threshold: int
    keep_extra: bool
    review_requested: bool
    mapping: Mapping[str, str]
    formats: Mapping[str, str]
    defaults: Mapping[str, str]
    time_zone: str
    decimal_mark: str
    date_order: str
    currency: str
    answers: Answers = SAID_NOTHING
    corrects: Corrected | None = None
    learnt: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class DetectedColumn:
    """What one column of the file was taken for, how surely (0 to 1) and why."""

    header: str
    index: int
    field: str | None
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Detection:
    """How the file was understood; kept with the upload and shown to its owner.

    ``decimal_marks`` and ``date_orders`` are by field. Each assumption is a flat
    mapping of kind, column, what was assumed and for how many values. ``sheet`` is the
    one of a workbook that was read, else empty.
    """

    encoding: str
    delimiter: str
    quote: str | None
    escape: str | None
    line_ending: str
    header_line: int
    header: tuple[str, ...]
    columns: tuple[DetectedColumn, ...]
    decimal_marks: Mapping[str, str]
    date_orders: Mapping[str, str]
    confidence: float
    sheet: str
    assumptions: tuple[Mapping[str, str | int], ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReport:
    """Where an attempt stands, in absolute numbers. ``percent`` is 0 to 100."""

    phase: Phase
    percent: int
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    rows_per_second: float | None = None
    seconds_left: float | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """How many accepted rows are odd in one way, and the lines of the first of them."""

    code: str
    rows: int
    lines: tuple[int, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What reading the whole file gave: ``read = accepted + rejected``.

    Records that are neither are counted apart: ``blank`` ones, ``footnotes`` below the
    table and ``headers`` that stood among the records.
    """

    read: int
    accepted: int
    rejected: int
    blank: int
    footnotes: int = 0
    headers: int = 0
    remarks: tuple[Remark, ...] = ()
    reject_counts: Mapping[str, int] = dataclasses.field(default_factory=dict)
    quality_score: Decimal | None = None
    quality_parts: Mapping[str, Decimal] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """What the merge did: ``accepted = inserted + updated + unchanged + duplicate``."""

    inserted: int
    updated: int
    unchanged: int
    duplicate: int
    deleted: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PeriodChange:
    """Rows of one period before and after: ``after = before + added - deleted``."""

    period: Period
    starts_on: dt.date
    before: int
    after: int
    added: int
    updated: int
    unchanged: int
    deleted: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Everything a completed upload records."""

    tally: Tally
    landed: Landed
    changes: tuple[PeriodChange, ...]
    rows_per_second: float | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why an upload failed or needs a person. ``details`` must be JSON-safe."""

    code: str
    message: str
    details: Mapping[str, object] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LandingTables:
    """The tables rows are copied into, named by their owner."""

    transactions: str
    rejects: str
    corrected: str
    day_counts: str
