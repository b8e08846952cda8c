"""Nothing of a paused queue starts; once it goes on, everything does."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import dramatiq
import pytest
from django.utils import timezone

from jobs import selectors, sweep
from jobs.broker import HintBroker
from jobs.claim import Claim, claim_next
from jobs.enqueue import enqueue
from jobs.models import Job
from jobs.pause import pause, resume
from jobs.states import State
from jobs.workers import identify

LONG_AGO = timedelta(hours=1)
SCALES = f"scales_{uuid.uuid4().hex}"


@pytest.fixture
def broker() -> Iterator[HintBroker]:
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    yield broker
    broker.client.delete(f"{broker.namespace}:{SCALES}")


def job(**values: Any) -> Job:
    return Job.objects.create(**{"actor": "weigh", "queue": SCALES, **values})


def try_to_claim(job_id: uuid.UUID) -> Claim | None:
    worker = identify(uuid.uuid4())
    return claim_next(job_id, allowances={"weigh": 4}, worker=worker)


@pytest.mark.django_db
def test_a_job_of_a_paused_queue_is_not_claimed() -> None:
    waiting, elsewhere = job(), job(queue="till")

    pause(SCALES)

    assert try_to_claim(waiting.pk) is None
    assert try_to_claim(elsewhere.pk) is not None


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_paused_queue_is_accepted_and_not_sent(broker: HintBroker) -> None:
    pause(SCALES)

    job_id = enqueue("weigh", args={}, queue=SCALES)

    kept = Job.objects.get(pk=job_id)
    assert (kept.state, kept.sent_at) == (State.QUEUED, None)
    assert broker.messages_in(SCALES) == 0


@pytest.mark.django_db
def test_the_sweep_leaves_a_paused_queue_alone(broker: HintBroker) -> None:
    job(run_at=timezone.now() - LONG_AGO)
    job(sent_at=timezone.now() - LONG_AGO)
    job(state=State.SCHEDULED, run_at=timezone.now() - LONG_AGO)
    pause(SCALES)

    assert sweep.sweep().sent == 0
    assert broker.messages_in(SCALES) == 0


@pytest.mark.django_db
def test_paused_jobs_do_not_crowd_others_out_of_a_pass(
    broker: HintBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweep, "BATCH_ROWS", 1)
    pause("till")
    job(queue="till", run_at=timezone.now() - 2 * LONG_AGO)
    job(queue="till", sent_at=timezone.now() - 2 * LONG_AGO)
    job(run_at=timezone.now() - LONG_AGO)
    job(sent_at=timezone.now() - LONG_AGO)

    assert len(sweep.unsent_hints()) == 1
    assert len(sweep.unclaimed_hints()) == 1


@pytest.mark.django_db(transaction=True)
def test_resuming_sends_what_waited_whether_or_not_it_was_sent_before(
    broker: HintBroker,
) -> None:
    job(sent_at=timezone.now())
    pause(SCALES)
    job()

    assert resume(SCALES)

    assert broker.messages_in(SCALES) == 2
    assert not Job.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_doing_it_twice_changes_nothing() -> None:
    assert not resume(SCALES)
    assert pause(SCALES)
    assert not pause(SCALES)
    assert resume(SCALES)
    assert not resume(SCALES)


@pytest.mark.django_db
def test_a_paused_queue_is_listed_even_when_it_is_empty() -> None:
    job(queue="till")
    pause(SCALES)

    paused, till = selectors.queue_summaries()

    assert (paused.name, paused.is_paused) == (SCALES, True)
    assert (till.name, till.is_paused) == ("till", False)
