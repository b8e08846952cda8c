"""A cancel that goes through a web of jobs, while another one cancels a part of it."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from jobs.cancel import CancelOutcome, cancel
from jobs.chains import enqueue_after
from jobs.enqueue import enqueue
from jobs.models import Job
from jobs.states import Need, State
from jobs.steps import Step
from tests.jobs.waiting import until
from tests.jobs.working import states

# Whether somebody waits for a lock that this session holds. The view of sessions would
# be the same all through a transaction.
IS_WAITED_FOR = """
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
    )
"""

pytestmark = pytest.mark.django_db(transaction=True)


def after(*before: uuid.UUID, need: Need = Need.SUCCEEDED) -> uuid.UUID:
    step = Step(actor="weigh", queue=f"scales_{uuid.uuid4().hex}"[:50])
    return enqueue_after(step, before, need=need)


def cancel_apart(job_id: uuid.UUID) -> CancelOutcome:
    """Cancel a job from a thread of its own, which has its own session."""
    try:
        return cancel(job_id)
    finally:
        connections.close_all()


def test_two_cancels_of_one_web_do_not_stop_each_other() -> None:
    # first -> long way -> middle -> last, and first -> short way -> last.
    first = enqueue("weigh", args={}, queue="scales")
    long_way = after(first)
    short_way = after(first)
    middle = after(long_way)
    last = after(middle, short_way)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            # A cancel of the middle one has begun, and will want the last one.
            Job.objects.select_for_update().get(pk=middle)
            whole = pool.submit(cancel_apart, first)
            until(somebody_waits)
            part = cancel(middle)
        outcomes = (part, whole.result(timeout=30))

    assert outcomes == (CancelOutcome.CANCELLED, CancelOutcome.CANCELLED)
    web = (first, long_way, short_way, middle, last)
    assert states(*web) == [State.CANCELLED] * len(web)


def test_a_cancel_ends_where_an_end_is_enough() -> None:
    first = enqueue("weigh", args={}, queue="scales")
    second = after(first)
    third = after(second, need=Need.ENDED)
    fourth = after(third)

    cancel(first)

    assert states(first, second, third, fourth) == [
        State.CANCELLED,
        State.CANCELLED,
        State.QUEUED,
        State.SCHEDULED,
    ]


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(IS_WAITED_FOR)
        (waits,) = cursor.fetchone()
    return bool(waits)
