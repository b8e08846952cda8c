from typing import Any

import pytest
from django.contrib.auth import get_user_model
from structlog.testing import capture_logs

from tests.accounts.people import PASSWORD, a_person, api

pytestmark = pytest.mark.django_db
ANA = {"email": "Ana@Almacen.cl", "password": PASSWORD, "full_name": "Ana Díaz"}


def test_whoever_registers_can_sign_in_and_see_themselves() -> None:
    made = api().post("/api/v1/auth/register/", ANA)
    pair = api().post(
        "/api/v1/auth/token/", {"email": "ana@almacen.CL", "password": PASSWORD}
    )
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair.json()['access']}")
    profile = client.get("/api/v1/auth/profile/")

    assert (made.status_code, pair.status_code) == (201, 200)
    assert set(pair.json()) == {"access", "refresh"}
    assert profile.json() == made.json()
    assert profile.json()["email"] == "ana@almacen.cl"
    assert "password" not in made.json()


def test_an_address_is_registered_once_whatever_its_case() -> None:
    api().post("/api/v1/auth/register/", ANA)

    again = api().post("/api/v1/auth/register/", {**ANA, "email": "ANA@ALMACEN.CL"})

    assert (again.status_code, again.json()["code"]) == (409, "email_taken")


@pytest.mark.parametrize(
    "password", ["corta", "password1234", "99999999999999", "ana@almacen.cl"]
)
def test_an_easy_password_is_refused_with_reasons(password: str) -> None:
    answer = api().post("/api/v1/auth/register/", {**ANA, "password": password})

    assert (answer.status_code, answer.json()["code"]) == (400, "weak_password")
    assert answer.json()["details"]["reasons"]


def test_nobody_registers_as_staff() -> None:
    api().post(
        "/api/v1/auth/register/",
        {**ANA, "is_staff": True, "is_superuser": True, "id": 1, "is_active": False},
    )

    user = get_user_model().objects.get()
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "nobody@example.cl", "password": PASSWORD},
        {"email": "known@example.cl", "password": "wrong-password-1"},
        {"email": "gone@example.cl", "password": PASSWORD},
    ],
)
def test_why_a_sign_in_failed_is_not_told(sent: dict[str, Any]) -> None:
    a_person("known@example.cl")
    a_person("gone@example.cl", is_active=False)

    answer = api().post("/api/v1/auth/token/", sent)

    assert answer.status_code == 401
    assert answer.json() == {
        "code": "wrong_credentials",
        "message": "no active account has this e-mail and password",
        "details": {},
    }


def test_a_refresh_token_is_exchanged_once_over_the_api() -> None:
    a_person("ana@almacen.cl")
    first = api().post("/api/v1/auth/token/", ANA).json()

    second = api().post("/api/v1/auth/refresh/", {"refresh": first["refresh"]})
    again = api().post("/api/v1/auth/refresh/", {"refresh": first["refresh"]})
    after = api().post("/api/v1/auth/refresh/", {"refresh": second.json()["refresh"]})

    assert (second.status_code, again.status_code, after.status_code) == (200, 401, 401)
    assert again.json()["code"] == "invalid_token"
    assert again["WWW-Authenticate"].startswith("Bearer")


def test_signing_out_ends_the_session_of_that_token() -> None:
    a_person("ana@almacen.cl")
    pair = api().post("/api/v1/auth/token/", ANA).json()

    answer = api().post("/api/v1/auth/revoke/", {"refresh": pair["refresh"]})

    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {pair['access']}")
    assert answer.status_code == 204
    assert client.get("/api/v1/auth/profile/").json()["code"] == "invalid_token"


def test_a_token_is_kept_by_no_cache() -> None:
    a_person("ana@almacen.cl")

    answer = api().post("/api/v1/auth/token/", ANA)

    assert answer["Cache-Control"] == "no-store"


def test_the_log_says_who_signed_in_and_never_with_what() -> None:
    a_person("ana@almacen.cl")

    with capture_logs() as lines:
        pair = api().post("/api/v1/auth/token/", ANA).json()
        api().post("/api/v1/auth/token/", {**ANA, "password": "wrong\r\nline=1"})
        api().post("/api/v1/auth/refresh/", {"refresh": pair["refresh"]})
        api().post("/api/v1/auth/refresh/", {"refresh": pair["refresh"]})

    assert [line["event"] for line in lines] == [
        "signed_in",
        "sign_in_failed",
        "refresh_token_reused",
    ]
    for secret in (PASSWORD, "wrong", pair["access"], pair["refresh"]):
        assert secret not in str(lines)
