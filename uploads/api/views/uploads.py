"""Sending a file, listing files, and one file."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import CompanyView
from accounts.roles import Permission
from uploads import selectors
from uploads.api.paging import PlaceSerializer, Shown, page_answer, place_of
from uploads.api.permissions import UploadView
from uploads.api.queries import given
from uploads.api.receiving import CsvBodyParser, Receiver, prepare
from uploads.api.serializers.filters import UploadFilterSerializer
from uploads.api.serializers.options import (
    OptionsSerializer,
    RawBodySerializer,
    UploadFormSerializer,
)
from uploads.api.serializers.uploads import UploadSerializer, UploadsPageSerializer
from uploads.services.delete import delete_upload
from uploads.services.options import UploadOptions
from uploads.services.submit import Submission, submit

KEY_HEADER = "Idempotency-Key"
REPLAY_HEADER = "Idempotent-Replayed"
KEY = OpenApiParameter(
    KEY_HEADER,
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="The same key again gives the first answer and no second upload.",
)


class UploadsView(CompanyView):
    """The files of a company."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "POST": Permission.UPLOAD,
    }
    parser_classes = (MultiPartParser, CsvBodyParser)
    receiver: Receiver

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.receiver = prepare(request)
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            self.receiver.discard()

    @extend_schema(
        tags=["uploads"],
        operation_id="uploads_list",
        summary="Files sent",
        parameters=[PlaceSerializer, UploadFilterSerializer],
        responses={200: UploadsPageSerializer},
    )
    def get(self, request: Request, company_id: uuid.UUID) -> Response:
        asked = UploadFilterSerializer(
            data=given(request),
            context={"time_zone": self.membership.company.time_zone},
        )
        asked.is_valid(raise_exception=True)
        page = selectors.uploads_page(
            company_id, **place_of(request), narrowed=asked.narrowed()
        )
        results = UploadSerializer(page.uploads, many=True).data
        return page_answer(
            request, Shown(results=list(results), next_cursor=page.next_cursor)
        )

    @extend_schema(
        tags=["uploads"],
        summary="Send a file",
        description="As a form with the part `file`, or as the body itself with the"
        " options in the query. 201 means that the file will be processed whatever"
        " happens. 409 `duplicate_upload` names the upload that has this content"
        " already.",
        parameters=[KEY, RawBodySerializer],
        request={
            "multipart/form-data": UploadFormSerializer,
            "text/csv": OpenApiTypes.BINARY,
        },
        responses={201: UploadSerializer},
    )
    def post(self, request: Request, company_id: uuid.UUID) -> Response:
        options = _options_of(request)
        receipt = submit(
            Submission(
                company_id=company_id,
                user_id=self.membership.user_id,
                original_name=self.receiver.sent_name,
                file=self.receiver.keep(),
                options=options,
                idempotency_key=request.headers.get(KEY_HEADER, ""),
            )
        )
        address = reverse("upload", args=(company_id, receipt.upload_id))
        headers = {"Location": request.build_absolute_uri(address)}
        if receipt.is_replay:
            headers[REPLAY_HEADER] = "true"
        upload = selectors.upload_view(company_id, receipt.upload_id)
        return Response(
            UploadSerializer(upload).data,
            status=status.HTTP_201_CREATED,
            headers=headers,
        )


class OneUploadView(UploadView):
    """One file."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "DELETE": Permission.DELETE_DATA,
    }

    @extend_schema(
        tags=["uploads"], summary="An upload", responses={200: UploadSerializer}
    )
    def get(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        upload_id: uuid.UUID,
    ) -> Response:
        upload = selectors.upload_view(company_id, upload_id)
        return Response(UploadSerializer(upload).data)

    @extend_schema(
        tags=["uploads"],
        summary="Delete an upload",
        description="Its file and its history go; the rows it landed stay. 409 while"
        " it is at work.",
        responses={204: None},
    )
    def delete(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        upload_id: uuid.UUID,
    ) -> Response:
        delete_upload(company_id, upload_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _options_of(request: Request) -> UploadOptions:
    # Reading data is what takes the file into storage; a form goes before the query.
    sent = request.query_params.dict()
    if isinstance(request.data, QueryDict):
        sent |= {name: str(request.data[name]) for name in request.data}
    asked = OptionsSerializer(data={k: v for k, v in sent.items() if v != ""})
    asked.is_valid(raise_exception=True)
    return asked.options()
