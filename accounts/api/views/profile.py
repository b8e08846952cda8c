"""What people may see and change about themselves."""

from django.contrib.auth import update_session_auth_hash
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.authentication import person_of
from accounts.api.serializers import PasswordSerializer, ProfileSerializer
from accounts.errors import WrongCredentialsError, WrongPasswordError
from accounts.models import User
from accounts.services import people, signing_in


class ProfileView(APIView):
    """The signed-in person."""

    @extend_schema(
        tags=["auth"], summary="Who am I", responses={200: ProfileSerializer}
    )
    def get(self, request: Request) -> Response:
        return Response(ProfileSerializer(person_of(request)).data)

    @extend_schema(
        tags=["auth"],
        summary="Change my name",
        request=ProfileSerializer,
        responses={200: ProfileSerializer},
    )
    def patch(self, request: Request) -> Response:
        user = person_of(request)
        sent = ProfileSerializer(user, data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        name = sent.validated_data.get("full_name", user.full_name)
        return Response(ProfileSerializer(people.rename(user, name)).data)


class PasswordView(APIView):
    """The signed-in person's password."""

    @extend_schema(
        tags=["auth"],
        summary="Change my password",
        description="Every token and every other session ends; sign in again.",
        request=PasswordSerializer,
        responses={204: None},
    )
    def post(self, request: Request) -> Response:
        sent = PasswordSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        user = person_of(request)
        _prove(request, user, password=sent.validated_data["current_password"])
        people.change_password(user, sent.validated_data["new_password"])
        if request.auth is None:  # A page's session, which lives on as the only one.
            update_session_auth_hash(request._request, user)  # noqa: SLF001 - Django's own request holds the session
        return Response(status=status.HTTP_204_NO_CONTENT)


def _prove(request: Request, user: User, *, password: str) -> None:
    """Ask for the current password; wrong ones count as when signing in."""
    try:
        signing_in.prove(request._request, email=user.email, password=password)  # noqa: SLF001 - what counts needs Django's own request
    except WrongCredentialsError as exc:
        raise WrongPasswordError from exc
