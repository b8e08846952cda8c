"""What is decided about an upload from what was found in it. Pure.

Nothing here looks at a clock, a database or a file.
"""

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from processing.errors import TooManyBadRowsError
from processing.pipeline.findings import Question
from uploads.services.work import Reason, Tally, UploadWork
from uploads.states import BadRows


def review_reason(work: UploadWork, questions: Sequence[Question]) -> Reason | None:
    """Return why a person must look before any row is read, or ``None``."""
    if questions:
        return Reason(
            code="columns_unclear",
            message=" ".join(q.message for q in questions),
            details={"questions": [dataclasses.asdict(q) for q in questions]},
        )
    if work.review_requested:
        return Reason(
            code="review_requested",
            message="the file was understood and waits for a person to agree",
        )
    return None


def may_land(work: UploadWork, tally: Tally) -> bool:
    """Say whether nothing that was counted keeps the good rows from landing."""
    too_many = is_over_count(work, tally.rejected) or _is_over_percent(work, tally)
    return not too_many and quality_reason(work, tally) is None


def quality_reason(work: UploadWork, tally: Tally) -> Reason | None:
    """Return why the file is too poor to land unseen, or ``None``."""
    score = tally.quality_score
    if score is None or score >= work.quality_threshold:
        return None
    return Reason(
        code="quality_below_threshold",
        message=f"quality is {score}; at least {work.quality_threshold} is expected",
        details={"score": str(score), "threshold": work.quality_threshold},
    )


def check_bad_rows(work: UploadWork, tally: Tally) -> None:
    """Raise ``TooManyBadRowsError`` if more rows were refused than the client allows.

    A limit may be a count, a percentage or both; the first one broken decides.
    """
    if not is_over_count(work, tally.rejected) and not _is_over_percent(work, tally):
        return
    raise TooManyBadRowsError(
        rejected=tally.rejected, read=tally.read, allowed=_allowed(work)
    )


def is_over_count(work: UploadWork, rejected: int) -> bool:
    """Say whether so many refused rows are already too many, whatever follows."""
    if work.bad_rows is BadRows.ABORT:
        return rejected > 0
    if work.bad_rows is BadRows.LIMIT and work.bad_rows_limit is not None:
        return rejected > work.bad_rows_limit
    return False


def _is_over_percent(work: UploadWork, tally: Tally) -> bool:
    if work.bad_rows is not BadRows.LIMIT or work.bad_rows_percent is None:
        return False
    return Decimal(100 * tally.rejected) > work.bad_rows_percent * tally.read


def _allowed(work: UploadWork) -> str:
    if work.bad_rows is BadRows.ABORT:
        return "0"
    limits = (
        None if work.bad_rows_limit is None else str(work.bad_rows_limit),
        None if work.bad_rows_percent is None else f"{work.bad_rows_percent} %",
    )
    return " and ".join(limit for limit in limits if limit is not None)
