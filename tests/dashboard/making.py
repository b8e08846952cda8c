"""Uploads in every state a page must show, written straight into the tables."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import Company, User
from uploads.models import DataUpdate, Reject, Upload

NUMBERS = itertools.count(1)
DIALECT: dict[str, Any] = {
    "encoding": "cp1252",
    "delimiter": ";",
    "quote": '"',
    "escape": None,
    "line_ending": "\r\n",
    "header_line": 1,
    "header": ["Fecha", "Boleta", "SKU", "Cant.", "Total", "Bodega"],
    "columns": [
        {"header": h, "index": i, "field": f, "confidence": c, "reason": "synonym"}
        for i, (h, f, c) in enumerate(
            (
                ("Fecha", "occurred_at", 1.0),
                ("Boleta", "transaction_id", 0.98),
                ("SKU", "product_id", 1.0),
                ("Cant.", "quantity", 0.91),
                ("Total", "price_total", 1.0),
                ("Bodega", None, 0.0),
            )
        )
    ],
    "decimal_marks": {"price_total": "comma"},
    "date_orders": {"occurred_at": "day_first"},
    "confidence": 0.97,
}
ASSUMPTIONS = [
    {
        "kind": "date_order",
        "column": "Fecha",
        "assumed": "day_first",
        "values": 1204,
    }
]
PARTS = {
    "completeness": "19.84",
    "accuracy": "19.71",
    "consistency": "20.00",
    "timeliness": "14.98",
    "uniqueness": "15.00",
    "validity": "9.80",
}

COMPLETED: dict[str, Any] = {
    "original_name": "Ventas Ñuñoa noviembre 2026.csv",
    "status": "completed",
    "phase": "finished",
    "progress_percent": 100,
    "rows_read": 100_000,
    "rows_inserted": 91_000,
    "rows_updated": 6_400,
    "rows_blank": 14,
    "rows_footnotes": 2,
    "rows_headers": 3,
    "remarks": [
        {"code": "price_mismatch", "rows": 1_204, "lines": [40, 71, 812, 9_120, 9_121]},
        {"code": "too_few_fields", "rows": 1, "lines": [12_044]},
    ],
    "rows_per_second": 118_204.0,
    "quality_score": Decimal("99.33"),
    "quality_parts": PARTS,
    "dialect": DIALECT,
    "assumptions": ASSUMPTIONS,
}


def an_upload(company: Company, user: User | None = None, **values: Any) -> Upload:
    """Return a new upload that waits, unless ``values`` say otherwise."""
    number = next(NUMBERS)
    defaults: dict[str, Any] = {
        "original_name": f"ventas-{number:03}.csv",
        "stored_name": f"stored-{number}",
        "size_bytes": 7_340_032,
        "sha256": f"{number:064x}",
    }
    return Upload.objects.create(company=company, user=user, **{**defaults, **values})


def a_running_upload(company: Company, user: User | None = None) -> Upload:
    return an_upload(
        company,
        user,
        status="processing",
        phase="reading",
        progress_percent=42,
        rows_read=418_000,
        rows_accepted=410_112,
        rows_rejected=7_888,
        rows_per_second=104_512.0,
        seconds_left=9.4,
        dialect=DIALECT,
        started_at=timezone.now(),
    )


def a_completed_upload(
    company: Company, user: User | None = None, *, refused: int = 120
) -> Upload:
    """Return one that landed, with refused rows and what changed by month."""
    now = timezone.now()
    upload = an_upload(
        company,
        user,
        **COMPLETED,
        rows_accepted=100_000 - refused,
        rows_unchanged=2_600 - refused,
        rows_rejected=refused,
        reject_counts={"bad_date": refused} if refused else {},
        started_at=now - dt.timedelta(seconds=3),
        finished_at=now,
    )
    refuse_rows(upload, refused)
    DataUpdate.objects.bulk_create(
        DataUpdate(
            company=company,
            upload=upload,
            period="monthly",
            starts_on=dt.date(2026, month, 1),
            rows_before=1200 * month,
            rows_after=1200 * month + 45_500,
            rows_added=45_500,
            rows_updated=3_200,
            rows_unchanged=1_240,
            rows_deleted=0,
        )
        for month in (10, 11)
    )
    return upload


def refuse_rows(upload: Upload, rows: int, *, code: str = "bad_date") -> None:
    Reject.objects.bulk_create(
        Reject(
            company=upload.company,
            upload=upload,
            line=17 + 11 * number,
            record=16 + 11 * number,
            byte_offset=900 * number,
            column="Fecha",
            code=code,
            excerpt="31-02-2026 <b>",
            raw=["31-02-2026", "B-1"],
        )
        for number in range(rows)
    )


def a_failed_upload(company: Company, user: User | None = None) -> Upload:
    upload = an_upload(
        company,
        user,
        original_name="cierre-de-caja.csv",
        status="failed",
        phase="finished",
        progress_percent=58,
        rows_read=52_010,
        rows_accepted=40_007,
        rows_rejected=12_003,
        reject_counts={"bad_number": 12_000, "missing_required": 3},
        error_code="too_many_bad_rows",
        error_message="12003 of 52010 rows were refused; allowed: 100",
        dialect=DIALECT,
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )
    refuse_rows(upload, 60, code="bad_number")
    return upload
