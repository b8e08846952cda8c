"""Refused rows, as pages and as a file to repair; and what an upload changed."""

import csv
import datetime as dt
import io
from typing import Any

import pytest

from accounts.roles import Role
from tests.accounts.people import Firm, a_member, api
from tests.uploads.rows import a_reject, an_update
from uploads.models import DataUpdate, Reject, Upload
from uploads.states import Period

pytestmark = pytest.mark.django_db
HEADER = ["Fecha", "Total"]


@pytest.fixture
def refused(upload: Upload) -> Upload:
    dialect = {"header": HEADER, "delimiter": ";", "encoding": "cp1252"}
    Upload.objects.of(upload.company_id).update(
        dialect=dialect, original_name='ventas "ñ".csv'
    )
    Reject.objects.bulk_create(
        [
            a_reject(upload, line=9, record=8, code="duplicate", column="", raw=[]),
            a_reject(upload, line=2),
            a_reject(upload, line=3, raw=["=1+1", "-5", "de más"], excerpt="=1+1"),
            a_reject(upload, line=5, raw=["sola"]),
        ]
    )
    return upload


def address(upload: Upload, end: str) -> str:
    return f"/api/v1/companies/{upload.company_id}/uploads/{upload.pk}/{end}"


def page(firm: Firm, upload: Upload, **query: Any) -> dict[str, Any]:
    body: dict[str, Any] = firm.client.get(address(upload, "rejects/"), query).json()
    return body


def downloaded(answer: Any, delimiter: str) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, ""), delimiter=delimiter))


def test_refused_rows_come_in_the_order_of_the_file(
    firm: Firm, refused: Upload
) -> None:
    first = page(firm, refused, page_size=3)
    second = firm.client.get(first["next"]).json()

    assert [row["line"] for row in first["results"]] == [2, 3, 5]
    assert first["results"][0] == {
        "line": 2,
        "record": 1,
        "column": "Fecha",
        "code": "bad_date",
        "message": "The text is not a date in the order this column uses.",
        "excerpt": "31-02-2024",
        "corrected_by": None,
    }
    assert [row["code"] for row in second["results"]] == ["duplicate"]
    assert second["next"] is None


def test_refused_rows_are_narrowed_by_code(firm: Firm, refused: Upload) -> None:
    assert len(page(firm, refused, code="duplicate")["results"]) == 1
    assert len(page(firm, refused, code="bad_number")["results"]) == 0


def test_the_file_of_refused_rows_can_be_repaired_and_sent_again(
    firm: Firm, refused: Upload
) -> None:
    answer = firm.client.get(address(refused, "rejects.csv"))

    rows = downloaded(answer, ";")
    assert rows[0] == [*HEADER, "ayni_line", "ayni_code", "ayni_column", "ayni_message"]
    assert [row[:4] for row in rows[1:]] == [
        ["31-02-2024", "1990", "2", "bad_date"],
        ["'=1+1", "-5", "3", "bad_date"],
        ["sola", "", "5", "bad_date"],
        ["", "", "9", "duplicate"],
    ]
    assert rows[2][6:] == ["de más"]


def test_the_file_says_its_type_and_name(firm: Firm, refused: Upload) -> None:
    answer: Any = firm.client.get(
        address(refused, "rejects.csv"), HTTP_ACCEPT="text/csv"
    )

    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''ventas%20%22%C3%B1%22-rejects.csv"
    )
    list(answer.streaming_content)


def test_an_upload_without_a_header_still_has_its_columns(
    firm: Firm, upload: Upload
) -> None:
    rows = downloaded(firm.client.get(address(upload, "rejects.csv")), ",")

    assert rows == [["ayni_line", "ayni_code", "ayni_column", "ayni_message"]]


def test_a_viewer_reads_pages_and_takes_no_file(firm: Firm, refused: Upload) -> None:
    viewer = api(a_member(firm.company, Role.VIEWER).user)

    assert viewer.get(address(refused, "rejects/")).status_code == 200
    assert viewer.get(address(refused, "updates/")).status_code == 200
    refusal = viewer.get(address(refused, "rejects.csv"), HTTP_ACCEPT="text/csv")
    assert (refusal.status_code, refusal["Content-Type"]) == (403, "application/json")


def test_updates_come_by_period(firm: Firm, upload: Upload) -> None:
    DataUpdate.objects.bulk_create(
        [
            an_update(upload, starts_on=dt.date(2024, 4, 1)),
            an_update(upload),
            an_update(upload, period=Period.DAILY),
        ]
    )

    monthly = firm.client.get(address(upload, "updates/")).json()["results"]
    daily = firm.client.get(address(upload, "updates/"), {"period": "daily"}).json()

    assert [row["starts_on"] for row in monthly] == ["2024-03-01", "2024-04-01"]
    assert (monthly[0]["rows_before"], monthly[0]["rows_after"]) == (1, 3)
    assert [row["period"] for row in daily["results"]] == ["daily"]


def test_a_period_that_does_not_exist_is_named(firm: Firm, upload: Upload) -> None:
    answer = firm.client.get(address(upload, "updates/"), {"period": "hourly"})

    assert (answer.status_code, list(answer.json()["details"])) == (400, ["period"])
