"""Members of a company."""

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
from accounts.api.serializers import (
    MemberSerializer,
    NewMemberSerializer,
    RoleSerializer,
)
from accounts.errors import MemberNotFoundError
from accounts.models import Membership
from accounts.roles import Permission, Role
from accounts.services import members


class MembersView(CompanyView, ListAPIView[Membership]):
    """Who belongs to the company, and letting somebody in."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "POST": Permission.MANAGE_USERS,
    }
    serializer_class = MemberSerializer
    pagination_class = NewestFirst
    queryset = Membership.objects.none()  # Tells the API's description the type.

    def get_queryset(self) -> QuerySet[Membership]:
        return selectors.members(self.company_id)

    @extend_schema(tags=["members"], summary="Members")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().get(request, *args, **kwargs)

    @extend_schema(
        tags=["members"],
        summary="Let somebody in",
        description="The person has registered before. Only an owner makes an owner.",
        request=NewMemberSerializer,
        responses={201: MemberSerializer},
        examples=examples.MEMBER,
    )
    def post(self, request: Request, company_id: uuid.UUID) -> Response:
        sent = NewMemberSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        member = members.add(
            _change(request, company_id),
            email=sent.validated_data["email"],
            role=Role(sent.validated_data["role"]),
        )
        return Response(MemberSerializer(member).data, status=status.HTTP_201_CREATED)


class OneMemberView(CompanyView):
    """One member of the company."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "PATCH": Permission.MANAGE_USERS,
        "DELETE": Permission.MANAGE_USERS,
    }

    @extend_schema(
        tags=["members"], summary="A member", responses={200: MemberSerializer}
    )
    def get(
        self,
        request: Request,  # noqa: ARG002 - DRF passes it
        company_id: uuid.UUID,
        membership_id: uuid.UUID,
    ) -> Response:
        member = selectors.members(company_id).filter(pk=membership_id).first()
        if member is None:
            raise MemberNotFoundError
        return Response(MemberSerializer(member).data)

    @extend_schema(
        tags=["members"],
        summary="Give a member another role",
        request=RoleSerializer,
        responses={200: MemberSerializer},
        examples=examples.ROLE,
    )
    def patch(
        self, request: Request, company_id: uuid.UUID, membership_id: uuid.UUID
    ) -> Response:
        sent = RoleSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        role = Role(sent.validated_data["role"])
        member = members.change_role(
            _change(request, company_id), membership_id, role=role
        )
        return Response(MemberSerializer(member).data)

    @extend_schema(tags=["members"], summary="Let a member go", responses={204: None})
    def delete(
        self, request: Request, company_id: uuid.UUID, membership_id: uuid.UUID
    ) -> Response:
        members.remove(_change(request, company_id), membership_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _change(request: Request, company_id: uuid.UUID) -> members.Change:
    return members.Change(user_id=person_of(request).pk, company_id=company_id)
