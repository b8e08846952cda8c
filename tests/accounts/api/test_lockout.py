from typing import Any

import pytest
from pytest_django import Settings

from tests.accounts.people import PASSWORD, a_person, api

pytestmark = pytest.mark.django_db
ANA, NOBODY = "ana@almacen.cl", "nadie@almacen.cl"
WRONG = "wrong-password-1"


@pytest.fixture(autouse=True)
def counted(settings: Settings) -> None:
    settings.AXES_ENABLED = True
    a_person(ANA)


def sign_in(email: str, password: str = WRONG, **headers: Any) -> Any:
    return api().post(
        "/api/v1/auth/token/", {"email": email, "password": password}, **headers
    )


@pytest.mark.parametrize("email", [ANA, NOBODY])
def test_five_wrong_passwords_lock_whether_the_person_exists_or_not(email: str) -> None:
    codes = [sign_in(email).json()["code"] for _ in range(6)]

    assert codes == ["wrong_credentials"] * 4 + ["sign_in_locked"] * 2


def test_the_right_password_does_not_open_a_lock() -> None:
    for _ in range(5):
        sign_in(ANA)

    answer = sign_in(ANA, PASSWORD)

    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert answer.json() == {
        "code": "sign_in_locked",
        "message": "too many wrong passwords; try again in 300 s",
        "details": {"retry_after_seconds": 300},
    }


def test_neither_case_nor_a_claimed_address_gives_more_tries() -> None:
    spellings = [ANA, ANA.upper(), "Ana@almacen.cl", "aNa@almacen.cl", "anA@almacen.cl"]

    for number, email in enumerate(spellings):
        sign_in(email, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    assert sign_in(ANA, PASSWORD).status_code == 429


def test_a_lock_is_for_one_person_from_one_address() -> None:
    other = a_person()
    for _ in range(5):
        sign_in(ANA)

    assert sign_in(other.email, PASSWORD).status_code == 200
    assert sign_in(ANA, PASSWORD, REMOTE_ADDR="10.1.2.3").status_code == 200


def test_the_right_password_forgets_the_wrong_ones() -> None:
    for _ in range(4):
        sign_in(ANA)
    sign_in(ANA, PASSWORD)

    codes = [sign_in(ANA).json()["code"] for _ in range(4)]

    assert codes == ["wrong_credentials"] * 4


def test_guessing_the_current_password_with_a_token_locks_too() -> None:
    client = api(a_person())
    sent = {"current_password": WRONG, "new_password": "x" * 40}

    codes = [
        client.post("/api/v1/auth/password/", sent).json()["code"] for _ in range(5)
    ]

    assert codes == ["wrong_password"] * 4 + ["sign_in_locked"]
