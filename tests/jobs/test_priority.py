"""Which of a tenant's own jobs goes first; it moves nobody else's."""

import uuid

import pytest

from jobs import selectors
from jobs.enqueue import enqueue
from jobs.workers import give_sign_of_life, identify
from tests.jobs.working import take

pytestmark = pytest.mark.django_db
HERS, HIS = uuid.UUID(int=1), uuid.UUID(int=2)


def put(tenant_id: uuid.UUID | None = HERS, priority: int = 0) -> uuid.UUID:
    return enqueue(
        "weigh", args={}, queue="scales", tenant_id=tenant_id, priority=priority
    )


def test_the_lowest_number_starts_first_and_of_equals_the_oldest() -> None:
    late, usual, second_usual, urgent = put(priority=5), put(), put(), put(priority=-1)

    for job_id in (urgent, usual, second_usual, late):
        take(job_id)


def test_urgent_jobs_of_one_tenant_take_no_turn_of_anothers() -> None:
    first, second = put(HIS, priority=-9), put(HIS, priority=-9)
    late = put(HERS, priority=9)

    for job_id in (first, late, second):
        take(job_id)


def test_a_waiting_job_knows_its_place_among_the_more_urgent() -> None:
    give_sign_of_life(identify(uuid.uuid4(), queues=("scales",)))
    usual = put()
    put(priority=-1)

    wait = selectors.wait_of(usual)

    assert wait is not None
    assert wait.position == 2
