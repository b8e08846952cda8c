"""The end of one job and the claim of the next are one change, or none."""

import random
import uuid
from typing import Any

import pytest
from pytest_django import Settings

from jobs import admission, settle
from jobs.chains import enqueue_after
from jobs.claim import Claim, claim_next
from jobs.endings import Ending
from jobs.fairness import in_order
from jobs.handover import Handover, succeed, succeed_and_claim
from jobs.hooks import JobOutcome
from jobs.models import Attempt, Job, Turn
from jobs.pause import pause
from jobs.results import result_of
from jobs.states import State
from jobs.steps import Step
from jobs.workers import identify
from tests.jobs.conftest import MakeClaim, claim_again

pytestmark = pytest.mark.django_db

MANY, FEW = uuid.uuid4(), uuid.uuid4()
DONE = Ending()


def job(tenant_id: uuid.UUID | None = None, **values: Any) -> Job:
    base = {"actor": "weigh", "queue": "scales", "tenant_id": tenant_id}
    return Job.objects.create(**{**base, **values})


def hand_over(claim: Claim) -> Handover:
    return succeed_and_claim(
        claim, DONE, allowances={"weigh": 4}, worker=identify(uuid.uuid4())
    )


def settle_alone(claim: Claim) -> Handover:
    return succeed(claim, DONE)


def states() -> list[str]:
    return list(Job.objects.order_by("pk").values_list("state", flat=True))


def test_one_job_ends_and_the_next_one_starts(make_claim: MakeClaim) -> None:
    claim = make_claim(error_code="shop_closed", error_message="closed")
    following = job(args={"kilos": 3})

    done = hand_over(claim)

    assert done.is_settled
    assert done.claim is not None
    assert (done.claim.job_id, done.claim.args) == (following.pk, {"kilos": 3})
    assert states() == [State.SUCCEEDED, State.RUNNING]
    ended = Job.objects.get(pk=claim.job_id)
    assert ended.finished_at is not None
    assert (ended.lease_expires_at, ended.error_code, ended.error_message) == (
        None,
        "",
        "",
    )
    attempts = Attempt.objects.order_by("pk").values_list("outcome", "ended_at")
    assert [outcome for outcome, _ in attempts] == ["succeeded", ""]
    assert [ended_at is None for _, ended_at in attempts] == [False, True]


def test_without_another_job_the_first_one_ends(make_claim: MakeClaim) -> None:
    claim = make_claim()
    job(queue="till")

    assert hand_over(claim) == Handover(is_settled=True)

    assert states() == [State.SUCCEEDED, State.QUEUED]


def test_settling_alone_claims_nothing(make_claim: MakeClaim) -> None:
    claim = make_claim()
    job()

    assert settle_alone(claim) == Handover(is_settled=True)

    assert states() == [State.SUCCEEDED, State.QUEUED]


@pytest.mark.parametrize("end", [settle_alone, hand_over])
def test_an_attempt_that_was_superseded_ends_nothing_and_takes_nothing(
    make_claim: MakeClaim, end: Any
) -> None:
    first = make_claim()
    claim_again(first)
    job()

    assert end(first) == Handover(is_settled=False)

    assert states() == [State.RUNNING, State.QUEUED]


def test_nothing_of_a_paused_queue_is_taken(make_claim: MakeClaim) -> None:
    claim = make_claim()
    job()
    pause("scales")

    assert hand_over(claim) == Handover(is_settled=True)


def test_the_next_one_is_the_one_whose_turn_it_is(make_claim: MakeClaim) -> None:
    claim = make_claim(tenant_id=MANY)
    job(MANY)
    single = job(FEW)

    done = hand_over(claim)

    assert done.claim is not None
    assert done.claim.job_id == single.pk


@pytest.mark.parametrize("end", [settle_alone, hand_over])
def test_a_hook_is_run_with_the_end(
    make_claim: MakeClaim, told: list[tuple[str, JobOutcome]], end: Any
) -> None:
    claim = make_claim()
    job()

    assert end(claim) == Handover(is_settled=True)

    assert [moment for moment, _ in told] == ["success"]


@pytest.mark.parametrize("end", [settle_alone, hand_over])
def test_what_waits_for_the_job_is_let_go(make_claim: MakeClaim, end: Any) -> None:
    claim = make_claim()
    after = enqueue_after(Step(actor="sell", queue="till"), [claim.job_id])

    assert end(claim) == Handover(is_settled=True)

    assert Job.objects.get(pk=after).state == State.QUEUED


def test_what_the_work_returned_is_kept(make_claim: MakeClaim) -> None:
    claim = make_claim()

    done = succeed_and_claim(
        claim,
        Ending(result='{"kilos": 3}'),
        allowances={"weigh": 4},
        worker=identify(uuid.uuid4()),
    )

    assert done == Handover(is_settled=True)
    assert result_of(claim.job_id) == {"kilos": 3}


def test_where_a_limit_is_set_the_next_one_waits_for_its_message(
    make_claim: MakeClaim, settings: Settings
) -> None:
    claim = make_claim(tenant_id=MANY)
    job(MANY)
    settings.AYNI_JOBS_TENANT_LIMIT = 1

    assert hand_over(claim) == Handover(is_settled=True)


@pytest.mark.parametrize("seed", range(4))
def test_the_statement_takes_whom_the_rules_name_first(
    seed: int, settings: Settings
) -> None:
    rng = random.Random(seed)
    tenants = [uuid.UUID(int=rng.getrandbits(128)) for _ in range(6)]
    settings.AYNI_JOBS_TENANT_WEIGHTS = {
        str(tenant): rng.choice([1, 2, 5]) for tenant in tenants[:3]
    }
    for tenant in rng.sample(tenants, 4):
        Turn.objects.create(
            queue="scales", tenant_id=tenant, started=rng.randrange(12) / 4
        )
    waiting = [job(rng.choice([*tenants, None])) for _ in range(20)]

    for _ in range(20):
        line = admission.line_of(waiting[0].pk)
        assert line is not None
        expected = in_order(line, admission.limits())[0].tenant
        claim = claim_next(
            waiting[0].pk, allowances={"weigh": 4}, worker=identify(uuid.uuid4())
        )
        assert claim is not None
        assert (claim.tenant_id or uuid.UUID(int=0)) == expected
        settle.succeed(claim.job_id, token=claim.token)
