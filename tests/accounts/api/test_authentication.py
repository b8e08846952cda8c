from typing import Any

import pytest
from django.test import Client

from accounts.tokens import issue
from tests.accounts.people import a_firm, a_person, api

pytestmark = pytest.mark.django_db
PROFILE = "/api/v1/auth/profile/"


def a_browser(user: Any) -> Client:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return browser


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer x", "Bearer é", "Bearer a b", "bearer x"],
)
def test_a_header_without_a_good_token_is_401(header: str) -> None:
    answer = api().get(PROFILE, HTTP_AUTHORIZATION=header)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'
    assert answer.json()["code"] in {"sign_in_needed", "invalid_token"}


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "",
    ],
)
def test_a_cookie_alone_changes_nothing_whatever_the_content(content_type: str) -> None:
    browser = a_browser(a_person())

    answer = browser.patch(PROFILE, b'{"full_name": "Otra"}', content_type)

    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_a_page_that_shows_the_csrf_token_may_change() -> None:
    user = a_person()
    browser = a_browser(user)
    browser.cookies["csrftoken"] = "a" * 32

    answer = browser.patch(
        PROFILE,
        {"full_name": "Ana"},
        "application/json",
        headers={"X-CSRFToken": "a" * 32},
    )

    assert (answer.status_code, answer.json()["full_name"]) == (200, "Ana")


def test_with_a_token_cookies_are_not_looked_at() -> None:
    signed_by_cookie, signed_by_token = a_person(), a_firm()
    browser = a_browser(signed_by_cookie)
    header = f"Bearer {issue(signed_by_token.owner.user).access}"

    good = browser.get(PROFILE, headers={"Authorization": header})
    bad = browser.get(PROFILE, headers={"Authorization": "Bearer x"})

    assert good.json()["email"] == signed_by_token.owner.user.email
    assert bad.status_code == 401


def test_no_other_site_is_let_in_by_cors() -> None:
    answer = api(a_person()).get(PROFILE, HTTP_ORIGIN="https://evil.example")

    assert not [name for name in answer.headers if name.startswith("Access-Control")]
