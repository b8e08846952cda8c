"""What people may see of uploads, as frozen data. No path, no job, no long cell."""

import dataclasses
import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """An upload. ``has_file`` says whether its file can still be read again."""

    id: uuid.UUID
    company_id: uuid.UUID
    user_email: str
    original_name: str
    size_bytes: int
    sha256: str
    status: str
    phase: str
    progress_percent: int
    sequence: int
    load_mode: str
    bad_rows: str
    bad_rows_limit: int | None
    bad_rows_percent: Decimal | None
    quality_threshold: int | None
    keep_extra: bool
    review_requested: bool
    forced: bool
    mapping_id: uuid.UUID | None
    mapping_used: Mapping[str, str]
    answers: Mapping[str, Any]
    dialect: Mapping[str, Any]
    assumptions: Sequence[Mapping[str, Any]]
    rows_read: int
    rows_accepted: int
    rows_inserted: int
    rows_updated: int
    rows_unchanged: int
    rows_duplicate: int
    rows_rejected: int
    rows_blank: int
    rows_footnotes: int
    rows_headers: int
    rows_deleted: int
    rows_per_second: float | None
    seconds_left: float | None
    quality_score: Decimal | None
    quality_parts: Mapping[str, Any]
    reject_counts: Mapping[str, int]
    remarks: Sequence[Mapping[str, Any]]
    error_code: str
    error_message: str
    error_details: Mapping[str, Any]
    attempts: int
    has_file: bool
    corrects: uuid.UUID | None
    corrected_by: tuple[uuid.UUID, ...]
    rows_corrected: int
    created_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadsPage:
    """Uploads, newest first."""

    uploads: tuple[UploadView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejectView:
    """A refused row: physical ``line`` and ``record`` from 1, why, and an excerpt.

    ``column`` is empty where the whole record is at fault; ``message`` is English.
    ``corrected_by`` is the upload that brought it back, once it has landed.
    """

    line: int
    record: int
    column: str
    code: str
    message: str
    excerpt: str
    corrected_by: uuid.UUID | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class RejectsPage:
    """Refused rows in the order of the file."""

    rejects: tuple[RejectView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """What an upload changed in one period, which begins on ``starts_on``."""

    period: str
    starts_on: dt.date
    rows_before: int
    rows_after: int
    rows_added: int
    rows_updated: int
    rows_unchanged: int
    rows_deleted: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MappingView:
    """A saved mapping: source header to field, formats and defaults."""

    id: uuid.UUID
    name: str
    columns: Mapping[str, str]
    formats: Mapping[str, str]
    defaults: Mapping[str, str]
    is_default: bool
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MappingsPage:
    """Mappings, newest first."""

    mappings: tuple[MappingView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LearntView:
    """What a header was taken for by a person; an empty ``field`` leaves it out.

    ``by`` is empty once that person is gone; ``source`` is review or mapping.
    """

    id: uuid.UUID
    header: str
    field: str
    source: str
    by: str
    upload_id: uuid.UUID | None
    learnt_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LearntPage:
    """What a company taught us, newest first."""

    headers: tuple[LearntView, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """One answer about an upload; ``question`` is the code of what was asked."""

    attempt: int
    question: str
    decision: str
    answers: Mapping[str, Any]
    by: str
    created_at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TransactionView:
    """A landed sale line, known by transaction, product and occurrence."""

    upload_id: uuid.UUID
    occurred_at: dt.datetime
    transaction_id: str
    product_id: str
    occurrence: int
    quantity: Decimal
    price_total: Decimal
    transaction_type: str | None
    customer_id: str | None
    description: str | None
    category: str | None
    unit_type: str | None
    stock: Decimal | None
    cost_unit: Decimal | None
    cost_total: Decimal | None
    price_unit: Decimal | None
    discount_total: Decimal | None
    commission_total: Decimal | None
    margin: Decimal | None
    extra: Mapping[str, Any] | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TransactionsPage:
    """Sales by the moment they occurred, oldest first."""

    transactions: tuple[TransactionView, ...]
    next_cursor: str | None
