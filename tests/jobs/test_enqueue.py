"""The row belongs to the caller's transaction; the message follows, or does not."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

import dramatiq
import pytest
from django.db import transaction
from django.utils import timezone

from jobs.broker import HintBroker
from jobs.enqueue import enqueue
from jobs.models import Job
from jobs.states import State


@pytest.fixture
def queue() -> str:
    return f"queue_{uuid.uuid4().hex}"


@pytest.fixture
def broker() -> HintBroker:
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    return broker


@pytest.fixture
def dead_broker(broker: HintBroker) -> Iterator[None]:
    dramatiq.set_broker(HintBroker(url="redis://127.0.0.1:1/0", namespace="ayni"))
    yield
    dramatiq.set_broker(broker)


@pytest.mark.django_db(transaction=True)
def test_after_commit_the_id_is_sent_and_nothing_else(
    broker: HintBroker, queue: str
) -> None:
    tenant_id = uuid.uuid4()

    with transaction.atomic():
        job_id = enqueue(
            "weigh", args={"kilos": "secret"}, queue=queue, tenant_id=tenant_id
        )
        assert broker.messages_in(queue) == 0

    job = Job.objects.get()
    message = broker.fetch(queue)
    assert message is not None
    assert broker.messages_in(queue) == 0
    assert (job.pk, job.state, job.tenant_id) == (job_id, State.QUEUED, tenant_id)
    assert job.sent_at is not None
    assert message.args == (str(job_id),)
    assert b"secret" not in message.encode()


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_is_rolled_back_leaves_nothing(
    broker: HintBroker, queue: str
) -> None:
    with transaction.atomic():
        enqueue("weigh", args={}, queue=queue)
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert broker.messages_in(queue) == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_for_later_is_not_sent_yet(broker: HintBroker, queue: str) -> None:
    later = timezone.now() + timedelta(minutes=5)

    enqueue("weigh", args={}, queue=queue, run_at=later)

    job = Job.objects.get()
    assert (job.state, job.run_at, job.sent_at) == (State.SCHEDULED, later, None)
    assert broker.messages_in(queue) == 0


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_is_ahead_does_not_make_a_job_due(
    queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = timezone.now() + timedelta(minutes=5)
    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(minutes=5))

    enqueue("weigh", args={}, queue=queue, run_at=soon)

    assert Job.objects.get().state == State.SCHEDULED


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_away_does_not_reach_the_caller(
    dead_broker: None, queue: str
) -> None:
    job_id = enqueue("weigh", args={}, queue=queue)

    assert Job.objects.get(pk=job_id).sent_at is None
