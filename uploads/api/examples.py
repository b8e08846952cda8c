"""Examples in the API's description."""

from typing import Any

from drf_spectacular.utils import OpenApiExample

UPLOAD_ID = "019a0f2c-7d3e-7c11-9f64-0b5d4c1a2e3f"
MAPPING_ID = "019a0f2c-9a10-7d52-8a41-5d2f6f0c7b11"


def sent(name: str, value: Any) -> OpenApiExample:
    """Return an example of what a client sends as JSON."""
    return OpenApiExample(
        name, value=value, request_only=True, media_type="application/json"
    )


def answered(name: str, value: Any, *, status: int = 200) -> OpenApiExample:
    """Return an example of what a client gets."""
    return OpenApiExample(
        name, value=value, response_only=True, status_codes=[str(status)]
    )


PROGRESS = [
    answered(
        "Half-way",
        {
            "upload_id": UPLOAD_ID,
            "sequence": 17,
            "status": "processing",
            "phase": "reading",
            "progress_percent": 48,
            "rows_read": 61_000,
            "rows_accepted": 60_120,
            "rows_rejected": 880,
            "rows_per_second": 152_000.0,
            "seconds_left": 1.4,
        },
    ),
    answered(
        "Completed, with totals below the table and two odd rows",
        {
            "upload_id": UPLOAD_ID,
            "sequence": 23,
            "status": "completed",
            "phase": "finished",
            "progress_percent": 100,
            "rows_read": 125_000,
            "rows_accepted": 124_120,
            "rows_inserted": 124_000,
            "rows_updated": 20,
            "rows_unchanged": 100,
            "rows_duplicate": 0,
            "rows_rejected": 880,
            "rows_blank": 14,
            "rows_footnotes": 2,
            "rows_headers": 3,
            "remarks": [
                {
                    "code": "price_mismatch",
                    "rows": 2,
                    "lines": [40, 71_003],
                    "message": "The total is far from quantity times unit price less"
                    " discount.",
                }
            ],
        },
    ),
]
REJECTS = [
    answered(
        "One bad date",
        {
            "next": None,
            "results": [
                {
                    "line": 14,
                    "record": 13,
                    "column": "Fecha",
                    "code": "bad_date",
                    "message": "The text is not a date in the order this column uses.",
                    "excerpt": "31-02-2024",
                }
            ],
        },
    )
]
UPDATES = [
    answered(
        "One month",
        {
            "results": [
                {
                    "period": "monthly",
                    "starts_on": "2024-03-01",
                    "rows_before": 120,
                    "rows_after": 180,
                    "rows_added": 60,
                    "rows_updated": 4,
                    "rows_unchanged": 116,
                    "rows_deleted": 0,
                }
            ]
        },
    )
]
RETRY = [sent("Land it whatever its quality", {"quality_threshold": 0})]
MAPPING = [
    sent(
        "A till's export",
        {
            "name": "Caja 1",
            "columns": {
                "Fecha": "occurred_at",
                "Boleta": "transaction_id",
                "SKU": "product_id",
                "Cant.": "quantity",
                "Total": "price_total",
            },
            "formats": {"decimal_mark": "comma", "date_order": "day_first"},
            "is_default": True,
        },
    )
]
