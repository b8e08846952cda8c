"""Progress is written for whoever has the right to speak, and waits for nobody."""

import threading

import pytest
from django.db import connection, transaction

from jobs import progress, settle
from jobs.claim import Claim
from jobs.lease import Lease
from jobs.models import Progress
from jobs.selectors import job_detail
from jobs.telling import Told
from tests.jobs.conftest import MakeClaim, claim_again

pytestmark = pytest.mark.django_db


def lease_that_told(claim: Claim, done: float, note: str = "") -> Lease:
    lease = Lease(claim)
    lease.tell(Told.of(done, 100, note))
    return lease


def test_what_was_told_is_written_once(make_claim: MakeClaim) -> None:
    claim = make_claim()
    lease = lease_that_told(claim, 40, "reading")

    assert progress.write([lease]) == 1
    assert progress.write([lease]) == 0

    row = Progress.objects.get()
    assert (row.attempt, row.token, row.note) == (1, claim.token, "reading")
    assert (row.done, row.total, row.share) == (40, 100, 0.4)


def test_whoever_told_nothing_writes_nothing(make_claim: MakeClaim) -> None:
    assert progress.write([Lease(make_claim())]) == 0


def test_it_does_not_fall_whoever_writes_last(make_claim: MakeClaim) -> None:
    claim = make_claim()
    progress.write([lease_that_told(claim, 60)])

    assert progress.write([lease_that_told(claim, 50)]) == 0

    assert Progress.objects.get().done == 60


def test_an_attempt_that_was_superseded_is_not_heard(make_claim: MakeClaim) -> None:
    first = make_claim()
    second = claim_again(first)

    assert progress.write([lease_that_told(first, 80)]) == 0
    progress.write([lease_that_told(second, 10)])
    assert progress.write([lease_that_told(first, 90)]) == 0

    assert Progress.objects.get().done == 10


def test_another_attempt_begins_anew(make_claim: MakeClaim) -> None:
    first = make_claim()
    progress.write([lease_that_told(first, 90)])
    second = claim_again(first)

    before = job_detail(first.job_id)
    progress.write([lease_that_told(second, 10)])
    after = job_detail(first.job_id)

    assert before is not None
    assert before.progress is None
    assert after is not None
    assert after.progress is not None
    assert (after.progress.share, Progress.objects.get().attempt) == (0.1, 2)


def test_a_job_that_has_ended_is_past_progress(make_claim: MakeClaim) -> None:
    claim = make_claim()
    settle.succeed(claim.job_id, token=claim.token)

    assert progress.write([lease_that_told(claim, 10)]) == 0


def test_progress_goes_with_its_job(make_claim: MakeClaim) -> None:
    claim = make_claim(actor="weigh")
    progress.write([lease_that_told(claim, 10)])

    Progress.objects.get().job.delete()

    assert not Progress.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_does_not_wait_for_an_attempt_that_commits(make_claim: MakeClaim) -> None:
    claim = make_claim()
    written: list[int] = []

    def write() -> None:
        written.append(progress.write([lease_that_told(claim, 10)]))
        connection.close()

    with transaction.atomic():
        claim.current_job.hold()
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(20)
        seen_while_held = list(written)

    writer.join()
    assert seen_while_held == [1]
