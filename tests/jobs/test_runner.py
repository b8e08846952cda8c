"""One delivery does what it finds, and goes on while that is short."""

import uuid
from collections.abc import Iterator

import dramatiq
import pytest

from jobs import runner
from jobs.actors import JobActor, job_actor
from jobs.broker import HintBroker
from jobs.fence import CurrentJob
from jobs.lease import keeper
from jobs.models import Job
from jobs.relay import Hint, send
from jobs.slots import Slots
from jobs.states import State

pytestmark = pytest.mark.django_db(transaction=True)

SCALES = f"scales_{uuid.uuid4().hex}"


@job_actor(queue=SCALES)
def weigh_quickly(_job: CurrentJob) -> None:
    """Weigh nothing."""


@pytest.fixture
def broker() -> Iterator[HintBroker]:
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    before, broker.slots = broker.slots, Slots(1)
    yield broker
    broker.slots = before
    broker.flush(SCALES)


@pytest.fixture
def actor(broker: HintBroker) -> JobActor:
    # A test that loads the actors anew may have emptied the broker's list.
    broker.actors.setdefault(weigh_quickly.actor_name, weigh_quickly)
    return weigh_quickly


def waiting(count: int) -> list[Job]:
    return [
        Job.objects.create(actor="weigh_quickly", queue=SCALES) for _ in range(count)
    ]


def states() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("state", flat=True))


def test_one_message_is_enough_for_all_that_wait(
    actor: JobActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SERIES_SECONDS", 60.0)
    first, *_ = waiting(3)

    actor(str(first.pk))

    assert states() == [State.SUCCEEDED] * 3
    assert keeper().leases() == ()


def test_after_some_time_other_queues_have_their_turn(
    actor: JobActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SERIES_SECONDS", 0.0)
    first, *_ = waiting(2)

    actor(str(first.pk))

    assert states() == [State.SUCCEEDED, State.QUEUED]


def test_a_worker_that_is_stopping_takes_no_other_job(
    actor: JobActor, broker: HintBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "SERIES_SECONDS", 60.0)
    broker.slots.close()
    first, *_ = waiting(2)

    actor(str(first.pk))

    assert states() == [State.SUCCEEDED, State.QUEUED]


def test_messages_for_what_was_done_already_are_read_once(
    actor: JobActor, broker: HintBroker
) -> None:
    jobs = waiting(3)
    Job.objects.update(state=State.SUCCEEDED)
    for job in jobs:
        send(Hint(job_id=job.pk, actor=job.actor, queue=SCALES))
    message = broker.fetch(SCALES)
    assert message is not None

    actor(*message.args, **message.kwargs)

    assert broker.messages_in(SCALES) == 0
