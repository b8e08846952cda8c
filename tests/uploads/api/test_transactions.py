"""Landed sales: narrowed, page by page, and as one file."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from accounts.roles import Role
from tests.accounts.people import Firm, a_member, api
from tests.uploads.conftest import MakeUpload
from tests.uploads.rows import MOMENT, a_sale
from uploads.models import RawTransaction, Upload
from uploads.selectors import EXPORTED

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def sales(upload: Upload) -> list[RawTransaction]:
    return RawTransaction.objects.bulk_create(
        [
            a_sale(upload, transaction_id="T3", occurred_at=MOMENT + ONE_DAY),
            a_sale(upload, transaction_id="T1", customer_id="C1", category="Té"),
            a_sale(upload, transaction_id="T2", product_id="A2", description="=1+1"),
        ]
    )


def address(firm: Firm, end: str = "/") -> str:
    return f"/api/v1/companies/{firm.company_id}/transactions{end}"


def found(firm: Firm, **query: Any) -> list[str]:
    answer = firm.client.get(address(firm), query)
    assert answer.status_code == 200, answer.content
    return [sale["transaction_id"] for sale in answer.json()["results"]]


def test_sales_come_oldest_first_page_by_page(
    firm: Firm, sales: list[RawTransaction]
) -> None:
    first = firm.client.get(address(firm), {"page_size": "2", "product_id": ""}).json()
    second = firm.client.get(first["next"]).json()

    pages = [first, second]
    ids = [[sale["transaction_id"] for sale in page["results"]] for page in pages]
    assert ids == [["T1", "T2"], ["T3"]]
    assert second["next"] is None


def test_a_sale_is_shown_exactly(firm: Firm, sales: list[RawTransaction]) -> None:
    sale = firm.client.get(address(firm)).json()["results"][0]

    assert (sale["quantity"], sale["price_total"]) == ("2.0000", "1990.0000")
    assert sale["customer_id"] == "C1"
    assert sale["cost_total"] is None
    assert "id" not in sale
    assert "company_id" not in sale


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"date_from": "2024-03-06"}, ["T3"]),
        ({"date_to": "2024-03-05"}, ["T1", "T2"]),
        ({"date_from": "2024-03-05", "date_to": "2024-03-06"}, ["T1", "T2", "T3"]),
        ({"date_to": "2024-03-05T15:30:00Z"}, []),
        ({"product_id": "A2"}, ["T2"]),
        ({"customer_id": "C1"}, ["T1"]),
        ({"category": "Té"}, ["T1"]),
        ({"transaction_id": "T3"}, ["T3"]),
        ({"product_id": "A1", "customer_id": "C1"}, ["T1"]),
        ({"category": "None"}, []),
    ],
)
def test_sales_are_narrowed(
    firm: Firm,
    sales: list[RawTransaction],
    query: dict[str, str],
    expected: list[str],
) -> None:
    assert found(firm, **query) == expected


def test_sales_are_narrowed_by_upload(
    firm: Firm, sales: list[RawTransaction], make_upload: MakeUpload
) -> None:
    assert len(found(firm, upload_id=str(sales[0].upload_id))) == 3
    assert found(firm, upload_id=str(make_upload().pk)) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [({"date_from": "x"}, "date_from"), ({"upload_id": "x"}, "upload_id")],
)
def test_a_filter_that_is_wrong_is_named(
    firm: Firm, query: dict[str, str], field: str
) -> None:
    answer = firm.client.get(address(firm), query)

    assert (answer.status_code, list(answer.json()["details"])) == (400, [field])


def test_the_export_has_what_the_filters_leave(
    firm: Firm, sales: list[RawTransaction]
) -> None:
    answer: Any = firm.client.get(address(firm, ".csv"), {"date_to": "2024-03-05"})

    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text, "")))
    assert [row["transaction_id"] for row in rows] == ["T1", "T2"]
    assert tuple(rows[0]) == EXPORTED
    assert rows[0]["price_total"] == "1990.0000"
    assert rows[0]["occurred_at"] == "2024-03-05 15:30:00+00:00"
    assert rows[0]["cost_total"] == ""
    assert rows[1]["description"] == "'=1+1"


def test_a_viewer_reads_pages_and_takes_no_export(firm: Firm) -> None:
    viewer = api(a_member(firm.company, Role.VIEWER).user)
    analyst = api(a_member(firm.company, Role.ANALYST).user)

    assert viewer.get(address(firm)).status_code == 200
    assert viewer.get(address(firm, ".csv")).status_code == 403
    answer: Any = analyst.get(address(firm, ".csv"))
    assert answer.status_code == 200
    list(answer.streaming_content)


@pytest.mark.parametrize("end", ["/", ".csv"])
def test_sales_of_others_do_not_exist(
    firm: Firm, other_firm: Firm, sales: list[RawTransaction], end: str
) -> None:
    assert other_firm.client.get(address(firm, end)).status_code == 404
    assert found(other_firm) == []
    assert found(other_firm, upload_id=str(sales[0].upload_id)) == []
