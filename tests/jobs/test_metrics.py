"""What Prometheus is told equals what the tables say."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from jobs import settle
from jobs.errors import WorkerLostError
from jobs.exposition import Family, Sample, cumulated, render
from jobs.failures import failure_without_stack
from jobs.metrics import metrics
from jobs.models import Job, Worker
from jobs.pause import pause
from jobs.states import State
from tests.jobs.conftest import MakeClaim

WHO = 'queue="scales",actor="weigh"'


def job(**values: Any) -> Job:
    return Job.objects.create(**{"actor": "weigh", "queue": "scales", **values})


def test_figures_are_written_as_prometheus_reads_them() -> None:
    samples = (Sample(value=2, labels={"of": 'a"b\\c\nd'}), Sample(value=0.5))

    text = render([Family(name="apples", meaning="How many.", samples=samples)])

    assert text.splitlines() == [
        "# HELP apples How many.",
        "# TYPE apples gauge",
        r'apples{of="a\"b\\c\nd"} 2',
        "apples 0.5",
    ]


def test_a_family_without_figures_is_left_out() -> None:
    assert render([Family(name="apples", meaning="", samples=())]) == ""


def test_buckets_hold_those_below_them() -> None:
    samples = cumulated({0: 1, 2: 3}, (0.5, 10), labels={})

    assert [(each.labels["le"], each.value) for each in samples] == [
        ("0.5", 1),
        ("10", 1),
        ("+Inf", 4),
    ]


@pytest.mark.django_db
def test_queues_and_workers_are_told_as_they_are() -> None:
    job(run_at=timezone.now() - timedelta(seconds=40))
    job(state=State.FAILED)
    job(state=State.SUCCEEDED)
    pause("scales")
    Worker.objects.create(
        id=uuid.uuid4(), host="shop", pid=1, threads=1, queues=["scales"]
    )

    lines = metrics().splitlines()

    assert f'ayni_jobs{{{WHO},state="queued"}} 1' in lines
    assert f'ayni_jobs{{{WHO},state="failed"}} 1' in lines
    assert 'ayni_jobs_queue_paused{queue="scales"} 1' in lines
    assert 'ayni_jobs_queue_workers{queue="scales"} 1' in lines
    [age] = [line for line in lines if "oldest_waiting_seconds{" in line]
    assert float(age.split()[-1]) == pytest.approx(40, abs=5)


@pytest.mark.django_db
def test_times_of_jobs_that_ended_lately_are_told_by_buckets() -> None:
    now = timezone.now()
    second = timedelta(seconds=1)
    times = {"run_at": now - 4 * second, "started_at": now - 2 * second}
    job(state=State.SUCCEEDED, finished_at=now, **times)
    hour = timedelta(hours=1)
    job(state=State.SUCCEEDED, finished_at=now - hour, started_at=now - hour)

    lines = metrics().splitlines()

    for word in ("wait", "run"):
        name = f"ayni_jobs_recent_{word}_seconds_bucket"
        assert f'{name}{{{WHO},le="1"}} 0' in lines
        assert f'{name}{{{WHO},le="5"}} 1' in lines
        assert f'{name}{{{WHO},le="+Inf"}} 1' in lines


def test_retries_and_lost_workers_are_told(make_claim: MakeClaim) -> None:
    claim = make_claim()
    failure = failure_without_stack(WorkerLostError(how="gone"))
    settle.fail(claim.job_id, token=claim.token, failure=failure)

    lines = metrics().splitlines()

    assert f'ayni_jobs_recent_attempts{{{WHO},outcome="retried"}} 1' in lines
    assert f'ayni_jobs_recent_expired_leases{{{WHO},outcome="retried"}} 1' in lines
