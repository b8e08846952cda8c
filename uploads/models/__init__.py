"""The tables of uploads. Only the ``uploads`` package imports them."""

from uploads.models.correction import CorrectedRow
from uploads.models.day import DayCount
from uploads.models.idempotency import IdempotencyKey
from uploads.models.mapping import ColumnMapping
from uploads.models.reject import Reject
from uploads.models.review import LearntHeader, UploadPreview, UploadReview
from uploads.models.transaction import RawTransaction
from uploads.models.update import DataUpdate
from uploads.models.upload import Upload

__all__ = [
    "ColumnMapping",
    "CorrectedRow",
    "DataUpdate",
    "DayCount",
    "IdempotencyKey",
    "LearntHeader",
    "RawTransaction",
    "Reject",
    "Upload",
    "UploadPreview",
    "UploadReview",
]
