"""What looks like a secret is hidden, what does not is not."""

import pytest

from ops.masking import MASK, mask, mask_text, names_secret


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "userPassword",
        "DB_PASSWORD",
        "api_key",
        "apiKey",
        "apikey",
        "X-Api-Key",
        "access_token",
        "refreshTokens",
        "Authorization",
        "client_secret",
        "JWT",
        "AWSSecretKey",
        "session_cookie",
    ],
)
def test_a_name_that_says_secret_is_one(name: str) -> None:
    assert names_secret(name)


@pytest.mark.parametrize(
    "name",
    ["upload_id", "key", "dedupe_key", "monkey", "tokenizer", "author", "path", "spin"],
)
def test_a_name_that_only_sounds_alike_is_none(name: str) -> None:
    assert not names_secret(name)


def test_a_secret_is_hidden_at_any_depth_and_the_shape_stays() -> None:
    masked = mask(
        {"to": [{"token": "t", "id": 7}], "password": {"old": "x"}, "n": None}
    )

    assert masked == {"to": [{"token": MASK, "id": 7}], "password": MASK, "n": None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgres://ayni:s3cret@db/x", f"postgres://ayni:{MASK}@db/x"),
        ("redis://:s3cret@10.0.0.1/0", f"redis://:{MASK}@10.0.0.1/0"),
        ("Authorization: Bearer abc.def", f"Authorization: Bearer {MASK}"),
        ("got eyJhbGciOi.eyJzdWIi.c2ln", f"got {MASK}"),
        ("password=s3cret, port=1", f"password={MASK}, port=1"),
        ("{'api_key': 's3cret'}", f"{{'api_key': '{MASK}'}}"),
        ("https://example.cl/a@b", "https://example.cl/a@b"),
        ("line 7, in open_door", "line 7, in open_door"),
    ],
)
def test_a_secret_inside_a_text_is_hidden(text: str, expected: str) -> None:
    assert mask_text(text) == expected
