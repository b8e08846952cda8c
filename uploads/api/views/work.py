"""Watching, cancelling and retrying an upload."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.authentication import person_of
from accounts.roles import Permission
from jobs.by import By
from uploads import selectors
from uploads.access import upload_of
from uploads.api import examples
from uploads.api.permissions import UploadView
from uploads.api.serializers.options import RetrySerializer
from uploads.api.serializers.uploads import ProgressSerializer, UploadSerializer
from uploads.services.cancel import Cancellation, cancel_upload
from uploads.services.retry import retry_upload


class ProgressView(UploadView):
    """How an upload is doing."""

    required: ClassVar[Permission] = Permission.VIEW

    @extend_schema(
        tags=["uploads"],
        summary="Progress of an upload",
        description="What the socket says; read it again after a gap in `sequence`.",
        responses={200: ProgressSerializer},
        examples=examples.PROGRESS,
    )
    def get(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        upload_id: uuid.UUID,
    ) -> Response:
        upload = upload_of(company_id, upload_id)
        return Response(selectors.progress_of(upload.pk))


class CancelView(UploadView):
    """Stopping an upload."""

    required: ClassVar[Mapping[str, Permission]] = {"POST": Permission.UPLOAD}

    @extend_schema(
        tags=["uploads"],
        summary="Cancel an upload",
        description="200: it is cancelled. 202: it is at work and will be cancelled"
        " within seconds, unless it completes first. No row of a cancelled upload"
        " lands. 409 once it has ended.",
        request=None,
        responses={200: UploadSerializer, 202: UploadSerializer},
    )
    def post(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> Response:
        cancellation = cancel_upload(company_id, upload_id, by=_by(request))
        upload = selectors.upload_view(company_id, upload_id)
        return Response(
            UploadSerializer(upload).data,
            status=status.HTTP_200_OK
            if cancellation is Cancellation.DONE
            else status.HTTP_202_ACCEPTED,
        )


class RetryView(UploadView):
    """Trying an upload again."""

    required: ClassVar[Mapping[str, Permission]] = {"POST": Permission.UPLOAD}

    @extend_schema(
        tags=["uploads"],
        summary="Retry an upload",
        description="For one that failed, was cancelled or needs review, as long as"
        " its file is kept. What is given replaces what it was sent with.",
        request=RetrySerializer,
        responses={202: UploadSerializer},
        examples=examples.RETRY,
    )
    def post(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> Response:
        asked = RetrySerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        retry_upload(
            company_id,
            upload_id,
            self.membership.user_id,
            changes=asked.changes(),
            by=_by(request),
        )
        upload = selectors.upload_view(company_id, upload_id)
        return Response(UploadSerializer(upload).data, status=status.HTTP_202_ACCEPTED)


def _by(request: Request) -> By:
    person = person_of(request)
    return By(id=str(person.pk), name=person.email)
