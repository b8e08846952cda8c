"""A page without the broker is a page with a notice, and with right figures."""

from collections.abc import Iterator

import dramatiq
import pytest

from ayni.localstack.ports import free_port
from jobs.broker import HintBroker, open_client
from ops.broker import broker_answers
from tests.ops.places import a_job, an_operator


@pytest.fixture
def no_valkey() -> Iterator[None]:
    """Let the broker's address be one where nobody listens."""
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    client = broker.client
    broker.client = open_client(f"redis://127.0.0.1:{free_port()}/0")
    yield
    broker.client.close()
    broker.client = client


def test_a_broker_that_is_there_answers() -> None:
    assert broker_answers()


@pytest.mark.django_db
def test_without_the_broker_the_page_says_so_and_figures_stay(no_valkey: None) -> None:
    a_job()

    page = an_operator().get("/ops/").content.decode()

    assert "Valkey no responde" in page
    assert "<dd>1</dd>" in page
