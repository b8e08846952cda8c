from base64 import b64encode
from urllib.parse import quote

import pytest

from accounts.api.pagination import NewestFirst
from accounts.roles import Role
from tests.accounts.people import a_firm, a_member

pytestmark = pytest.mark.django_db


def test_pages_follow_one_another_without_gap_or_repeat() -> None:
    firm = a_firm()
    everybody = {str(a_member(firm.company, Role.VIEWER).pk) for _ in range(6)}
    url, seen = f"{firm.url}members/?page_size=3", []

    while url:
        page = firm.client.get(url).json()
        seen += [it["id"] for it in page["results"]]
        url = page["next"]

    assert len(seen) == 7
    assert set(seen) == everybody | {str(firm.owner.pk)}


@pytest.mark.parametrize("size", ["1000000000", "1e9", "0", "-1", "x", ""])
def test_no_page_is_larger_than_a_thousand(size: str) -> None:
    firm = a_firm()

    answer = firm.client.get(f"{firm.url}members/?page_size={quote(size)}")

    assert answer.status_code == 200
    assert NewestFirst.max_page_size == 1000


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        b64encode(b"p=not-a-date").decode(),
        b64encode(b"p=2026-01-01\x00").decode(),
        b64encode(b"o=-1").decode(),
        b64encode(b"p=" + b"9" * 5000).decode(),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    firm = a_firm()

    answer = firm.client.get(f"{firm.url}members/", {"cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
