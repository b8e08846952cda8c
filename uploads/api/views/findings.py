"""What an upload refused, and what it changed."""

import uuid
from pathlib import PurePath
from typing import ClassVar

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Permission
from uploads import selectors
from uploads.api import examples
from uploads.api.paging import PlaceSerializer, Shown, page_answer, place_of
from uploads.api.permissions import UploadView, WhateverIsAccepted
from uploads.api.queries import given
from uploads.api.rejected import rejected_rows
from uploads.api.serializers.filters import PeriodSerializer, RejectFilterSerializer
from uploads.api.serializers.uploads import (
    RejectSerializer,
    RejectsPageSerializer,
    UpdateSerializer,
    UpdatesSerializer,
)
from uploads.api.spreadsheets import BYTE_ORDER_MARK, csv_chunks
from uploads.api.streaming import csv_answer


class RejectsView(UploadView):
    """The rows an upload refused."""

    required: ClassVar[Permission] = Permission.VIEW

    @extend_schema(
        tags=["uploads"],
        summary="Refused rows",
        parameters=[PlaceSerializer, RejectFilterSerializer],
        responses={200: RejectsPageSerializer},
        examples=examples.REJECTS,
    )
    def get(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> Response:
        asked = RejectFilterSerializer(data=given(request))
        asked.is_valid(raise_exception=True)
        page = selectors.rejects_page(
            company_id, upload_id, **place_of(request), **asked.validated_data
        )
        results = RejectSerializer(page.rejects, many=True).data
        return page_answer(
            request, Shown(results=list(results), next_cursor=page.next_cursor)
        )


class RejectsFileView(UploadView):
    """The rows an upload refused, as a file to repair and send again."""

    required: ClassVar[Permission] = Permission.EXPORT
    content_negotiation_class = WhateverIsAccepted

    @extend_schema(
        tags=["uploads"],
        summary="Refused rows as CSV",
        description="The columns of the file as they were sent, then where each row"
        " stood and why it was refused. A cell that a spreadsheet would run as a"
        " formula begins with `'`.",
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> StreamingHttpResponse:
        upload = selectors.upload_view(company_id, upload_id)
        chunks = csv_chunks(
            rejected_rows(upload),
            delimiter=str(upload.dialect.get("delimiter", "")),
            mark=BYTE_ORDER_MARK,
        )
        name = f"{PurePath(upload.original_name).stem}-rejects.csv"
        return csv_answer(request, chunks, name=name)


class UpdatesView(UploadView):
    """What an upload changed."""

    required: ClassVar[Permission] = Permission.VIEW

    @extend_schema(
        tags=["uploads"],
        summary="What an upload changed, by period",
        parameters=[PeriodSerializer],
        responses={200: UpdatesSerializer},
        examples=examples.UPDATES,
    )
    def get(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> Response:
        asked = PeriodSerializer(data=given(request))
        asked.is_valid(raise_exception=True)
        updates = selectors.updates_of(company_id, upload_id, **asked.validated_data)
        return Response({"results": UpdateSerializer(updates, many=True).data})
