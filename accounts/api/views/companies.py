"""Companies of the signed-in person."""

import uuid
from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors
from accounts.api import examples
from accounts.api.authentication import person_of
from accounts.api.pagination import NewestFirst
from accounts.api.permissions import CompanyView
from accounts.api.serializers import CompanyChangeSerializer, CompanySerializer
from accounts.models import Company
from accounts.roles import Permission
from accounts.services import companies


class CompaniesView(ListAPIView[Company]):
    """The companies somebody belongs to, and founding one."""

    serializer_class = CompanySerializer
    pagination_class = NewestFirst

    def get_queryset(self) -> QuerySet[Company]:
        return selectors.companies(person_of(self.request).pk)

    @extend_schema(tags=["companies"], summary="My companies")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["companies"],
        summary="Found a company",
        description="Whoever founds it is its owner.",
        request=CompanySerializer,
        responses={201: CompanySerializer},
        examples=examples.COMPANY,
    )
    def post(self, request: Request) -> Response:
        sent = CompanySerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        company = companies.found(person_of(request), sent.validated_data)
        return Response(
            _shown(person_of(request).pk, company.pk), status=status.HTTP_201_CREATED
        )


class OneCompanyView(CompanyView):
    """One company."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "PATCH": Permission.MANAGE_COMPANY,
        "DELETE": Permission.MANAGE_COMPANY,
    }

    @extend_schema(
        tags=["companies"], summary="A company", responses={200: CompanySerializer}
    )
    def get(self, request: Request, company_id: uuid.UUID) -> Response:
        return Response(_shown(person_of(request).pk, company_id))

    @extend_schema(
        tags=["companies"],
        summary="Change a company",
        request=CompanyChangeSerializer,
        responses={200: CompanySerializer},
    )
    def patch(self, request: Request, company_id: uuid.UUID) -> Response:
        sent = CompanyChangeSerializer(
            self.membership.company, data=request.data, partial=True
        )
        sent.is_valid(raise_exception=True)
        companies.update(person_of(request).pk, company_id, values=sent.validated_data)
        return Response(_shown(person_of(request).pk, company_id))

    @extend_schema(
        tags=["companies"],
        summary="Delete a company",
        description="Nobody reaches it or its data any more. Its RUT stays taken.",
        responses={204: None},
    )
    def delete(self, request: Request, company_id: uuid.UUID) -> Response:
        companies.delete(person_of(request).pk, company_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _shown(user_id: uuid.UUID, company_id: uuid.UUID) -> Any:
    company = selectors.companies(user_id).get(pk=company_id)
    return CompanySerializer(company).data
