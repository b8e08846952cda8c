"""Rows of an upload for tests: landed, refused, and what they changed."""

import datetime as dt
from typing import Any

from uploads.models import DataUpdate, RawTransaction, Reject, Upload
from uploads.states import Period

MOMENT = dt.datetime(2024, 3, 5, 15, 30, tzinfo=dt.UTC)


def a_sale(upload: Upload, **values: Any) -> RawTransaction:
    defaults: dict[str, Any] = {
        "company_id": upload.company_id,
        "upload": upload,
        "occurred_at": MOMENT,
        "transaction_id": "B-17",
        "product_id": "A1",
        "quantity": "2",
        "price_total": "1990",
    }
    return RawTransaction(**{**defaults, **values})


def a_reject(upload: Upload, **values: Any) -> Reject:
    defaults: dict[str, Any] = {
        "company_id": upload.company_id,
        "upload": upload,
        "line": 2,
        "record": 1,
        "byte_offset": 6,
        "column": "Fecha",
        "code": "bad_date",
        "excerpt": "31-02-2024",
        "raw": ["31-02-2024", "1990"],
    }
    return Reject(**{**defaults, **values})


def an_update(upload: Upload, **values: Any) -> DataUpdate:
    defaults: dict[str, Any] = {
        "company_id": upload.company_id,
        "upload": upload,
        "period": Period.MONTHLY,
        "starts_on": dt.date(2024, 3, 1),
        "rows_before": 1,
        "rows_after": 3,
        "rows_added": 2,
        "rows_updated": 0,
        "rows_unchanged": 1,
        "rows_deleted": 0,
    }
    return DataUpdate(**{**defaults, **values})
