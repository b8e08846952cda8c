"""Pages by key: every row once, whatever ties, and no cursor but ours."""

import datetime as dt

import pytest

from accounts.errors import InvalidCursorError
from accounts.models import Company
from tests.uploads.conftest import MakeUpload
from uploads import paging
from uploads.models import RawTransaction, Upload

MIDNIGHT = dt.datetime(2024, 3, 5, 3, tzinfo=dt.UTC)
ORDER = paging.Order(columns=("occurred_at", "id"))
NEWEST = paging.Order(columns=("created_at", "id"), is_descending=True)


@pytest.fixture
def sales(upload: Upload) -> list[int]:
    made = RawTransaction.objects.bulk_create(
        RawTransaction(
            company_id=upload.company_id,
            upload=upload,
            occurred_at=MIDNIGHT + dt.timedelta(days=number // 5),
            transaction_id=f"T{number}",
            product_id="P",
            quantity=1,
            price_total=1,
        )
        for number in range(12)
    )
    return [sale.pk for sale in made]


def pages(company: Company, order: paging.Order, *, size: int) -> list[int]:
    found: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        rows = RawTransaction.objects.of(company.pk)
        page = paging.slice_of(rows, order, cursor=cursor, size=size)
        found += [row.pk for row in page.rows]
        cursor = page.next_cursor
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 3, 5, 12, 50])
def test_every_row_comes_once_among_equal_moments(
    company: Company, sales: list[int], size: int
) -> None:
    assert pages(company, ORDER, size=size) == sales


@pytest.mark.django_db
def test_the_other_way_round_as_well(company: Company, sales: list[int]) -> None:
    backwards = paging.Order(columns=ORDER.columns, is_descending=True)

    assert pages(company, backwards, size=4) == sales[::-1]


@pytest.mark.django_db
def test_a_page_is_never_larger_than_the_largest(
    company: Company, make_upload: MakeUpload
) -> None:
    make_upload()

    page = paging.slice_of(Upload.objects.of(company.pk), NEWEST, cursor="", size=10**9)

    assert len(page.rows) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "!",
        "é",
        "a" * 1000,
        paging.encode(["one"]),
        paging.encode(["yesterday", "1"]),
        paging.encode(["2024-01-01T00:00:00Z", "one"]),
        paging.encode(["a\x00", "1"]),
        "eyJhIjoxfQ",
    ],
)
def test_a_cursor_we_did_not_give_is_refused(company: Company, cursor: str) -> None:
    rows = RawTransaction.objects.of(company.pk)

    with pytest.raises(InvalidCursorError):
        paging.slice_of(rows, ORDER, cursor=cursor, size=5)
