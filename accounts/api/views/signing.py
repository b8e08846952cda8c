"""Registering and tokens. Nobody is signed in yet, so cookies are not looked at."""

import dataclasses

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import tokens
from accounts.api import examples
from accounts.api.serializers import (
    CredentialsSerializer,
    ProfileSerializer,
    RefreshSerializer,
    RegisterSerializer,
    TokenPairSerializer,
)
from accounts.services import people, signing_in


class OpenView(APIView):
    """A view for people who are not signed in."""

    authentication_classes = ()
    permission_classes = ()

    def get_authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - DRF's hook
        return 'Bearer realm="api"'


class RegisterView(OpenView):
    """Make an account."""

    @extend_schema(
        tags=["auth"],
        summary="Register",
        request=RegisterSerializer,
        responses={201: ProfileSerializer},
        examples=examples.REGISTER,
    )
    def post(self, request: Request) -> Response:
        sent = RegisterSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        user = people.register(people.NewPerson(**sent.validated_data))
        return Response(ProfileSerializer(user).data, status=status.HTTP_201_CREATED)


class TokenView(OpenView):
    """Sign in with e-mail and password."""

    @extend_schema(
        tags=["auth"],
        summary="Sign in",
        description="Five wrong passwords from one address: 429 `sign_in_locked`.",
        request=CredentialsSerializer,
        responses={200: TokenPairSerializer},
        examples=examples.TOKEN,
    )
    def post(self, request: Request) -> Response:
        sent = CredentialsSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        user = signing_in.prove(request._request, **sent.validated_data)  # noqa: SLF001 - what counts wrong passwords needs Django's own request
        signing_in.record_success(request._request, user)  # noqa: SLF001 - likewise
        return _pair(tokens.issue(user))


class RefreshView(OpenView):
    """Exchange a refresh token for a new pair."""

    @extend_schema(
        tags=["auth"],
        summary="Refresh",
        description=(
            "A refresh token can be used once. One that is used again was copied by"
            " somebody: every token of that sign-in is revoked."
        ),
        request=RefreshSerializer,
        responses={200: TokenPairSerializer},
        examples=examples.REFRESH,
    )
    def post(self, request: Request) -> Response:
        sent = RefreshSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return _pair(tokens.rotate(sent.validated_data["refresh"]))


class RevokeView(OpenView):
    """Sign out: revoke the tokens of one sign-in."""

    @extend_schema(
        tags=["auth"],
        summary="Sign out",
        description="Revokes the refresh token and the access tokens it gave out.",
        request=RefreshSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        sent = RefreshSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        tokens.revoke(sent.validated_data["refresh"])
        return Response(status=status.HTTP_204_NO_CONTENT)


def _pair(pair: tokens.TokenPair) -> Response:
    response = Response(dataclasses.asdict(pair))
    response["Cache-Control"] = "no-store"
    return response
