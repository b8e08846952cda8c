"""Landed sales: page by page, or as one file."""

import uuid
from collections.abc import Iterator, Sequence
from typing import ClassVar

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import CompanyView
from accounts.roles import Permission
from uploads import selectors
from uploads.api.paging import PlaceSerializer, Shown, page_answer, place_of
from uploads.api.permissions import WhateverIsAccepted
from uploads.api.queries import given
from uploads.api.serializers.filters import TransactionFilterSerializer
from uploads.api.serializers.transactions import (
    TransactionSerializer,
    TransactionsPageSerializer,
)
from uploads.api.spreadsheets import csv_chunks
from uploads.api.streaming import csv_answer
from uploads.selectors import TransactionFilter


class TransactionsView(CompanyView):
    """The landed sales of a company."""

    required: ClassVar[Permission] = Permission.VIEW

    @extend_schema(
        tags=["transactions"],
        summary="Landed sales",
        description="Oldest first.",
        parameters=[PlaceSerializer, TransactionFilterSerializer],
        responses={200: TransactionsPageSerializer},
    )
    def get(self, request: Request, company_id: uuid.UUID) -> Response:
        page = selectors.transactions_page(
            company_id, **place_of(request), narrowed=_narrowed(self, request)
        )
        results = TransactionSerializer(page.transactions, many=True).data
        return page_answer(
            request, Shown(results=list(results), next_cursor=page.next_cursor)
        )


class TransactionsFileView(CompanyView):
    """The landed sales of a company, as one file."""

    required: ClassVar[Permission] = Permission.EXPORT
    content_negotiation_class = WhateverIsAccepted

    @extend_schema(
        tags=["transactions"],
        summary="Landed sales as CSV",
        description="All that the filters leave, oldest first, as they were at the"
        " moment of the request. Amounts have a decimal point, moments their offset"
        " from UTC. A text that a spreadsheet would run as a formula begins with `'`.",
        parameters=[TransactionFilterSerializer],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request, company_id: uuid.UUID) -> StreamingHttpResponse:
        narrowed = _narrowed(self, request)
        chunks = csv_chunks(_rows(company_id, narrowed))
        return csv_answer(request, chunks, name="transactions.csv")


def _narrowed(view: CompanyView, request: Request) -> TransactionFilter:
    asked = TransactionFilterSerializer(
        data=given(request),
        context={"time_zone": view.membership.company.time_zone},
    )
    asked.is_valid(raise_exception=True)
    return asked.narrowed()


def _rows(
    company_id: uuid.UUID, narrowed: TransactionFilter
) -> Iterator[Sequence[object]]:
    yield selectors.EXPORTED
    yield from selectors.transaction_rows(company_id, narrowed)
