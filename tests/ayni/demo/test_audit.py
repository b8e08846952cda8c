import dataclasses
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Company
from ayni.demo.audit import disagreements
from ayni.sales.oracle import BadLine, Oracle
from uploads.models import RawTransaction, Reject, Upload

pytestmark = pytest.mark.django_db

ORACLE = Oracle(
    rows=3,
    good_rows=2,
    quantity=Decimal("2.5"),
    price_total=Decimal("10.25"),
    rejects=(BadLine(line=4, code="bad_date"),),
)


@pytest.fixture
def upload() -> dict[str, Any]:
    """Return what the API says of an upload whose rows and refusals are in place."""
    company = Company.objects.create(name="Almacén", rut="76.086.428-5")
    kept = Upload.objects.create(company=company, size_bytes=1, sha256="0" * 64)
    for number, (quantity, total) in enumerate((("1.25", "5.00"), ("1.25", "5.25"))):
        RawTransaction.objects.create(
            company=company,
            upload=kept,
            occurred_at=timezone.now(),
            transaction_id="B1",
            product_id=str(number),
            quantity=quantity,
            price_total=total,
        )
    Reject.objects.create(
        company=company, upload=kept, line=4, record=3, byte_offset=0, code="bad_date"
    )
    counts = {"read": 3, "inserted": 2, "rejected": 1}
    zeros = dict.fromkeys(("updated", "unchanged", "duplicate"), 0)
    return {
        "id": str(kept.pk),
        "status": "completed",
        "error_code": "",
        "error_message": "",
        **{f"rows_{name}": count for name, count in {**counts, **zeros}.items()},
    }


def test_numbers_that_agree_leave_nothing_to_say(upload: dict[str, Any]) -> None:
    assert disagreements(upload, ORACLE) == ()


@pytest.mark.parametrize(
    ("lie", "sentence"),
    [
        ({"status": "failed", "error_code": "boom"}, "ended failed"),
        ({"rows_read": 4}, "4 rows were read but 3 accounted for"),
        ({"rows_read": 4, "rows_unchanged": 1}, "the file has 3"),
        ({"rows_rejected": 0}, "0 rows were refused; 1 are broken"),
        ({"rows_inserted": 1}, "the table has 2 rows of the upload; it reports 1"),
    ],
)
def test_a_report_that_disagrees_is_told(
    upload: dict[str, Any], lie: dict[str, Any], sentence: str
) -> None:
    assert any(sentence in told for told in disagreements({**upload, **lie}, ORACLE))


@pytest.mark.parametrize(
    ("truth", "sentence"),
    [
        ({"good_rows": 1}, "the table has 2 rows; 1 of the file are good"),
        ({"quantity": Decimal("2.5001")}, "quantities add up to 2.5000"),
        ({"price_total": Decimal(10)}, "totals add up to 10.2500"),
        ({"rejects": (BadLine(line=5, code="bad_date"),)}, "line 4 (bad_date)"),
        ({"rejects": (BadLine(line=4, code="bad_number"),)}, "line 4 (bad_number)"),
    ],
)
def test_a_table_that_disagrees_with_the_file_is_told(
    upload: dict[str, Any], truth: dict[str, Any], sentence: str
) -> None:
    oracle = dataclasses.replace(ORACLE, **truth)

    assert any(sentence in told for told in disagreements(upload, oracle))
