"""B after A: what the end of one job means for those that wait for it."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jobs import settle, sweep
from jobs.cancel import cancel
from jobs.chains import chain, enqueue_after
from jobs.deadletters import discard
from jobs.enqueue import enqueue
from jobs.errors import PredecessorCancelledError, UnknownJobError
from jobs.hooks import JobOutcome
from jobs.models import Job, Link
from jobs.requeue import requeue
from jobs.selectors import WaitReason, wait_of
from jobs.states import Need, State
from jobs.steps import Step
from tests.jobs.working import CLOSED, LOST, do, fail, states, take

Told = list[tuple[str, JobOutcome]]
QUEUED, SCHEDULED, CANCELLED = State.QUEUED, State.SCHEDULED, State.CANCELLED
HOUR = timedelta(hours=1)

pytestmark = pytest.mark.django_db


def step(**values: object) -> Step:
    return Step(actor="weigh", queue=f"scales_{uuid.uuid4().hex}"[:50], **values)  # type: ignore[arg-type]


def test_each_step_starts_after_the_one_before_it() -> None:
    first, second, third = chain(step(), step(), step())
    seen = [states(first, second, third)]

    for job_id in (first, second, third):
        do(job_id)
        seen.append(states(first, second, third)[1:])

    assert seen == [
        [QUEUED, SCHEDULED, SCHEDULED],
        [QUEUED, SCHEDULED],
        ["succeeded", QUEUED],
        ["succeeded", "succeeded"],
    ]


def test_what_waits_for_another_is_never_due() -> None:
    first, second = chain(step(), step())
    sweep.queue_due_jobs()
    wait = wait_of(second)

    assert states(first, second) == [QUEUED, SCHEDULED]
    assert wait is not None
    assert wait.reason is WaitReason.OTHER_JOBS


def test_the_next_step_has_waited_since_the_one_before_it_ended() -> None:
    first, second = chain(step(), step())
    before = Job.objects.get(pk=second).run_at

    do(first)

    assert Job.objects.get(pk=second).run_at > before


def test_a_step_waits_for_its_time_as_well() -> None:
    later = timezone.now() + HOUR
    first, second = chain(step(), step(run_at=later))

    do(first)

    job = Job.objects.get(pk=second)
    assert (job.state, job.waits_for, job.run_at) == (SCHEDULED, 0, later)


@pytest.mark.parametrize("failure", [CLOSED, LOST], ids=["retried", "worker lost"])
def test_a_step_waits_while_the_one_before_it_is_tried_again(failure: object) -> None:
    first, second = chain(step(), step())

    fail(first, failure)  # type: ignore[arg-type]

    assert Job.objects.get(pk=first).finished_at is None
    assert states(second) == [SCHEDULED]


def test_a_step_follows_a_failed_one_that_is_tried_again() -> None:
    first, second = chain(step(), step())
    fail(first)
    waiting = states(second)

    requeue(first)
    do(first)

    assert waiting == [SCHEDULED]
    assert states(second) == [QUEUED]


def test_the_rest_of_a_chain_is_cancelled_with_a_step(told: Told) -> None:
    ids = chain(step(), step(), step())

    cancel(ids[0])

    assert states(*ids) == [CANCELLED] * 3
    assert [(moment, outcome.code) for moment, outcome in told] == [
        ("cancel", ""),
        ("cancel", "predecessor_cancelled"),
        ("cancel", "predecessor_cancelled"),
    ]
    assert Job.objects.get(pk=ids[2]).error_code == "predecessor_cancelled"


def test_the_rest_is_cancelled_with_a_step_that_was_running() -> None:
    first, second = chain(step(), step())
    claim = take(first)
    cancel(first)

    settle.fail(first, token=claim.token, failure=LOST)

    assert states(first, second) == [CANCELLED, CANCELLED]


def test_the_rest_is_cancelled_with_a_failure_that_is_discarded() -> None:
    first, second = chain(step(), step())
    fail(first)

    discard(first, reason="not worth it")

    assert states(first, second) == [CANCELLED, CANCELLED]


def test_the_rest_is_cancelled_when_a_failure_is_forgotten() -> None:
    first, second = chain(step(), step())
    fail(first)
    Job.objects.filter(pk=first).update(finished_at=timezone.now() - 1_000 * HOUR)

    sweep.forget_old()

    assert not Job.objects.filter(pk=first).exists()
    assert states(second) == [CANCELLED]


def test_a_step_that_is_cancelled_does_not_hold_up_the_one_before_it() -> None:
    first, second = chain(step(), step())
    cancel(second)

    do(first)

    assert states(first, second) == ["succeeded", CANCELLED]


def test_a_step_that_is_requeued_waits_for_nobody() -> None:
    first, second = chain(step(), step())
    cancel(second)

    requeue(second)
    fail(second, CLOSED)
    cancel(first)

    job = Job.objects.get(pk=second)
    assert (job.state, job.waits_for, job.error_code) == (SCHEDULED, 0, "shop_closed")


def test_a_step_whose_key_is_open_is_that_job() -> None:
    there = enqueue("weigh", args={}, queue="scales", dedupe_key="7")

    first, second, third = chain(step(), step(dedupe_key="7"), step())

    assert second == there
    assert states(first, second, third) == [QUEUED, QUEUED, SCHEDULED]
    do(second)
    assert states(third) == [QUEUED]


def test_a_chain_belongs_to_the_callers_transaction() -> None:
    with transaction.atomic():
        chain(step(), step())
        transaction.set_rollback(True)

    assert not Job.objects.exists()
    assert not Link.objects.exists()


def test_a_step_keeps_its_tenant_and_its_priority() -> None:
    tenant = uuid.uuid4()

    _, second = chain(step(), step(tenant_id=tenant, priority=-1))

    job = Job.objects.get(pk=second)
    assert (job.tenant_id, job.priority) == (tenant, -1)


def test_what_has_succeeded_need_not_be_waited_for() -> None:
    first = enqueue("weigh", args={}, queue="scales")
    do(first)

    second = enqueue_after(step(), [first])

    assert states(second) == [QUEUED]


def test_nothing_can_wait_for_what_was_cancelled_or_never_was() -> None:
    first = enqueue("weigh", args={}, queue="scales")
    cancel(first)

    with pytest.raises(PredecessorCancelledError):
        enqueue_after(step(), [first])
    with pytest.raises(UnknownJobError):
        enqueue_after(step(), [uuid.uuid4()])
    assert states(enqueue_after(step(), [first], need=Need.ENDED)) == [QUEUED]


def test_a_chain_has_at_least_one_step() -> None:
    with pytest.raises(ValueError, match="at least one"):
        chain()
