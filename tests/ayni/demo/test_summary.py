import io
import uuid

import pytest
from rich.console import Console

from ayni.demo.people import Login, Shop
from ayni.demo.summary import show_addresses, show_numbers, show_rejects
from ayni.demo.terminal import printable

UPLOAD = {
    "rows_read": 12_345,
    "rows_inserted": 12_000,
    "rows_updated": 300,
    "rows_unchanged": 0,
    "rows_duplicate": 0,
    "rows_rejected": 45,
    "rows_blank": 7,
    "rows_footnotes": 0,
    "rows_headers": 2,
    "remarks": [{"code": "price_mismatch", "rows": 3}],
    "rows_per_second": 98_765.4,
    "quality_score": "99.20",
}


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=40)


def text_of(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_the_numbers_stand_as_a_sum(console: Console) -> None:
    show_numbers(console, UPLOAD)

    numbers = [line.split()[0] for line in text_of(console).splitlines()]
    assert numbers[:6] == ["12,345", "12,000", "300", "0", "0", "45"]


def test_what_is_counted_apart_and_what_is_odd_follows_the_sum(
    console: Console,
) -> None:
    show_numbers(console, UPLOAD)

    below = text_of(console).splitlines()[6:9]
    assert [line.split()[0] for line in below] == ["7", "2", "3"]
    assert "price_mismatch" in below[2]


def test_an_address_is_whole_however_narrow_the_terminal(console: Console) -> None:
    person = Login(email="duena@demo.ayni.example", password="a-long-password")
    shop = Shop(company_id=uuid.uuid4(), owner=person, operator=person)

    show_addresses(console, "http://127.0.0.1:8000", shop=shop)

    line = text_of(console).splitlines()[0]
    assert "http://127.0.0.1:8000/uploads/" in line
    assert "duena@demo.ayni.example / a-long-password" in line


def test_what_was_found_cannot_act_on_the_terminal(console: Console) -> None:
    reject = {"line": 7, "column": "Total", "code": "bad_number", "excerpt": "\x1b[31m"}

    show_rejects(console, [reject])

    assert "\x1b" not in text_of(console)
    assert "\\x1b[31m" in text_of(console)


def test_accents_stay_as_they_are() -> None:
    assert printable("Ñoquis\tAraucanía") == "Ñoquis\\x09Araucanía"
