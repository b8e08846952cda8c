"""Examples of previews and reviews in the API's description."""

from uploads.api.examples import UPLOAD_ID, answered, sent

PREVIEW = [
    answered(
        "A till's export",
        {
            "attempt": 1,
            "evidence": "whole_file",
            "sheet": "",
            "sheets": [],
            "encoding": {
                "value": "cp1252",
                "confidence": 0.8,
                "reason": "not UTF-8; its letters are those of a sales file",
            },
            "delimiter": {"value": ";", "confidence": 0.83, "reason": "cuts best"},
            "quote": {"value": '"', "confidence": 0.83, "reason": "cuts best"},
            "line_ending": {
                "value": "\r\n",
                "confidence": 1.0,
                "reason": "most lines",
            },
            "header_line": {"value": 1, "confidence": 1.0, "reason": "known names"},
            "column_count": 1,
            "columns": [
                {
                    "index": 0,
                    "header": "Ref.",
                    "field": "product_id",
                    "confidence": 0.85,
                    "reason": "synonym",
                    "decimal_mark": "",
                    "date_order": "",
                    "samples": ["A-1", "A-7"],
                    "readings": {},
                    "learnt": None,
                }
            ],
            "records": [{"line": 2, "cells": ["A-1"]}],
            "rejects": [],
            "assumptions": [],
            "questions": [
                {
                    "code": "unsure_column",
                    "field": "product_id",
                    "columns": ["Ref."],
                    "message": "Column “Ref.” may be product_id; confirm it.",
                }
            ],
            "cells_cut": 0,
            "is_whole": True,
        },
    ),
    answered("Being made", {"status": "being_made"}, status=202),
]
ANSWER = [
    sent("Accept it as shown", {}),
    sent(
        "Overrule two columns",
        {
            "attempt": 1,
            "columns": [
                {"index": 2, "field": "product_id"},
                {"index": 4, "field": "price_total", "decimal_mark": "comma"},
                {"index": 5, "field": ""},
            ],
            "defaults": {"quantity": "1"},
        },
    ),
    sent("Read it another way", {"delimiter": ";", "header_line": 3}),
    sent("Give it up", {"decision": "reject"}),
]
REVIEWS = [
    answered(
        "One answer",
        {
            "results": [
                {
                    "attempt": 1,
                    "question": "columns_unclear",
                    "decision": "accept",
                    "answers": {
                        "reading": {},
                        "columns": [
                            {
                                "index": 2,
                                "header": "Ref.",
                                "field": "product_id",
                                "decimal_mark": "",
                                "date_order": "",
                                "is_news": True,
                            }
                        ],
                        "defaults": {},
                    },
                    "by": "duena@almacen.example",
                    "created_at": "2026-03-05T13:05:00Z",
                }
            ]
        },
    )
]
LEARNT = [
    answered(
        "One header",
        {
            "next": None,
            "results": [
                {
                    "id": "019a0f2c-9a10-7d52-8a41-5d2f6f0c7b12",
                    "header": "Ref.",
                    "field": "product_id",
                    "source": "review",
                    "by": "duena@almacen.example",
                    "upload_id": UPLOAD_ID,
                    "learnt_at": "2026-03-05T13:05:02Z",
                }
            ],
        },
    )
]
