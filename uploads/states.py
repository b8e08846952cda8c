"""The statuses of an upload and the changes allowed between them."""

import enum


class Status(enum.StrEnum):
    """Where an upload stands."""

    PENDING = "pending"
    VALIDATING = "validating"
    PROCESSING = "processing"
    NEEDS_REVIEW = "needs_review"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REVERTED = "reverted"


TERMINAL = frozenset(
    {
        Status.NEEDS_REVIEW,
        Status.COMPLETED,
        Status.FAILED,
        Status.CANCELLED,
        Status.REVERTED,
    }
)
# A second attempt starts again at validating: nothing of the first one landed.
UNFINISHED = frozenset({Status.PENDING, Status.VALIDATING, Status.PROCESSING})
RETRYABLE = frozenset({Status.FAILED, Status.CANCELLED, Status.NEEDS_REVIEW})


class LoadMode(enum.StrEnum):
    """What happens to a row whose natural key is already in the table."""

    APPEND = "append"
    UPSERT = "upsert"
    REPLACE_PERIOD = "replace_period"


class BadRows(enum.StrEnum):
    """What refused rows do to the upload; a limit is given beside ``LIMIT``."""

    CONTINUE = "continue"
    ABORT = "abort"
    LIMIT = "limit"


class Period(enum.StrEnum):
    """The periods for which data updates are recorded."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
