"""While a job with a key has not ended, nobody gets a second one."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import dramatiq
import pytest
from django.db import connection, transaction
from django.utils import timezone

from jobs.broker import HintBroker
from jobs.enqueue import enqueue
from jobs.models import Job
from jobs.requeue import requeue
from jobs.states import ENDED, OPEN, State

KEY = "stocktaking"
TENANT = uuid.uuid4()


def ask(queue: str = "scales", **values: Any) -> uuid.UUID:
    wanted = {"tenant_id": TENANT, "dedupe_key": KEY, **values}
    return enqueue("weigh", args={}, queue=queue, **wanted)


def ask_in_a_thread() -> uuid.UUID:
    try:
        return ask()
    finally:
        connection.close()


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(OPEN))
def test_while_a_job_is_open_its_id_is_returned(state: State) -> None:
    first = ask()
    Job.objects.update(state=state)

    assert ask() == first
    assert ask(run_at=timezone.now() + timedelta(hours=1)) == first
    assert Job.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", sorted(ENDED))
def test_when_it_has_ended_there_is_a_new_one(state: State) -> None:
    first = ask()
    Job.objects.update(state=state)

    assert ask() != first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "other", [{"tenant_id": None}, {"tenant_id": uuid.uuid4()}, {"dedupe_key": "x"}]
)
def test_only_the_same_key_of_the_same_tenant_counts(other: dict[str, Any]) -> None:
    first = ask()

    assert ask(**other) != first


@pytest.mark.django_db
def test_jobs_of_no_tenant_are_each_others_rivals() -> None:
    assert ask(tenant_id=None) == ask(tenant_id=None)


@pytest.mark.django_db
def test_another_actor_has_keys_of_its_own() -> None:
    first = ask()

    assert enqueue("sell", args={}, tenant_id=TENANT, dedupe_key=KEY) != first


@pytest.mark.django_db
def test_without_a_key_every_job_is_a_new_one() -> None:
    assert ask(dedupe_key="") != ask(dedupe_key="")


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_there_is_not_sent_again() -> None:
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    queue = f"queue_{uuid.uuid4().hex}"

    ask(queue)
    ask(queue)

    assert broker.messages_in(queue) == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_ask_at_the_same_moment_get_the_same_job() -> None:
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first = ask()
            second = other.submit(ask_in_a_thread)
        assert second.result(timeout=10) == first

    assert Job.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_waited_for_a_job_that_was_rolled_back_makes_one() -> None:
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            first = ask()
            second = other.submit(ask_in_a_thread)
            transaction.set_rollback(True)
        assert second.result(timeout=10) != first

    assert Job.objects.get().pk == second.result()


@pytest.mark.django_db
def test_a_failed_job_is_not_queued_beside_its_successor() -> None:
    failed = ask()
    Job.objects.update(state=State.FAILED)
    successor = ask()

    assert not requeue(failed)

    states = dict(Job.objects.values_list("pk", "state"))
    assert states == {failed: State.FAILED, successor: State.QUEUED}
