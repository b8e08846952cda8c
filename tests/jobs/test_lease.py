"""A lease is renewed while it is held, and its work stopped once it is not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from jobs import lease, settle
from jobs.cancel import cancel
from jobs.failures import Failure
from jobs.lease import Lease, StopReason
from jobs.models import Job
from tests.jobs.conftest import MakeClaim

LOST = Failure(code="worker_lost", message="lost", is_permanent=False)


@pytest.fixture
def killed() -> list[str]:
    return []


@pytest.fixture
def held(make_claim: MakeClaim, killed: list[str]) -> Lease:
    held = Lease(make_claim())
    held.attach(lambda: killed.append("killed"))
    return held


def expires_at() -> float:
    expires = Job.objects.get().lease_expires_at
    assert expires is not None
    return (expires - timezone.now()).total_seconds()


def test_a_renewal_prolongs_the_lease(held: Lease, settings: Settings) -> None:
    settings.AYNI_JOBS_LEASE_SECONDS = 300
    before = expires_at()

    lease.renew((held,))

    assert expires_at() > before + 200


def test_a_lease_that_another_holds_is_not_renewed(held: Lease) -> None:
    Job.objects.update(token=held.claim.token + 1)
    Job.objects.update(lease_expires_at=timezone.now() - timedelta(seconds=9))

    lease.renew((held,))

    assert expires_at() < 0


def test_work_goes_on_while_its_lease_is_held(held: Lease, killed: list[str]) -> None:
    lease.stop_what_may_not_go_on((held,))

    assert (held.reason, killed) == (None, [])


def test_a_cancel_stops_the_work(held: Lease, killed: list[str]) -> None:
    cancel(held.claim.job_id)

    lease.stop_what_may_not_go_on((held,))

    assert (held.reason, killed) == (StopReason.CANCELLED, ["killed"])


def test_a_lost_lease_stops_the_work(held: Lease, killed: list[str]) -> None:
    settle.fail(held.claim.job_id, token=held.claim.token, failure=LOST)

    lease.stop_what_may_not_go_on((held,))

    assert (held.reason, killed) == (StopReason.LOST, ["killed"])


def test_a_forgotten_job_stops_the_work(held: Lease, killed: list[str]) -> None:
    Job.objects.all().delete()

    lease.stop_what_may_not_go_on((held,))

    assert held.reason is StopReason.LOST


def test_without_a_word_from_the_database_the_lease_is_given_up(
    held: Lease, settings: Settings, killed: list[str]
) -> None:
    lease.give_up_silent((held,))
    assert killed == []

    held.renewed_at -= settings.AYNI_JOBS_LEASE_SECONDS
    lease.give_up_silent((held,))

    assert (held.reason, killed) == (StopReason.LOST, ["killed"])


def test_the_first_reason_counts(held: Lease) -> None:
    held.stop(StopReason.HANDED_BACK)
    held.stop(StopReason.LOST)

    assert held.reason is StopReason.HANDED_BACK
    assert held.wait_lost(seconds=0)


def test_work_that_begins_after_the_stop_is_killed_at_once(
    make_claim: MakeClaim, killed: list[str]
) -> None:
    stopped = Lease(make_claim())
    stopped.stop(StopReason.CANCELLED)

    stopped.attach(lambda: killed.append("killed"))

    assert killed == ["killed"]
