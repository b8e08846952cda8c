"""Metrics are for whoever has the token, or sits at this very machine."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.ops.places import a_job, an_operator

pytestmark = pytest.mark.django_db

URL = "/ops/metrics"


def test_the_token_opens_them(settings: Settings) -> None:
    settings.AYNI_METRICS_TOKEN = "scrape-4711"
    a_job()

    answer = Client(headers={"Authorization": "Bearer scrape-4711"}).get(URL)

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'ayni_jobs{queue="chores"' in answer.content.decode()


@pytest.mark.parametrize("given", ["", "Bearer other", "scrape-4711", "Bearer ñ"])
def test_without_the_token_there_is_no_such_page(
    settings: Settings, given: str
) -> None:
    settings.AYNI_METRICS_TOKEN = "scrape-4711"

    assert Client(headers={"Authorization": given}).get(URL).status_code == 404
    assert an_operator().get(URL).status_code == 404


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_without_a_token_this_machine_may_read_them(address: str) -> None:
    assert Client(REMOTE_ADDR=address).get(URL).status_code == 200


@pytest.mark.parametrize(
    "facts",
    [
        {"REMOTE_ADDR": "10.0.0.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "10.0.0.7"},
        {"HTTP_FORWARDED": "for=10.0.0.7"},
    ],
)
def test_without_a_token_nobody_else_may(facts: dict[str, str]) -> None:
    assert Client(**facts).get(URL).status_code == 404  # type: ignore[arg-type]


def test_nothing_can_be_sent_there() -> None:
    assert Client().post(URL).status_code == 405
