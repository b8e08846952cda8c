import pytest
from django.test import Client

from tests.accounts.people import PASSWORD, a_person, api

pytestmark = pytest.mark.django_db
NEW = "otra-clave-bien-larga-1147"
CHANGE = {"current_password": PASSWORD, "new_password": NEW}


def test_people_change_their_name_and_nothing_else() -> None:
    user = a_person("ana@almacen.cl")

    answer = api(user).patch(
        "/api/v1/auth/profile/",
        {"full_name": "Ana", "email": "x@example.cl", "is_staff": True, "id": "1"},
    )

    user.refresh_from_db()
    assert answer.json()["full_name"] == user.full_name == "Ana"
    assert (user.email, user.is_staff) == ("ana@almacen.cl", False)


def test_a_new_password_needs_the_current_one() -> None:
    user = a_person()

    answer = api(user).post(
        "/api/v1/auth/password/", {**CHANGE, "current_password": "guess"}
    )

    user.refresh_from_db()
    assert (answer.status_code, answer.json()["code"]) == (400, "wrong_password")
    assert user.check_password(PASSWORD)


def test_an_easy_new_password_changes_nothing() -> None:
    user = a_person()
    client = api(user)

    answer = client.post("/api/v1/auth/password/", {**CHANGE, "new_password": "corta"})

    assert answer.json()["code"] == "weak_password"
    assert client.get("/api/v1/auth/profile/").status_code == 200


def test_a_new_password_ends_tokens_and_other_sessions_but_not_this_one() -> None:
    user = a_person()
    token, here, there = api(user), Client(), Client()
    for browser in (here, there):
        browser.force_login(user, "django.contrib.auth.backends.ModelBackend")

    answer = here.post("/api/v1/auth/password/", CHANGE, "application/json")

    assert answer.status_code == 204
    statuses = [
        client.get("/api/v1/auth/profile/").status_code
        for client in (token, there, here)
    ]
    assert statuses == [401, 401, 200]
