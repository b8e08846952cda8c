"""Saved mappings of a company."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.permissions import CompanyView
from accounts.roles import Permission
from uploads import selectors
from uploads.api import examples
from uploads.api.paging import PlaceSerializer, Shown, page_answer, place_of
from uploads.api.permissions import MappingView
from uploads.api.serializers.mappings import MappingSerializer, MappingsPageSerializer
from uploads.services.mappings import (
    MappingDraft,
    change_mapping,
    create_mapping,
    delete_mapping,
)


class MappingsView(CompanyView):
    """The mappings of a company."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "POST": Permission.UPLOAD,
    }

    @extend_schema(
        tags=["mappings"],
        operation_id="mappings_list",
        summary="Saved mappings",
        parameters=[PlaceSerializer],
        responses={200: MappingsPageSerializer},
    )
    def get(self, request: Request, company_id: uuid.UUID) -> Response:
        page = selectors.mappings_page(company_id, **place_of(request))
        results = MappingSerializer(page.mappings, many=True).data
        return page_answer(
            request, Shown(results=list(results), next_cursor=page.next_cursor)
        )

    @extend_schema(
        tags=["mappings"],
        summary="Save a mapping",
        request=MappingSerializer,
        responses={201: MappingSerializer},
        examples=examples.MAPPING,
    )
    def post(self, request: Request, company_id: uuid.UUID) -> Response:
        sent = MappingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        mapping_id = create_mapping(company_id, MappingDraft(**sent.validated_data))
        address = reverse("mapping", args=(company_id, mapping_id))
        return Response(
            MappingSerializer(selectors.mapping_view(company_id, mapping_id)).data,
            status=status.HTTP_201_CREATED,
            headers={"Location": request.build_absolute_uri(address)},
        )


class OneMappingView(MappingView):
    """One mapping."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "PATCH": Permission.UPLOAD,
        "DELETE": Permission.UPLOAD,
    }

    @extend_schema(
        tags=["mappings"], summary="A mapping", responses={200: MappingSerializer}
    )
    def get(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        mapping_id: uuid.UUID,
    ) -> Response:
        mapping = selectors.mapping_view(company_id, mapping_id)
        return Response(MappingSerializer(mapping).data)

    @extend_schema(
        tags=["mappings"],
        summary="Change a mapping",
        description="Uploads that used it keep the columns they used.",
        request=MappingSerializer,
        responses={200: MappingSerializer},
    )
    def patch(
        self, request: Request, company_id: uuid.UUID, mapping_id: uuid.UUID
    ) -> Response:
        sent = MappingSerializer(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        draft = MappingDraft(**sent.validated_data)
        change_mapping(company_id, mapping_id, draft=draft)
        mapping = selectors.mapping_view(company_id, mapping_id)
        return Response(MappingSerializer(mapping).data)

    @extend_schema(tags=["mappings"], summary="Delete a mapping", responses={204: None})
    def delete(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        mapping_id: uuid.UUID,
    ) -> Response:
        delete_mapping(company_id, mapping_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
