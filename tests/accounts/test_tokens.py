from typing import Any

import jwt
import pytest
from django.conf import settings
from django.utils import timezone

from accounts import tokens
from accounts.errors import InvalidTokenError
from accounts.services import people
from tests.accounts.people import a_person

pytestmark = pytest.mark.django_db
MOMENTS = ("exp", "nbf")


def forge(
    access: str, *, key: str = "", algorithm: str = "HS256", **claims: Any
) -> str:
    """Return an access token with other claims, or signed in another way.

    ``exp`` and ``nbf`` are seconds from now.
    """
    now = timezone.now().timestamp()
    for name in MOMENTS:
        if claims.get(name) is not None:
            claims[name] += now
    payload = jwt.decode(access, options={"verify_signature": False}) | claims
    present = {name: value for name, value in payload.items() if value is not None}
    secret = key or settings.SIMPLE_JWT["SIGNING_KEY"]
    return jwt.encode(present, None if algorithm == "none" else secret, algorithm)


def test_an_access_token_speaks_for_whoever_signed_in() -> None:
    user = a_person()

    assert tokens.user_id_of(tokens.issue(user).access) == user.pk


def test_an_access_token_lives_for_a_quarter_of_an_hour() -> None:
    access = tokens.issue(a_person()).access

    payload = jwt.decode(access, options={"verify_signature": False})

    assert payload["exp"] - payload["iat"] == 15 * 60


@pytest.mark.parametrize(
    "change",
    [
        {"algorithm": "none"},
        {"algorithm": "HS384"},
        {"key": "another-key-another-key-another-key-another-key"},
        {"exp": -60},
        {"exp": None},
        {"nbf": 600},
        {"aud": "others"},
        {"aud": None},
        {"iss": "others"},
        {"iss": None},
        {"token_type": "refresh"},
        {"sub": "nobody"},
        {"sub": None},
        {"sub": "019a0f2c-7d3e-7c11-9f64-0b5d4c1a2e3f"},
        {"hash_password": "0" * 32},
        {"jti": None},
        {"family": "0" * 32},
    ],
    ids=str,
)
def test_a_token_that_is_not_ours_is_refused(change: dict[str, Any]) -> None:
    access = tokens.issue(a_person()).access

    with pytest.raises(InvalidTokenError):
        tokens.user_of(forge(access, **change))


@pytest.mark.parametrize("raw", ["", "x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_text_that_is_no_token_is_refused(raw: str) -> None:
    for use in (tokens.user_of, tokens.rotate, tokens.revoke):
        with pytest.raises(InvalidTokenError):
            use(raw)


def test_a_refresh_token_is_no_access_token_nor_the_other_way_round() -> None:
    pair = tokens.issue(a_person())

    with pytest.raises(InvalidTokenError):
        tokens.user_of(pair.refresh)
    with pytest.raises(InvalidTokenError):
        tokens.rotate(pair.access)


def test_a_refresh_token_gives_a_pair_that_goes_on() -> None:
    user = a_person()
    pair = tokens.issue(user)

    for _ in range(3):
        pair = tokens.rotate(pair.refresh)

    assert tokens.user_of(pair.access) == user


def test_a_refresh_token_used_twice_signs_that_whole_sign_in_out() -> None:
    user = a_person()
    first, elsewhere = tokens.issue(user), tokens.issue(user)
    second = tokens.rotate(first.refresh)

    with pytest.raises(InvalidTokenError):
        tokens.rotate(first.refresh)

    with pytest.raises(InvalidTokenError):
        tokens.rotate(second.refresh)
    with pytest.raises(InvalidTokenError):
        tokens.user_of(second.access)
    assert tokens.user_of(elsewhere.access) == user


def test_signing_out_ends_the_access_token_at_once() -> None:
    pair = tokens.issue(a_person())

    tokens.revoke(pair.refresh)
    tokens.revoke(pair.refresh)

    with pytest.raises(InvalidTokenError):
        tokens.user_of(pair.access)
    with pytest.raises(InvalidTokenError):
        tokens.rotate(pair.refresh)


def test_a_new_password_ends_every_token() -> None:
    user = a_person()
    pairs = [tokens.issue(user), tokens.issue(user)]

    people.change_password(user, "otra-clave-bien-larga-1147")

    for pair in pairs:
        with pytest.raises(InvalidTokenError):
            tokens.user_of(pair.access)
        with pytest.raises(InvalidTokenError):
            tokens.rotate(pair.refresh)


def test_an_inactive_person_has_no_token() -> None:
    user = a_person()
    pair = tokens.issue(user)
    user.is_active = False
    user.save()

    with pytest.raises(InvalidTokenError):
        tokens.user_of(pair.access)
    with pytest.raises(InvalidTokenError):
        tokens.rotate(pair.refresh)
