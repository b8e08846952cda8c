"""Reads of landed sales: a page of them, or all of them for an export."""

import dataclasses
import uuid
from collections.abc import Iterator
from typing import Any

from uploads.models import RawTransaction
from uploads.paging import DEFAULT_PAGE, Order, slice_of
from uploads.selectors.filters import ANY_TRANSACTION, TransactionFilter
from uploads.selectors.shaping import shape
from uploads.selectors.views import TransactionsPage, TransactionView

# As the index transaction_by_time: many sales share a moment where a file has no times.
OLDEST_FIRST = Order(columns=("occurred_at", "id"))
EXPORTED = tuple(
    field.name for field in dataclasses.fields(TransactionView) if field.name != "extra"
)
# Rows fetched at once for an export: about a megabyte.
EXPORT_ROWS = 2000


def transactions_page(
    company_id: uuid.UUID,
    *,
    narrowed: TransactionFilter = ANY_TRANSACTION,
    cursor: str = "",
    size: int = DEFAULT_PAGE,
) -> TransactionsPage:
    """Return landed sales of the company, oldest first.

    Raises ``InvalidCursorError``.
    """
    sales = RawTransaction.objects.of(company_id).filter(**narrowed.lookups())
    page = slice_of(sales, OLDEST_FIRST, cursor=cursor, size=size)
    return TransactionsPage(
        transactions=tuple(shape(sale, TransactionView) for sale in page.rows),
        next_cursor=page.next_cursor,
    )


def transaction_rows(
    company_id: uuid.UUID, narrowed: TransactionFilter = ANY_TRANSACTION
) -> Iterator[tuple[Any, ...]]:
    """Yield every landed sale as the values of ``EXPORTED``, oldest first.

    Outside a transaction the rows are those of one moment, held by Postgres, so that a
    slow reader keeps no transaction open.
    """
    sales = (
        RawTransaction.objects.of(company_id)
        .filter(**narrowed.lookups())
        .order_by(*OLDEST_FIRST.columns)
    )
    yield from sales.values_list(*EXPORTED).iterator(chunk_size=EXPORT_ROWS)
