"""What is due, lost or left behind is found, whatever happened to its message."""

import uuid
from datetime import timedelta
from typing import Any

import dramatiq
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from structlog.testing import capture_logs

from jobs import hooks, sweep
from jobs.broker import HintBroker
from jobs.hooks import Hooks, JobOutcome
from jobs.models import Job, Worker
from jobs.relay import Hint
from jobs.states import State
from tests.jobs.conftest import MakeClaim

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(hours=1)
SCALES = f"scales_{uuid.uuid4().hex}"


@pytest.fixture
def broker() -> HintBroker:
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    broker.client.delete(f"{broker.namespace}:{SCALES}")
    return broker


def job(**values: Any) -> Job:
    return Job.objects.create(actor="weigh", queue=SCALES, **values)


def hint_of(job: Job) -> Hint:
    return Hint(job_id=job.pk, actor="weigh", queue=SCALES)


def let_lease_run_out() -> None:
    Job.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=1))


def test_a_job_whose_time_has_come_is_sent(broker: HintBroker) -> None:
    due = job(state=State.SCHEDULED, run_at=timezone.now() - timedelta(seconds=1))
    later = job(state=State.SCHEDULED, run_at=timezone.now() + LONG_AGO)

    assert sweep.sweep().sent == 1

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.state, later.state) == (State.QUEUED, State.SCHEDULED)
    assert due.sent_at is not None
    assert broker.messages_in(SCALES) == 1


def test_a_job_nobody_got_to_send_is_sent(broker: HintBroker) -> None:
    forgotten = job(run_at=timezone.now() - LONG_AGO)
    job(run_at=timezone.now())

    assert sweep.unsent_hints() == [hint_of(forgotten)]


def test_a_lost_message_is_sent_again(broker: HintBroker) -> None:
    lost = job(sent_at=timezone.now() - LONG_AGO)
    job(sent_at=timezone.now(), state=State.RUNNING)

    assert sweep.unclaimed_hints() == [hint_of(lost)]


def test_a_long_queue_is_not_made_longer(broker: HintBroker) -> None:
    waiting = [job(sent_at=timezone.now() - LONG_AGO) for _ in range(3)]
    for each in waiting[:2]:
        broker.enqueue(
            dramatiq.Message(
                queue_name=SCALES,
                actor_name="weigh",
                args=(str(each.pk),),
                kwargs={},
                options={},
            )
        )

    assert len(sweep.unclaimed_hints()) == 1


def test_the_job_of_a_silent_worker_is_queued_again(
    broker: HintBroker, make_claim: MakeClaim
) -> None:
    make_claim()
    alive = make_claim()
    Job.objects.exclude(pk=alive.job_id).update(
        lease_expires_at=timezone.now() - timedelta(seconds=1)
    )

    assert sweep.settle_lost_jobs() == 1

    states = Job.objects.order_by("pk").values_list("state", "error_code")
    assert list(states) == [("queued", "worker_lost"), ("running", "")]


def test_after_its_last_attempt_the_job_of_a_lost_worker_fails(
    make_claim: MakeClaim, told: list[tuple[str, JobOutcome]]
) -> None:
    make_claim(max_attempts=1)
    let_lease_run_out()

    sweep.settle_lost_jobs()

    failed = Job.objects.get()
    assert (failed.state, failed.error_code) == (State.FAILED, "worker_lost")
    assert [(moment, outcome.code) for moment, outcome in told] == [
        ("failure", "worker_lost")
    ]


def test_a_hook_that_raises_costs_other_jobs_nothing(
    make_claim: MakeClaim, told: list[tuple[str, JobOutcome]]
) -> None:
    def refuse(outcome: JobOutcome) -> None:
        raise ValueError(outcome.actor)

    hooks.register("broken", Hooks(on_retry=refuse))
    make_claim(actor="broken")
    sound = make_claim()
    let_lease_run_out()

    assert sweep.settle_lost_jobs() == 1
    hooks.forget("broken")

    assert Job.objects.get(pk=sound.job_id).state == State.QUEUED
    assert Job.objects.exclude(pk=sound.job_id).get().state == State.RUNNING


@pytest.mark.django_db(transaction=True)
def test_a_row_that_a_frozen_worker_holds_costs_other_jobs_nothing(
    make_claim: MakeClaim,
) -> None:
    frozen, lost = make_claim(), make_claim()
    let_lease_run_out()

    with psycopg.connect(**connection.get_connection_params()) as worker:
        worker.execute("SELECT FROM jobs_job WHERE id = %s FOR UPDATE", [frozen.job_id])
        with capture_logs() as said:
            assert sweep.settle_lost_jobs() == 1

    assert "lost_job_still_held" in [line["event"] for line in said]
    assert Job.objects.get(pk=lost.job_id).state == State.QUEUED
    assert Job.objects.get(pk=frozen.job_id).state == State.RUNNING
    assert sweep.settle_lost_jobs() == 1


def test_history_is_forgotten_after_its_days(make_claim: MakeClaim) -> None:
    old = timezone.now() - timedelta(days=settings.AYNI_JOBS_HISTORY_DAYS + 1)
    claim = make_claim()
    Job.objects.filter(pk=claim.job_id).update(state=State.SUCCEEDED, finished_at=old)
    kept = [job(state=State.FAILED, finished_at=timezone.now()), job(run_at=old)]
    gone = Worker.objects.create(
        id=uuid.uuid4(), host="shop", pid=1, threads=1, last_seen_at=old
    )

    sweep.forget_old()

    assert set(Job.objects.values_list("pk", flat=True)) == {each.pk for each in kept}
    assert not Worker.objects.filter(pk=gone.pk).exists()
