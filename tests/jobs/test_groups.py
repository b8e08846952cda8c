"""Jobs side by side and one after them, which starts exactly once."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import close_old_connections, connection, transaction

from jobs import settle
from jobs.cancel import cancel
from jobs.claim import Claim
from jobs.deadletters import discard
from jobs.groups import Group, GroupStanding, group, group_standing
from jobs.models import Job, Link
from jobs.requeue import requeue
from jobs.states import Need, State
from jobs.steps import Step
from tests.jobs.working import CLOSED, LOST, do, fail, states, take

QUEUED, SCHEDULED, CANCELLED = State.QUEUED, State.SCHEDULED, State.CANCELLED
MANY = 12


def make(size: int, *, need: Need = Need.SUCCEEDED) -> Group:
    steps = [
        Step(actor="weigh", queue=f"scale_{number}_{uuid.uuid4().hex}"[:50])
        for number in range(size)
    ]
    return group(steps, then=Step(actor="sum_up", queue="sums"), need=need)


def completion_state(made: Group) -> State:
    return states(made.completion)[0]


@pytest.mark.django_db
def test_the_completion_starts_after_the_last_member() -> None:
    made = make(3)
    seen = []

    for member in reversed(made.members):
        seen.append(completion_state(made))
        do(member)

    assert seen == [SCHEDULED] * 3
    assert completion_state(made) == QUEUED


@pytest.mark.django_db
def test_a_group_without_members_is_complete() -> None:
    assert completion_state(make(0)) == QUEUED


@pytest.mark.django_db
def test_a_member_that_is_retried_or_loses_its_worker_counts_once() -> None:
    made = make(2)
    first, second = made.members

    fail(first, LOST)
    do(first)
    fail(second, LOST)

    assert completion_state(made) == SCHEDULED
    assert Job.objects.get(pk=made.completion).waits_for == 1
    do(second)
    assert completion_state(made) == QUEUED


@pytest.mark.django_db
def test_an_attempt_that_was_superseded_does_not_count() -> None:
    made = make(2)
    lost = take(made.members[0])
    settle.fail(lost.job_id, token=lost.token, failure=LOST)
    take(made.members[0])

    assert not settle.succeed(lost.job_id, token=lost.token)

    assert Job.objects.get(pk=made.completion).waits_for == 2


@pytest.mark.django_db
def test_a_failed_member_is_waited_for() -> None:
    made = make(2)
    first, second = made.members
    fail(first)
    do(second)
    waiting = completion_state(made)

    requeue(first)
    do(first)

    assert waiting == SCHEDULED
    assert completion_state(made) == QUEUED


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["cancelled", "discarded"])
def test_the_completion_is_cancelled_with_a_member(end: str) -> None:
    made = make(3)
    first = made.members[0]
    if end == "cancelled":
        cancel(first)
    else:
        fail(first)
        discard(first, reason="not worth it")

    assert completion_state(made) == CANCELLED
    assert states(*made.members[1:]) == [QUEUED, QUEUED]
    do(made.members[1])
    do(made.members[2])
    assert completion_state(made) == CANCELLED


@pytest.mark.django_db
def test_a_group_can_ask_for_the_end_of_its_members_only() -> None:
    made = make(3, need=Need.ENDED)
    first, second, third = made.members

    fail(first)
    cancel(second)
    requeue(first)
    do(first)
    waiting = completion_state(made)
    do(third)

    assert waiting == SCHEDULED
    assert completion_state(made) == QUEUED


@pytest.mark.django_db
def test_a_member_counts_once_however_often_it_ends() -> None:
    made = make(2, need=Need.ENDED)
    first, _ = made.members

    for _ in range(3):
        fail(first)
        requeue(first)
    fail(first)
    discard(first, reason="enough")

    assert Job.objects.get(pk=made.completion).waits_for == 1
    assert Link.objects.filter(met_at=None).count() == 1


@pytest.mark.django_db
def test_the_standing_counts_members_by_what_became_of_them() -> None:
    made = make(5)
    do(made.members[0])
    fail(made.members[1])
    fail(made.members[2], CLOSED)
    take(made.members[3])

    assert group_standing(made.completion) == GroupStanding(
        members=5, succeeded=1, failed=1, cancelled=0, open=3
    )


@pytest.mark.django_db
def test_members_share_the_transaction_and_its_end() -> None:
    with transaction.atomic():
        make(3)
        transaction.set_rollback(True)

    assert not Job.objects.exists()


def _succeed(claim: Claim) -> bool:
    close_old_connections()
    try:
        return settle.succeed(claim.job_id, token=claim.token)
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_members_that_end_at_the_same_moment_complete_the_group_once() -> None:
    made = make(MANY)
    claims = [take(member) for member in made.members]

    with ThreadPoolExecutor(MANY) as pool:
        assert all(pool.map(_succeed, claims))

    completion = Job.objects.get(pk=made.completion)
    assert (completion.state, completion.waits_for) == (QUEUED, 0)
    assert completion.sent_at is not None
    assert not Link.objects.filter(met_at=None).exists()
