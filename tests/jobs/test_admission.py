"""A message is a wake-up: whoever's turn it is starts, and limits hold."""

import uuid
from collections.abc import Iterator
from concurrent import futures
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import dramatiq
import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from jobs import selectors, settle, sweep
from jobs.broker import HintBroker
from jobs.claim import Claim, claim_next
from jobs.models import Job, Turn
from jobs.pause import pause
from jobs.selectors import WaitReason
from jobs.states import State
from jobs.workers import give_sign_of_life, identify, sign_off

MANY, FEW = uuid.uuid4(), uuid.uuid4()
SCALES = f"scales_{uuid.uuid4().hex}"
HOUR = timedelta(hours=1)


def job(tenant_id: uuid.UUID | None = None, **values: Any) -> Job:
    base = {"actor": "weigh", "queue": SCALES, "tenant_id": tenant_id}
    return Job.objects.create(**{**base, **values})


def claim(hinted: Job, *, allowances: dict[str, int] | None = None) -> Claim | None:
    worker = identify(uuid.uuid4())
    return claim_next(hinted.pk, allowances=allowances or {"weigh": 4}, worker=worker)


def claim_in_a_thread(hinted: Job) -> Claim | None:
    try:
        return claim(hinted)
    finally:
        connection.close()


@pytest.fixture
def broker() -> Iterator[HintBroker]:
    broker = dramatiq.get_broker()
    assert isinstance(broker, HintBroker)
    yield broker
    broker.client.delete(f"{broker.namespace}:{SCALES}")


@pytest.mark.django_db
def test_a_message_for_one_tenant_starts_the_job_of_another_whose_turn_it_is() -> None:
    first, *rest = [job(MANY) for _ in range(5)]
    assert claim(first) is not None
    single = job(FEW)

    taken = claim(rest[-1])

    assert taken is not None
    assert taken.job_id == single.pk


@pytest.mark.django_db
def test_a_tenants_own_jobs_start_in_their_order() -> None:
    late = job(MANY)
    early = job(MANY, run_at=timezone.now() - HOUR)

    taken = [claim(late), claim(late)]

    assert [each and each.job_id for each in taken] == [early.pk, late.pk]


@pytest.mark.django_db
def test_turns_are_kept_and_forgotten_after_a_day() -> None:
    hinted, _ = job(MANY), job(MANY)
    claim(hinted)
    claim(hinted)
    assert Turn.objects.get().started == 1.0

    Turn.objects.update(started_at=timezone.now() - 25 * HOUR)
    sweep.forget_old()

    assert not Turn.objects.exists()


@pytest.mark.django_db
def test_a_worker_claims_only_what_it_can_run() -> None:
    unknown, known = job(MANY, actor="sell"), job(MANY)

    taken = claim(unknown)

    assert taken is not None
    assert taken.job_id == known.pk
    assert claim(unknown) is None


@pytest.mark.django_db
def test_another_queue_is_left_alone() -> None:
    job(MANY, queue="till")
    done = job(MANY, state=State.SUCCEEDED)

    assert claim(done) is None


@pytest.mark.django_db
def test_a_tenant_gets_no_more_than_its_limit_in_all_queues(
    settings: Settings,
) -> None:
    settings.AYNI_JOBS_TENANT_LIMIT = 1
    job(MANY, queue="till", state=State.RUNNING)
    held, free = job(MANY), job(FEW)

    taken = claim(held)

    assert taken is not None
    assert taken.job_id == free.pk
    assert claim(held) is None


@pytest.mark.django_db
def test_a_queue_gets_no_more_than_its_limit(settings: Settings) -> None:
    settings.AYNI_JOBS_QUEUE_LIMITS = {SCALES: 1}
    jobs = [job(MANY), job(FEW)]

    assert claim(jobs[0]) is not None
    assert claim(jobs[1]) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("limit", ["AYNI_JOBS_TENANT_LIMIT", "AYNI_JOBS_QUEUE_LIMITS"])
def test_a_claim_that_is_not_committed_yet_counts_for_a_limit(
    settings: Settings, limit: str
) -> None:
    setattr(settings, limit, 1 if limit.endswith("LIMIT") else {SCALES: 1})
    first, second = job(MANY), job(MANY)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert claim(first) is not None
            waiting = pool.submit(claim_in_a_thread, second)
            # Enough for a claim that does not wait to be made.
            futures.wait([waiting], timeout=0.3)
        assert waiting.result(timeout=10) is None


@pytest.mark.django_db(transaction=True)
def test_a_row_that_its_sender_is_just_noting_is_waited_for() -> None:
    sent = job(MANY)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Job.objects.filter(pk=sent.pk).update(sent_at=timezone.now())
            taken = pool.submit(claim_in_a_thread, sent)
        assert taken.result(timeout=10) is not None


@pytest.mark.django_db(transaction=True)
def test_the_end_of_a_job_wakes_one_that_a_limit_held_back(
    broker: HintBroker, settings: Settings
) -> None:
    settings.AYNI_JOBS_TENANT_LIMIT = 1
    running = claim(job(MANY))
    held = job(MANY)
    job(FEW, queue="till")
    assert running is not None

    settle.succeed(running.job_id, token=running.token)

    message = broker.fetch(SCALES)
    assert message is not None
    assert message.args == (str(held.pk),)
    assert broker.messages_in(SCALES) == 0


@pytest.mark.django_db
def test_what_a_limit_holds_back_is_not_taken_for_lost(
    broker: HintBroker, settings: Settings
) -> None:
    settings.AYNI_JOBS_TENANT_LIMIT = 3
    job(MANY, state=State.RUNNING)
    for _ in range(5):
        job(MANY, sent_at=timezone.now() - HOUR)

    assert len(sweep.unclaimed_hints()) == 2


def wait_of(waiting: Job) -> tuple[WaitReason, int | None] | None:
    wait = selectors.wait_of(waiting.pk)
    return None if wait is None else (wait.reason, wait.position)


@pytest.fixture
def worker(db: None) -> Iterator[None]:
    identity = identify(uuid.uuid4(), queues=(SCALES,))
    give_sign_of_life(identity)
    yield
    sign_off(identity.id)


def test_a_waiting_job_knows_its_place(worker: None) -> None:
    first, _, third = [job(MANY) for _ in range(3)]
    single = job(FEW)

    assert wait_of(first) == (WaitReason.TURN, 1)
    assert wait_of(single) == (WaitReason.TURN, 2)
    assert wait_of(third) == (WaitReason.TURN, 4)


def test_a_waiting_job_knows_what_holds_it_back(
    worker: None, settings: Settings
) -> None:
    job(MANY, state=State.RUNNING)
    held = job(MANY)
    later = job(MANY, state=State.SCHEDULED, run_at=timezone.now() + HOUR)
    elsewhere, paused = job(queue="till"), job(queue="shelf")
    pause("shelf")
    settings.AYNI_JOBS_TENANT_LIMIT = 1

    assert wait_of(held) == (WaitReason.TENANT_LIMIT, 1)
    settings.AYNI_JOBS_QUEUE_LIMITS = {SCALES: 1}
    assert wait_of(held) == (WaitReason.QUEUE_LIMIT, 1)
    assert wait_of(later) == (WaitReason.NOT_DUE, None)
    assert wait_of(elsewhere) == (WaitReason.NO_WORKER, 1)
    assert wait_of(paused) == (WaitReason.QUEUE_PAUSED, None)


@pytest.mark.django_db
def test_what_does_not_wait_has_no_place() -> None:
    assert wait_of(job(state=State.RUNNING)) is None
    assert selectors.wait_of(uuid.uuid4()) is None
